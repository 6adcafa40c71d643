# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "machines/terraform.tfstate"
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
    allow_admin_create_user_only = true

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
}

resource "aws_cognito_user_pool_client" "invoicing" {
  name                                          = "invoicing"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 15
  allowed_oauth_flows                           = ["client_credentials"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["https://orders.acme.example/read"]
  auth_session_validity                         = 3
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH"]
  generate_secret                               = true
  id_token_validity                             = 1
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 30
  supported_identity_providers                  = ["COGNITO"]

  read_attributes = [
    "address",
    "birthdate",
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
    id_token      = "hours"
    refresh_token = "days"
  }

  depends_on = [aws_cognito_resource_server.orders]
}

resource "aws_cognito_resource_server" "orders" {
  name         = "orders"
  identifier   = "https://orders.acme.example"
  user_pool_id = aws_cognito_user_pool.users.id

  scope {
    scope_description = "Read orders"
    scope_name        = "read"
  }

  scope {
    scope_description = "Place and change orders"
    scope_name        = "write"
  }
}

resource "aws_cognito_user_pool_domain" "domain" {
  domain                = "acme-machines"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 2
}

# outputs.tf

output "invoicing_token_url" {
  description = "Where tokens are issued."
  value       = "https://acme-machines.auth.${var.region}.amazoncognito.com/oauth2/token"
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

  validation {
    condition     = !can(regex("^(cn|eusc|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-", var.region))
    error_message = "The issuers and domains of this Terraform belong to another partition than this region."
  }
}

variable "tags" {
  type        = map(string)
  description = "The tags of all resources."

  default = {
    team = "identity"
  }
}
