# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "every_way_in/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# clients.tf

resource "aws_cognito_user_pool_client" "phone" {
  name                                          = "phone"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["email", "openid"]
  auth_session_validity                         = 3
  callback_urls                                 = ["example.acme.app://callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_USER_SRP_AUTH"]
  generate_secret                               = false
  id_token_validity                             = 1
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 7

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

  supported_identity_providers = [
    "COGNITO",
    "Facebook",
    "Google",
    "LoginWithAmazon",
    "SignInWithApple",
    "partner",
    "supplier",
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

  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 10
  }

  token_validity_units {
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }

  depends_on = [
    aws_cognito_identity_provider.facebook,
    aws_cognito_identity_provider.google,
    aws_cognito_identity_provider.amazon,
    aws_cognito_identity_provider.apple,
    aws_cognito_identity_provider.partner,
    aws_cognito_identity_provider.supplier,
  ]
}

# domains.tf

resource "aws_cognito_user_pool_domain" "domain" {
  domain                = "acme-every-way-in"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 1
}

# identity_providers.tf

resource "aws_cognito_identity_provider" "amazon" {
  provider_name = "LoginWithAmazon"
  provider_type = "LoginWithAmazon"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    attributes_url                = "https://api.amazon.com/user/profile"
    attributes_url_add_attributes = "false"
    authorize_scopes              = "profile"
    authorize_url                 = "https://www.amazon.com/ap/oa"
    client_id                     = "amzn1.application-oa2-client.1example23456789"
    client_secret                 = var.amazon_client_secret
    token_request_method          = "POST"
    token_url                     = "https://api.amazon.com/auth/o2/token"
  }

  attribute_mapping = {
    email    = "email"
    username = "user_id"
  }
}

resource "aws_cognito_identity_provider" "apple" {
  provider_name = "SignInWithApple"
  provider_type = "SignInWithApple"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    attributes_url_add_attributes = "false"
    authorize_scopes              = "email name"
    authorize_url                 = "https://appleid.apple.com/auth/authorize"
    client_id                     = "example.acme.app"
    key_id                        = "4EXAMPLE56"
    oidc_issuer                   = "https://appleid.apple.com"
    private_key                   = var.apple_private_key
    team_id                       = "1EXAMPLE23"
    token_request_method          = "POST"
    token_url                     = "https://appleid.apple.com/auth/token"
  }

  attribute_mapping = {
    email    = "email"
    username = "sub"
  }

  lifecycle {
    ignore_changes = [provider_details["private_key"]]
  }
}

resource "aws_cognito_identity_provider" "facebook" {
  provider_name = "Facebook"
  provider_type = "Facebook"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    api_version                   = "v17.0"
    attributes_url                = "https://graph.facebook.com/v17.0/me?fields="
    attributes_url_add_attributes = "true"
    authorize_scopes              = "public_profile, email"
    authorize_url                 = "https://www.facebook.com/v17.0/dialog/oauth"
    client_id                     = "123456789012345"
    client_secret                 = var.facebook_app_secret
    token_request_method          = "GET"
    token_url                     = "https://graph.facebook.com/v17.0/oauth/access_token"
  }

  attribute_mapping = {
    email    = "email"
    username = "id"
  }
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
    email    = "email"
    username = "sub"
  }
}

resource "aws_cognito_identity_provider" "partner" {
  provider_name = "partner"
  provider_type = "OIDC"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    attributes_request_method     = "GET"
    attributes_url_add_attributes = "false"
    authorize_scopes              = "openid email"
    client_id                     = "acme"
    client_secret                 = var.partner_client_secret
    oidc_issuer                   = "https://id.partner.example"
  }

  attribute_mapping = {
    email    = "email"
    username = "sub"
  }
}

resource "aws_cognito_identity_provider" "supplier" {
  provider_name = "supplier"
  provider_type = "SAML"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    EncryptedResponses      = "false"
    IDPInit                 = "false"
    IDPSignout              = "false"
    MetadataFile            = <<-EOT
      <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sso.supplier.example/metadata">
        <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sso.supplier.example/login"/>
        </IDPSSODescriptor>
      </EntityDescriptor>
    EOT
    RequestSigningAlgorithm = "rsa-sha256"
  }

  attribute_mapping = {
    email = "mail"
  }

  lifecycle {
    ignore_changes = [
      provider_details["ActiveEncryptionCertificate"],
      provider_details["SLORedirectBindingURI"],
      provider_details["SSORedirectBindingURI"],
    ]
  }
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

# user_pools.tf

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

# variables.tf

variable "amazon_client_secret" {
  type        = string
  description = "From Amazon's console."
  sensitive   = true
  nullable    = false
}

variable "apple_private_key" {
  type        = string
  description = "The text of Apple's .p8 file."
  sensitive   = true
  nullable    = false
}

variable "facebook_app_secret" {
  type        = string
  description = "The app secret at Facebook."
  sensitive   = true
  nullable    = false
}

variable "google_client_secret" {
  type        = string
  description = "From Google's console."
  sensitive   = true
  nullable    = false
}

variable "partner_client_secret" {
  type        = string
  description = "From the partner."
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
