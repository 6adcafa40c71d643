# One flat variable for each argument, and dynamic blocks that are there if a variable is set.

variable "enabled" {
  default = true
}

variable "user_pool_name" {
  type    = string
  default = "flat"
}

variable "alias_attributes" {
  type    = list(string)
  default = null
}

variable "username_attributes" {
  type    = list(string)
  default = ["email"]
}

variable "mfa_configuration" {
  default = "OPTIONAL"
}

variable "software_token_mfa_configuration_enabled" {
  default = true
}

variable "device_configuration" {
  type    = map(any)
  default = {}
}

variable "lambda_config" {
  type    = map(any)
  default = {}
}

variable "email_configuration" {
  type    = map(any)
  default = {}
}

variable "password_policy" {
  type = object({
    minimum_length                   = number
    require_lowercase                = bool
    require_numbers                  = bool
    require_symbols                  = bool
    require_uppercase                = bool
    temporary_password_validity_days = number
  })
  default = null
}

variable "recovery_mechanisms" {
  type    = list(any)
  default = [{ name = "verified_email", priority = 1 }]
}

variable "string_schemas" {
  type    = list(any)
  default = [{ name = "plan", min_length = 1, max_length = 20 }]
}

variable "client_callback_urls" {
  type    = list(string)
  default = []
}

locals {
  device_configuration = var.device_configuration == {} ? [] : [var.device_configuration]
  email_configuration  = length(var.email_configuration) == 0 ? [] : [var.email_configuration]
  password_policy      = var.password_policy == null ? [] : [var.password_policy]
}

resource "aws_cognito_user_pool" "pool" {
  count = var.enabled ? 1 : 0

  name                       = var.user_pool_name
  alias_attributes           = var.alias_attributes
  auto_verified_attributes   = ["email"]
  email_verification_subject = null
  mfa_configuration          = var.mfa_configuration
  sms_authentication_message = null
  username_attributes        = var.username_attributes

  dynamic "device_configuration" {
    for_each = local.device_configuration
    content {
      challenge_required_on_new_device      = lookup(device_configuration.value, "challenge", false)
      device_only_remembered_on_user_prompt = lookup(device_configuration.value, "prompt", false)
    }
  }

  dynamic "email_configuration" {
    for_each = local.email_configuration
    content {
      source_arn            = lookup(email_configuration.value, "source_arn", null)
      email_sending_account = lookup(email_configuration.value, "account", "COGNITO_DEFAULT")
    }
  }

  dynamic "lambda_config" {
    for_each = var.lambda_config == null || length(var.lambda_config) == 0 ? [] : [1]
    content {
      pre_sign_up = lookup(var.lambda_config, "pre_sign_up", null)
    }
  }

  dynamic "software_token_mfa_configuration" {
    for_each = var.software_token_mfa_configuration_enabled ? [1] : []
    content {
      enabled = true
    }
  }

  dynamic "password_policy" {
    for_each = local.password_policy
    content {
      minimum_length                   = password_policy.value.minimum_length
      require_lowercase                = password_policy.value.require_lowercase
      require_numbers                  = password_policy.value.require_numbers
      require_symbols                  = password_policy.value.require_symbols
      require_uppercase                = password_policy.value.require_uppercase
      temporary_password_validity_days = password_policy.value.temporary_password_validity_days
    }
  }

  dynamic "schema" {
    for_each = var.string_schemas
    content {
      attribute_data_type      = "String"
      name                     = schema.value.name
      developer_only_attribute = false
      mutable                  = true
      required                 = false
      string_attribute_constraints {
        min_length = schema.value.min_length
        max_length = schema.value.max_length
      }
    }
  }

  dynamic "account_recovery_setting" {
    for_each = length(var.recovery_mechanisms) == 0 ? [] : [1]
    content {
      dynamic "recovery_mechanism" {
        for_each = var.recovery_mechanisms
        content {
          name     = recovery_mechanism.value.name
          priority = recovery_mechanism.value.priority
        }
      }
    }
  }

  tags = merge({ module = "flat" }, {})
}

resource "aws_cognito_user_pool_client" "client" {
  count = var.enabled ? 1 : 0

  name                          = "app"
  user_pool_id                  = aws_cognito_user_pool.pool[0].id
  access_token_validity         = 60
  id_token_validity             = 60
  refresh_token_validity        = 30
  callback_urls                 = var.client_callback_urls
  explicit_auth_flows           = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  generate_secret               = true
  logout_urls                   = []
  prevent_user_existence_errors = "ENABLED"
  read_attributes               = []
  write_attributes              = []
  supported_identity_providers  = []

  # Literals: the provider cannot validate units that come from a variable of a module.
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

output "client_secret" {
  sensitive = true
  value     = aws_cognito_user_pool_client.client[*].client_secret
}
