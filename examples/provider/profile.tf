# The region and the project come from the profile, too.
provider "hwtasks" {
  profile = "staging"
}
