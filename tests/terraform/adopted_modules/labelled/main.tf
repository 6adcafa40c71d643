# A pool whose names and tags come from labels, with an identity pool, and users.

variable "namespace" {
  type = string
}

variable "stage" {
  type = string
}

variable "name" {
  type = string
}

variable "clients" {
  type = map(object({ callbacks = list(string) }))
}

variable "members" {
  type    = map(string)
  default = {}
}

variable "authenticated_role" {
  type = string
}

locals {
  id   = join("-", [var.namespace, var.stage, var.name])
  tags = { Name = local.id, Namespace = var.namespace, Stage = var.stage }
}

resource "aws_cognito_user_pool" "this" {
  name                     = local.id
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  user_pool_tier           = "PLUS"
  tags                     = local.tags

  username_configuration {
    case_sensitive = false
  }

  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }

  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  verification_message_template {
    default_email_option  = "CONFIRM_WITH_LINK"
    email_message_by_link = "{##Verify##}"
    email_subject_by_link = "Verify your address"
  }

  lifecycle {
    ignore_changes = [schema]
  }
}

resource "aws_cognito_user_pool_client" "this" {
  for_each = var.clients

  name                                 = each.key
  user_pool_id                         = aws_cognito_user_pool.this.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["email", "openid", "profile"]
  callback_urls                        = each.value.callbacks
  enable_token_revocation              = true
  explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  generate_secret                      = true
  prevent_user_existence_errors        = "ENABLED"
  supported_identity_providers         = ["COGNITO"]
}

resource "aws_cognito_user_pool_domain" "this" {
  domain                = local.id
  managed_login_version = 2
  user_pool_id          = aws_cognito_user_pool.this.id
}

resource "aws_cognito_risk_configuration" "this" {
  user_pool_id = aws_cognito_user_pool.this.id

  compromised_credentials_risk_configuration {
    event_filter = ["SIGN_IN", "SIGN_UP"]
    actions {
      event_action = "BLOCK"
    }
  }
}

resource "aws_cognito_user_group" "this" {
  for_each = toset(["admins", "Read Only"])

  name         = replace(each.key, " ", "-")
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_user" "this" {
  for_each = var.members

  username     = each.value
  user_pool_id = aws_cognito_user_pool.this.id
  attributes = {
    email          = each.value
    email_verified = "true"
  }
  message_action = "SUPPRESS"
}

resource "aws_cognito_user_in_group" "this" {
  for_each = var.members

  group_name   = aws_cognito_user_group.this["admins"].name
  user_pool_id = aws_cognito_user_pool.this.id
  username     = aws_cognito_user.this[each.key].username
}

resource "aws_cognito_identity_pool" "this" {
  identity_pool_name               = local.id
  allow_unauthenticated_identities = false
  tags                             = local.tags

  dynamic "cognito_identity_providers" {
    for_each = aws_cognito_user_pool_client.this
    content {
      client_id               = cognito_identity_providers.value.id
      provider_name           = aws_cognito_user_pool.this.endpoint
      server_side_token_check = cognito_identity_providers.key == "wiki" ? true : null
    }
  }
}

resource "aws_cognito_identity_pool_roles_attachment" "this" {
  identity_pool_id = aws_cognito_identity_pool.this.id
  roles            = { authenticated = var.authenticated_role }
}
