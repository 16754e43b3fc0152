// SPDX-License-Identifier: MPL-2.0

package providertest

import "github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"

// The IDs of the documents' examples.
const (
	Region     = "cn-north-4"
	ProjectID  = "05f2cff45100d5112f4bc00b794ea08e"
	InstanceID = "5560df16-cebf-4473-95c4-d1b573c16e79"
	TaskID     = "8abf6e1e72c12e7c0172c15b508500aa"
	JobID      = "ff8080818822bbf70188235afc24141a"
	ClusterID  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	SnapshotID = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
)

// Keys are the access keys that the fake cloud accepts in most tests.
func Keys() fakecloud.Keys {
	return fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
}

// Settings are the provider's arguments for those keys. Nothing is retried, so
// that no test waits.
func Settings() Args {
	return Args{"region": Region, "project_id": ProjectID, "access_key": Keys().AccessKey, "secret_key": Keys().SecretKey, "max_retries": 0}
}

// Refused is an error response in the most common form.
func Refused(status int, code string) fakecloud.Response {
	return fakecloud.Response{Status: status, Body: `{"error_code":"` + code + `","error_msg":"The reason."}`}
}
