# Labels for names and tags, a map of clients, and outputs by splat.

variable "namespace" {
  default = "acme"
}

variable "stage" {
  default = "prod"
}

variable "clients" {
  type = map(object({
    generate_secret = optional(bool)
    callback_urls   = optional(list(string), [])
    flows           = optional(list(string))
  }))
  default = {
    portal = {
      generate_secret = true
      callback_urls   = ["https://portal.acme.example/callback"]
      flows           = ["code"]
    }
    mobile = { callback_urls = ["acme://callback"], flows = ["code"] }
    jobs   = {}
  }
}

locals {
  id   = join("-", compact([var.namespace, "", var.stage]))
  tags = { Name = local.id, Owner = "identity", Environment = var.stage, DataClassification = "pii" }
}

resource "aws_cognito_user_pool" "default" {
  name                     = local.id
  alias_attributes         = null
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  mfa_configuration        = "OFF"
  username_attributes      = ["email"]
  tags                     = local.tags

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 7
  }

  username_configuration {
    case_sensitive = false
  }
}

resource "aws_cognito_user_pool_client" "default" {
  for_each = var.clients

  name                                 = "${local.id}-${each.key}"
  user_pool_id                         = aws_cognito_user_pool.default.id
  generate_secret                      = each.value.generate_secret
  allowed_oauth_flows                  = each.value.flows
  allowed_oauth_flows_user_pool_client = each.value.flows != null
  allowed_oauth_scopes                 = each.value.flows == null ? null : ["openid", "email"]
  callback_urls                        = each.value.callback_urls
  supported_identity_providers         = each.value.flows == null ? null : ["COGNITO"]
}

resource "aws_cognito_user_pool_domain" "default" {
  count = 1

  domain       = "${local.id}-login"
  user_pool_id = aws_cognito_user_pool.default.id
}

output "client_ids" {
  value = { for name, client in aws_cognito_user_pool_client.default : name => client.id }
}
