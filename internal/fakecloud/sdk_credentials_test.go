// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/provider"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	dcsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/model"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"
	iammodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3/model"
	sts "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func inDomain(t *testing.T, keys fakecloud.Keys) auth.ICredential {
	t.Helper()
	credentials, err := global.NewCredentialsBuilder().WithAk(keys.AccessKey).WithSk(keys.SecretKey).
		WithSecurityToken(keys.SecurityToken).WithDomainId("d1").SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	return credentials
}

// readsAJob lets the SDK use the keys it was given.
func readsAJob(t *testing.T, cloud *fakecloud.Cloud, keys fakecloud.Keys) {
	t.Helper()
	cloud.Serve(fakecloud.JobPath(project, "job"), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	if _, err := dcsClient(t, cloud, keys).ShowJobInfo(&dcsmodel.ShowJobInfoRequest{JobId: "job"}); err != nil {
		t.Error(err)
	}
}

// held is what the SDK has made of an answer.
func held(t *testing.T, credentials auth.ICredential) fakecloud.Keys {
	t.Helper()
	its, ok := credentials.(*basic.Credentials)
	if !ok {
		t.Fatalf("credentials are %T", credentials)
	}
	return fakecloud.Keys{AccessKey: its.AK, SecretKey: its.SK, SecurityToken: its.SecurityToken}
}

func createByAgency(t *testing.T, cloud *fakecloud.Cloud, name string) (*iammodel.Credential, error) {
	t.Helper()
	domain, seconds := "group", int32(900)
	client := iam.NewIamClient(connect(t, iam.IamClientBuilder(), cloud, inDomain(t, permanent())))
	got, err := client.CreateTemporaryAccessKeyByAgency(&iammodel.CreateTemporaryAccessKeyByAgencyRequest{
		Body: &iammodel.CreateTemporaryAccessKeyByAgencyRequestBody{Auth: &iammodel.AgencyAuth{
			Identity: &iammodel.AgencyAuthIdentity{
				Methods: []iammodel.AgencyAuthIdentityMethods{iammodel.GetAgencyAuthIdentityMethodsEnum().ASSUME_ROLE},
				AssumeRole: &iammodel.IdentityAssumerole{
					AgencyName: name, DomainName: &domain, DurationSeconds: &seconds,
				},
			},
		}},
	})
	if err != nil {
		return nil, err
	}
	return got.Credential, nil
}

func TestSDK_assumesAnAgencyThroughIAM(t *testing.T) {
	cloud := deployment(time.Hour)
	cloud.Accept(permanent())
	got, err := createByAgency(t, cloud, "deployer")
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "keys", keys(1), fakecloud.Keys{
		AccessKey: got.Access, SecretKey: got.Secret, SecurityToken: got.Securitytoken,
	})
	readsAJob(t, cloud, keys(1))
}

func TestSDK_isToldThatIAMKnowsNoSuchAgency(t *testing.T) {
	cloud := fakecloud.New(permanent())
	_, err := createByAgency(t, cloud, "x")
	var refusal *sdkerr.ServiceResponseError
	if !errors.As(err, &refusal) {
		t.Fatalf("error is %v, want an answer of IAM", err)
	}
	// The SDK does not read a code that is a number: it passes the body on.
	diff(t, "refusal", []any{http.StatusNotFound, iamRefusal("404", "Not Found", "Could not find agency: x.")},
		[]any{refusal.StatusCode, refusal.ErrorMessage})
}

func TestSDK_assumesAnAgencyThroughSTS(t *testing.T) {
	cloud := deployment(time.Hour)
	cloud.Accept(permanent())
	client := sts.NewStsClient(connect(t, sts.StsClientBuilder(), cloud, inProject(t, permanent())))
	got, err := client.AssumeAgency(&stsmodel.AssumeAgencyRequest{Body: &stsmodel.AssumeAgencyReqBody{
		AgencyUrn: "iam::d0:agency:deployer", AgencySessionName: "terraform",
	}})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "keys", keys(1), fakecloud.Keys{
		AccessKey:     got.Credentials.AccessKeyId,
		SecretKey:     got.Credentials.SecretAccessKey,
		SecurityToken: got.Credentials.SecurityToken,
	})
	if left := time.Until(time.Time(*got.Credentials.Expiration)); left < 59*time.Minute || left > time.Hour {
		t.Errorf("expires in %s, want an hour", left)
	}
	readsAJob(t, cloud, keys(1))
}

func TestSDK_hasAPodIdentity(t *testing.T) {
	cloud := fakecloud.New()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}, Lifetime: time.Hour})
	server := httptest.NewServer(cloud)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("projected\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HC_CONTAINER_CREDENTIALS_FULL_URI", server.URL+fakecloud.PodIdentityPath)
	t.Setenv("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", file)

	credentials, err := provider.BasicCredentialPodIdentityProvider().GetCredentials()
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "keys", keys(1), held(t, credentials))
	readsAJob(t, cloud, keys(1))
}

// inner marks the process that the next test starts. Its proxy is the cloud: the
// SDK's address of the metadata service is fixed, and the standard library reads
// the proxy only once in a process.
const inner = "FAKECLOUD_INNER"

func TestSDK_asksTheMetadataService(t *testing.T) {
	if os.Getenv(inner) != "" {
		defer http.DefaultClient.CloseIdleConnections()
		credentials, err := provider.BasicCredentialMetadataProvider().GetCredentials()
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "keys", keys(1), held(t, credentials))
		return
	}
	for name, test := range map[string]struct {
		metadata fakecloud.Metadata
		want     []int
	}{
		"with a token":    {fakecloud.Metadata{}, []int{http.StatusOK, http.StatusOK}},
		"without a token": {fakecloud.Metadata{WithoutToken: true}, []int{http.StatusNotFound, http.StatusOK}},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := instanceMetadata(test.metadata)
			server := httptest.NewServer(cloud)
			defer server.Close()
			run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSDK_asksTheMetadataService$")
			run.Env = append(os.Environ(), inner+"=1", "HTTP_PROXY="+server.URL, "http_proxy="+server.URL, "NO_PROXY=", "no_proxy=")
			if output, err := run.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			diff(t, "statuses", test.want, statuses(cloud))
			diff(t, "host", "169.254.169.254", cloud.Requests()[0].Host)
			readsAJob(t, cloud, keys(1))
		})
	}
}
