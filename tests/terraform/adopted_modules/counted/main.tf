# One pool with everything beside it, each resource by count.

variable "enabled" {
  type    = bool
  default = true
}

variable "user_pool_name" {
  type = string
}

variable "alias_attributes" {
  type    = list(string)
  default = null
}

variable "auto_verified_attributes" {
  type    = list(string)
  default = []
}

variable "password_policy" {
  type = object({
    minimum_length                   = optional(number, 8)
    require_lowercase                = optional(bool, true)
    require_numbers                  = optional(bool, true)
    require_symbols                  = optional(bool, true)
    require_uppercase                = optional(bool, true)
    temporary_password_validity_days = optional(number, 7)
  })
  default = {}
}

variable "string_schemas" {
  type    = list(any)
  default = []
}

variable "number_schemas" {
  type    = list(any)
  default = []
}

variable "lambda_config" {
  type    = map(string)
  default = {}
}

variable "clients" {
  type    = any
  default = []
}

variable "domain" {
  type    = string
  default = null
}

variable "css" {
  type    = string
  default = null
}

variable "resource_servers" {
  type = list(object({
    identifier = string
    name       = string
    scopes     = list(string)
  }))
  default = []
}

variable "user_groups" {
  type    = any
  default = []
}

variable "google" {
  type = object({
    client_id     = string
    client_secret = string
  })
}

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  one = var.enabled ? 1 : 0
}

resource "aws_cognito_user_pool" "pool" {
  count = local.one

  name                       = var.user_pool_name
  alias_attributes           = var.alias_attributes
  auto_verified_attributes   = var.auto_verified_attributes
  email_verification_subject = "Verify"
  email_verification_message = "Your code: {####}"
  mfa_configuration          = "OPTIONAL"
  sms_authentication_message = null
  tags                       = var.tags

  software_token_mfa_configuration {
    enabled = true
  }

  admin_create_user_config {
    allow_admin_create_user_only = false

    invite_message_template {
      email_message = "{username}, your temporary password is `{####}`"
      email_subject = "Welcome to $${shop}"
      sms_message   = "{username}: {####}"
    }
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_phone_number"
      priority = 2
    }
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = false
  }

  dynamic "lambda_config" {
    for_each = length(var.lambda_config) == 0 ? [] : [var.lambda_config]
    content {
      post_confirmation = lookup(lambda_config.value, "post_confirmation", null)
      pre_sign_up       = lookup(lambda_config.value, "pre_sign_up", null)
    }
  }

  password_policy {
    minimum_length                   = var.password_policy.minimum_length
    require_lowercase                = var.password_policy.require_lowercase
    require_numbers                  = var.password_policy.require_numbers
    require_symbols                  = var.password_policy.require_symbols
    require_uppercase                = var.password_policy.require_uppercase
    temporary_password_validity_days = var.password_policy.temporary_password_validity_days
  }

  schema {
    attribute_data_type = "String"
    mutable             = true
    name                = "email"
    required            = true
  }

  dynamic "schema" {
    for_each = var.string_schemas
    content {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = lookup(schema.value, "mutable", true)
      name                     = schema.value.name
      required                 = false

      string_attribute_constraints {
        min_length = lookup(schema.value, "min_length", null)
        max_length = lookup(schema.value, "max_length", null)
      }
    }
  }

  dynamic "schema" {
    for_each = var.number_schemas
    content {
      attribute_data_type = "Number"
      mutable             = true
      name                = schema.value.name

      number_attribute_constraints {
        min_value = schema.value.min_value
        max_value = schema.value.max_value
      }
    }
  }
}

resource "aws_lambda_permission" "triggers" {
  for_each = var.enabled ? var.lambda_config : {}

  action        = "lambda:InvokeFunction"
  function_name = each.value
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.pool[0].arn
  statement_id  = each.key == "pre_sign_up" ? "allow-${each.key}" : null
}

resource "aws_cognito_user_pool_client" "client" {
  count = var.enabled ? length(var.clients) : 0

  name                                 = var.clients[count.index].name
  user_pool_id                         = aws_cognito_user_pool.pool[0].id
  allowed_oauth_flows                  = lookup(var.clients[count.index], "allowed_oauth_flows", [])
  allowed_oauth_flows_user_pool_client = contains(keys(var.clients[count.index]), "allowed_oauth_flows")
  allowed_oauth_scopes                 = lookup(var.clients[count.index], "allowed_oauth_scopes", [])
  callback_urls                        = lookup(var.clients[count.index], "callback_urls", [])
  default_redirect_uri                 = try(var.clients[count.index].callback_urls[0], null)
  explicit_auth_flows                  = lookup(var.clients[count.index], "explicit_auth_flows", null)
  generate_secret                      = lookup(var.clients[count.index], "generate_secret", null)
  logout_urls                          = lookup(var.clients[count.index], "logout_urls", [])
  prevent_user_existence_errors        = "LEGACY"
  read_attributes                      = ["email", "name"]
  refresh_token_validity               = lookup(var.clients[count.index], "refresh_days", 30)
  supported_identity_providers         = count.index == 0 ? ["COGNITO", "Google"] : null

  access_token_validity = 60
  id_token_validity     = 60

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  depends_on = [aws_cognito_identity_provider.google]
}

resource "aws_cognito_user_pool_domain" "domain" {
  count = var.domain == null ? 0 : local.one

  domain       = var.domain
  user_pool_id = aws_cognito_user_pool.pool[0].id
}

resource "aws_cognito_user_pool_ui_customization" "pages" {
  count = var.css == null ? 0 : local.one

  css          = var.css
  user_pool_id = aws_cognito_user_pool_domain.domain[0].user_pool_id
}

resource "aws_cognito_resource_server" "resource" {
  count = var.enabled ? length(var.resource_servers) : 0

  identifier   = var.resource_servers[count.index].identifier
  name         = var.resource_servers[count.index].name
  user_pool_id = aws_cognito_user_pool.pool[0].id

  dynamic "scope" {
    for_each = var.resource_servers[count.index].scopes
    content {
      scope_name        = scope.value
      scope_description = "May ${scope.value}"
    }
  }
}

resource "aws_cognito_user_group" "main" {
  count = var.enabled ? length(var.user_groups) : 0

  name         = var.user_groups[count.index].name
  precedence   = lookup(var.user_groups[count.index], "precedence", null)
  user_pool_id = aws_cognito_user_pool.pool[0].id
}

resource "aws_cognito_identity_provider" "google" {
  count = var.enabled && var.google != null ? 1 : 0

  provider_name     = "Google"
  provider_type     = "Google"
  user_pool_id      = aws_cognito_user_pool.pool[0].id
  attribute_mapping = { email = "email", username = "sub", given_name = "given_name" }

  provider_details = {
    attributes_url                = "https://people.googleapis.com/v1/people/me?personFields="
    attributes_url_add_attributes = "true"
    authorize_scopes              = "email profile openid"
    authorize_url                 = "https://accounts.google.com/o/oauth2/v2/auth"
    client_id                     = var.google.client_id
    client_secret                 = var.google.client_secret
    oidc_issuer                   = "https://accounts.google.com"
    token_request_method          = "POST"
    token_url                     = "https://www.googleapis.com/oauth2/v4/token"
  }
}

output "user_pool_id" {
  value = one(aws_cognito_user_pool.pool[*].id)
}
