# One variable with all settings, whose parts may be left out.

variable "settings" {
  type = object({
    name = optional(string, "objects")
    mfa = optional(object({
      mode          = optional(string, "ON")
      authenticator = optional(bool, true)
    }), {})
    password = optional(object({
      length  = optional(number, 14)
      history = optional(number)
    }), {})
    client = optional(object({
      secret          = optional(bool, false)
      rotation        = optional(bool, true)
      access_minutes  = optional(number, 15)
      refresh_minutes = optional(number, 720)
    }), {})
  })
  default = {}
}

resource "aws_cognito_user_pool" "this" {
  name                     = var.settings.name
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  mfa_configuration        = var.settings.mfa.mode
  username_attributes      = ["email"]

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length        = var.settings.password.length
    password_history_size = var.settings.password.history
  }

  software_token_mfa_configuration {
    enabled = var.settings.mfa.authenticator
  }

  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  username_configuration {
    case_sensitive = false
  }
}

resource "aws_cognito_user_pool_client" "this" {
  name                          = "app"
  user_pool_id                  = aws_cognito_user_pool.this.id
  access_token_validity         = var.settings.client.access_minutes
  auth_session_validity         = 3
  enable_token_revocation       = true
  explicit_auth_flows           = var.settings.client.rotation ? ["ALLOW_USER_SRP_AUTH"] : ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  generate_secret               = var.settings.client.secret
  id_token_validity             = var.settings.client.access_minutes
  prevent_user_existence_errors = "ENABLED"
  refresh_token_validity        = var.settings.client.refresh_minutes

  refresh_token_rotation {
    feature                    = var.settings.client.rotation ? "ENABLED" : "DISABLED"
    retry_grace_period_seconds = 0
  }

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "minutes"
  }
}
