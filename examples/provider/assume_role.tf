# The access keys come from the environment. They must be allowed to assume the
# agency.
provider "hwtasks" {
  region = "cn-north-4"

  assume_role {
    agency_name = "task-reader"
    domain_name = "team-b"
  }
}
