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
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/provider"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"
	iammodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3/model"
	sts "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// checkKeys checks the keys that the SDK received and uses them.
func checkKeys(t *testing.T, cloud *fakecloud.Cloud, want, got fakecloud.Keys) {
	t.Helper()
	diff(t, "keys", want, got)
	cloud.Serve(fakecloud.JobPath(project, "job"), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	if _, err := showJob(t, cloud, got); err != nil {
		t.Error(err)
	}
}

// keysOf returns the keys in credentials of the SDK.
func keysOf(t *testing.T, credentials auth.ICredential) fakecloud.Keys {
	t.Helper()
	c, ok := credentials.(*basic.Credentials)
	if !ok {
		t.Fatalf("credentials are %T", credentials)
	}
	return fakecloud.Keys{AccessKey: c.AK, SecretKey: c.SK, SecurityToken: c.SecurityToken}
}

func TestSDK_assumesAnAgencyThroughIAM(t *testing.T) {
	cloud := agencyCloud(time.Hour)
	cloud.Accept(permanent())
	client := iam.NewIamClient(connect(t, iam.IamClientBuilder(), cloud, inDomain(t, permanent())))
	assume := func(name string) (*iammodel.CreateTemporaryAccessKeyByAgencyResponse, error) {
		domain, seconds := "group", int32(900)
		return client.CreateTemporaryAccessKeyByAgency(&iammodel.CreateTemporaryAccessKeyByAgencyRequest{
			Body: &iammodel.CreateTemporaryAccessKeyByAgencyRequestBody{Auth: &iammodel.AgencyAuth{
				Identity: &iammodel.AgencyAuthIdentity{
					Methods:    []iammodel.AgencyAuthIdentityMethods{iammodel.GetAgencyAuthIdentityMethodsEnum().ASSUME_ROLE},
					AssumeRole: &iammodel.IdentityAssumerole{AgencyName: name, DomainName: &domain, DurationSeconds: &seconds},
				},
			}},
		})
	}
	got, err := assume("deployer")
	if err != nil {
		t.Fatal(err)
	}
	checkKeys(t, cloud, keys(1), fakecloud.Keys{
		AccessKey: got.Credential.Access, SecretKey: got.Credential.Secret, SecurityToken: got.Credential.Securitytoken,
	})

	_, err = assume("x")
	var response *sdkerr.ServiceResponseError
	if !errors.As(err, &response) {
		t.Fatalf("error is %v, want a response of IAM", err)
	}
	// The SDK does not read a code that is a number: it returns the whole body.
	diff(t, "unknown agency", result{http.StatusNotFound, iamError("404", "Not Found", "Could not find agency: x.")},
		result{response.StatusCode, response.ErrorMessage})
}

func TestSDK_assumesAnAgencyThroughSTS(t *testing.T) {
	cloud := agencyCloud(time.Hour)
	cloud.Accept(permanent())
	client := sts.NewStsClient(connect(t, sts.StsClientBuilder(), cloud, inProject(t, permanent())))
	got, err := client.AssumeAgency(&stsmodel.AssumeAgencyRequest{Body: &stsmodel.AssumeAgencyReqBody{
		AgencyUrn: "iam::d0:agency:deployer", AgencySessionName: "terraform",
	}})
	if err != nil {
		t.Fatal(err)
	}
	checkKeys(t, cloud, keys(1), fakecloud.Keys{
		AccessKey: got.Credentials.AccessKeyId, SecretKey: got.Credentials.SecretAccessKey, SecurityToken: got.Credentials.SecurityToken,
	})
	if left := time.Until(time.Time(*got.Credentials.Expiration)); left < 59*time.Minute || left > time.Hour {
		t.Errorf("expires in %s, want an hour", left)
	}
}

func TestSDK_getsPodIdentityCredentials(t *testing.T) {
	cloud := podCloud(time.Hour, keys(1))
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
	checkKeys(t, cloud, keys(1), keysOf(t, credentials))
}

// childVariable marks the child process of the next test. Its proxy is the cloud:
// the SDK's address of the metadata service is fixed, and net/http reads the
// proxy only once per process.
const childVariable = "FAKECLOUD_CHILD"

func TestSDK_getsMetadataCredentials(t *testing.T) {
	if os.Getenv(childVariable) != "" {
		defer http.DefaultClient.CloseIdleConnections()
		credentials, err := provider.BasicCredentialMetadataProvider().GetCredentials()
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "keys", keys(1), keysOf(t, credentials))
		return
	}
	for name, test := range map[string]struct {
		metadata fakecloud.Metadata
		want     []int
	}{
		"with a token":    {fakecloud.Metadata{}, []int{http.StatusOK, http.StatusOK}},
		"without a token": {fakecloud.Metadata{WithoutToken: true}, []int{http.StatusNotFound, http.StatusOK}},
	} {
		cloud := metadataCloud(test.metadata)
		server := httptest.NewServer(cloud)
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSDK_getsMetadataCredentials$")
		child.Env = append(os.Environ(), childVariable+"=1", "HTTP_PROXY="+server.URL, "http_proxy="+server.URL, "NO_PROXY=", "no_proxy=")
		if output, err := child.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, output)
		}
		server.Close()
		diff(t, name, test.want, statuses(cloud))
		diff(t, "host", "169.254.169.254", cloud.Requests()[0].Host)
		checkKeys(t, cloud, keys(1), keys(1))
	}
}
