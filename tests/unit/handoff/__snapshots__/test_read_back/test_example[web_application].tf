# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "web/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# main.tf

resource "aws_cognito_user_pool" "users" {
  name                     = "users"
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  mfa_configuration        = "OPTIONAL"
  user_pool_tier           = "ESSENTIALS"
  username_attributes      = ["email"]

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  admin_create_user_config {
    allow_admin_create_user_only = false

    invite_message_template {
      email_message = "Your username is {username} and temporary password is {####}"
      email_subject = "Your temporary password"
      sms_message   = "Your username is {username} and temporary password is {####}"
    }
  }

  email_configuration {
    email_sending_account = "COGNITO_DEFAULT"
  }

  password_policy {
    minimum_length                   = 15
    password_history_size            = 5
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 3
  }

  schema {
    name                     = "name"
    attribute_data_type      = "String"
    developer_only_attribute = false
    mutable                  = true
    required                 = true

    string_attribute_constraints {
      max_length = "2048"
      min_length = "0"
    }
  }

  schema {
    name                     = "tenant"
    attribute_data_type      = "String"
    developer_only_attribute = false
    mutable                  = true
    required                 = false

    string_attribute_constraints {
      max_length = "64"
      min_length = "0"
    }
  }

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD"]
  }

  software_token_mfa_configuration {
    enabled = true
  }

  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  username_configuration {
    case_sensitive = false
  }

  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
    email_message        = "Your confirmation code is {####}"
    email_subject        = "Your verification code"
    sms_message          = "Your verification code is {####}"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cognito_user_pool_client" "web_client" {
  name                                          = "web_client"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 15
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["email", "openid"]
  auth_session_validity                         = 3
  callback_urls                                 = ["https://app.acme.example/oauth/callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  generate_secret                               = true
  id_token_validity                             = 15
  logout_urls                                   = ["https://app.acme.example/"]
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 14
  supported_identity_providers                  = ["COGNITO"]

  read_attributes = [
    "address",
    "birthdate",
    "custom:tenant",
    "email",
    "email_verified",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "phone_number_verified",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
  ]

  write_attributes = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
  ]

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

# outputs.tf

output "user_pool_client_authorize_url" {
  description = "Where sign-in begins."
  value       = "https://auth.acme.example/oauth2/authorize?response_type=code&client_id=${urlencode(aws_cognito_user_pool_client.web_client.id)}&redirect_uri=https%3A%2F%2Fapp.acme.example%2Foauth%2Fcallback&scope=email%20openid"
}

output "user_pool_client_logout_url" {
  description = "Where sign-out ends."
  value       = "https://auth.acme.example/logout?client_id=${urlencode(aws_cognito_user_pool_client.web_client.id)}&logout_uri=https%3A%2F%2Fapp.acme.example%2F"
}

output "user_pool_client_token_url" {
  description = "Where tokens are issued."
  value       = "https://auth.acme.example/oauth2/token"
}

output "user_pool_client_userinfo_url" {
  description = "The user of an access token."
  value       = "https://auth.acme.example/oauth2/userInfo"
}

output "user_pool_issuer" {
  description = "The iss claim of every token."
  value       = "https://${aws_cognito_user_pool.users.endpoint}"
}

output "user_pool_jwks_url" {
  description = "The public keys that tokens are checked with."
  value       = "https://${aws_cognito_user_pool.users.endpoint}/.well-known/jwks.json"
}

# providers.tf

provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}

# terraform.tf

terraform {
  required_version = ">= 1.10.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

# variables.tf

variable "region" {
  type        = string
  description = "The AWS region of all resources."
  default     = "eu-west-1"
}

variable "tags" {
  type        = map(string)
  description = "The tags of all resources."

  default = {
    team = "identity"
  }
}
