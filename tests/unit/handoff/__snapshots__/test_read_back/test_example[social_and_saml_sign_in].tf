# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "federation/terraform.tfstate"
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

  schema {
    name                     = "department"
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
}

resource "aws_cognito_user_pool_client" "web" {
  name                                          = "web"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["email", "openid"]
  auth_session_validity                         = 3
  callback_urls                                 = ["https://app.acme.example/oauth/callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  generate_secret                               = true
  id_token_validity                             = 1
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 30
  supported_identity_providers                  = ["COGNITO", "Google", "acme-staff"]

  read_attributes = [
    "address",
    "birthdate",
    "custom:department",
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
    "custom:department",
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
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }

  depends_on = [aws_cognito_identity_provider.google, aws_cognito_identity_provider.staff]
}

resource "aws_cognito_identity_provider" "google" {
  provider_name = "Google"
  provider_type = "Google"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    attributes_url                = "https://people.googleapis.com/v1/people/me?personFields="
    attributes_url_add_attributes = "true"
    authorize_scopes              = "openid email profile"
    authorize_url                 = "https://accounts.google.com/o/oauth2/v2/auth"
    client_id                     = "1example23456789.apps.googleusercontent.com"
    client_secret                 = var.google_client_secret
    oidc_issuer                   = "https://accounts.google.com"
    token_request_method          = "POST"
    token_url                     = "https://www.googleapis.com/oauth2/v4/token"
  }

  attribute_mapping = {
    email          = "email"
    email_verified = "email_verified"
    name           = "name"
    username       = "sub"
  }
}

resource "aws_cognito_identity_provider" "staff" {
  provider_name   = "acme-staff"
  provider_type   = "SAML"
  user_pool_id    = aws_cognito_user_pool.users.id
  idp_identifiers = ["acme.example"]

  provider_details = {
    EncryptedResponses      = "false"
    IDPInit                 = "false"
    IDPSignout              = "true"
    MetadataURL             = "https://login.acme.example/saml/metadata"
    RequestSigningAlgorithm = "rsa-sha256"
  }

  attribute_mapping = {
    "custom:department" = "department"
    email               = "mail"
  }

  lifecycle {
    ignore_changes = [
      provider_details["ActiveEncryptionCertificate"],
      provider_details["SLORedirectBindingURI"],
      provider_details["SSORedirectBindingURI"],
    ]
  }
}

resource "aws_cognito_user_pool_domain" "domain" {
  domain                = "acme-federation"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 1
}

resource "aws_cognito_user_group" "administrators" {
  name         = "administrators"
  user_pool_id = aws_cognito_user_pool.users.id
  description  = "Who manages the others"
}

resource "aws_cognito_user_group" "support" {
  name         = "support"
  user_pool_id = aws_cognito_user_pool.users.id
  precedence   = 10
}

resource "aws_cognito_user" "first_administrator" {
  user_pool_id             = aws_cognito_user_pool.users.id
  username                 = "ann@acme.example"
  desired_delivery_mediums = ["EMAIL"]
  enabled                  = true

  attributes = {
    department     = "identity"
    email          = "ann@acme.example"
    email_verified = "true"
  }
}

resource "aws_cognito_user_in_group" "first_administrator_administrators" {
  group_name   = aws_cognito_user_group.administrators.name
  user_pool_id = aws_cognito_user_pool.users.id
  username     = aws_cognito_user.first_administrator.username
}

resource "aws_cognito_user_in_group" "first_administrator_support" {
  group_name   = aws_cognito_user_group.support.name
  user_pool_id = aws_cognito_user_pool.users.id
  username     = aws_cognito_user.first_administrator.username
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

variable "google_client_secret" {
  type        = string
  description = "The client secret from Google's console."
  sensitive   = true
  nullable    = false
}

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
