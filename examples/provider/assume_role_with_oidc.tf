# A pipeline writes its ID token to the file. IAM trusts the identity provider.
provider "hwtasks" {
  region = "cn-north-4"

  assume_role_with_oidc {
    idp_id        = "pipelines"
    id_token_file = "/var/run/secrets/id_token"
    agency_name   = "task-reader"
    domain_id     = "8d06e3a4c5f14b7e9d2a6b0c1e3f5a79"
  }
}
