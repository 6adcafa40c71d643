# A module for authentication, which has a module for clients.

module "auth" {
  source   = "./auth"
  for_each = toset(["staff", "customers"])

  name    = each.key
  clients = each.key == "staff" ? ["intranet"] : ["shop", "app"]
}

output "pools" {
  value = { for name, auth in module.auth : name => auth.user_pool_id }
}
