# A pool, a client and a domain for each tenant.

locals {
  tenants = {
    north = { mfa = "ON", url = "https://north.example.com" }
    south = { mfa = "OPTIONAL", url = "https://south.example.com" }
    test  = { mfa = "OFF", url = "http://localhost:3000" }
  }
}

resource "aws_cognito_user_pool" "tenant" {
  for_each = local.tenants

  name                = "tenant-${each.key}"
  deletion_protection = each.key == "test" ? "INACTIVE" : "ACTIVE"
  mfa_configuration   = each.value.mfa

  dynamic "software_token_mfa_configuration" {
    for_each = each.value.mfa == "OFF" ? [] : [true]
    content {
      enabled = software_token_mfa_configuration.value
    }
  }

  lifecycle {
    prevent_destroy = false
    ignore_changes  = [schema]
  }
}

resource "aws_cognito_user_pool_client" "tenant" {
  for_each = aws_cognito_user_pool.tenant

  name                                 = "web"
  user_pool_id                         = each.value.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid"]
  callback_urls                        = ["${local.tenants[each.key].url}/callback"]
  supported_identity_providers         = ["COGNITO"]
}

resource "aws_cognito_user_pool_domain" "tenant" {
  for_each = local.tenants

  domain       = "acme-tenant-${each.key}"
  user_pool_id = aws_cognito_user_pool.tenant[each.key].id
}
