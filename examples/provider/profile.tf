# Region and project are the profile's, too.
provider "hwtasks" {
  profile = "staging"
}
