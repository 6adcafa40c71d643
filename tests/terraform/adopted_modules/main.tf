# Pools in the style of public modules: by count, by labels, and one for each tenant.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      managed-by = "terraform"
      owner      = "identity"
    }
  }
}

variable "google_client_secret" {
  type      = string
  sensitive = true
}

variable "trigger" {
  type = string
}

module "customers" {
  source = "./counted"

  user_pool_name           = "customers"
  alias_attributes         = ["email", "phone_number"]
  auto_verified_attributes = ["email"]
  password_policy = {
    minimum_length    = 10
    require_lowercase = false
    require_symbols   = false
  }
  string_schemas = [
    { name = "tier", mutable = false, min_length = 7, max_length = 15 },
    { name = "notes" },
  ]
  number_schemas = [{ name = "score", min_value = 0, max_value = 99 }]
  lambda_config = {
    post_confirmation = var.trigger
    pre_sign_up       = var.trigger
  }
  clients = [
    {
      name                 = "web"
      allowed_oauth_flows  = ["code", "implicit"]
      allowed_oauth_scopes = ["email", "openid"]
      callback_urls        = ["https://shop.example/callback"]
      logout_urls          = ["https://shop.example/"]
      refresh_days         = 90
    },
    { name = "backend", generate_secret = true, explicit_auth_flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    { name = "plain" },
  ]
  domain           = "acme-customers"
  css              = ".banner-customizable { background: #0a0; }"
  resource_servers = [{ identifier = "https://api.shop.example", name = "shop", scopes = ["read", "write"] }]
  user_groups      = [{ name = "vip", precedence = 1 }, { name = "blocked" }]
  google = {
    client_id     = "acme"
    client_secret = var.google_client_secret
  }
  tags = { owner = "shop" }
}

module "disabled" {
  source = "./counted"

  enabled        = false
  user_pool_name = "nobody"
  google         = null
}

module "staff" {
  source = "./labelled"

  namespace = "acme"
  stage     = "prod"
  name      = "staff"
  clients = {
    "intranet web" = { callbacks = ["https://intranet.acme.example/"] }
    wiki           = { callbacks = ["http://localhost:8080/", "https://wiki.acme.example/"] }
  }
  members            = { ann = "ann@acme.example" }
  authenticated_role = "arn:aws:iam::123456789012:role/staff"
}

module "tenants" {
  source   = "./tenant"
  for_each = { "acme-eu" = { mfa = "ON" }, "blue.example" = { mfa = "OFF" } }

  tenant = each.key
  mfa    = each.value.mfa
}

resource "aws_cognito_user_pool" "import" {
  name = "a pool with a name that Python reserves"
}

output "customers" {
  value = module.customers.user_pool_id
}
