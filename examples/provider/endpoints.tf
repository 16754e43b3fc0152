# `{region}` stands for the region of each read.
provider "hwtasks" {
  region   = "eu-de"
  auth_url = "https://iam.eu-de.example.com/v3"
  endpoints = {
    dcs = "https://dcs.{region}.example.com"
    dws = "https://gateway.example.com/{region}/dws/"
  }
}
