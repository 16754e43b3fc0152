# The access keys come from the environment. They may assume the first agency,
# whose credentials may assume the second one.
provider "hwtasks" {
  region = "cn-north-4"

  assume_role {
    agency_name = "operations"
    domain_name = "platform"
  }

  assume_role {
    agency_name = "task-reader"
    domain_name = "team-b"
  }
}
