# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "back_office/terraform.tfstate"
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

resource "aws_cognito_user_pool_client" "pages" {
  name                                          = "pages"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["email", "openid"]
  auth_session_validity                         = 3
  callback_urls                                 = ["https://back-office.acme.example/callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
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
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_domain" "domain" {
  domain                = "acme-back-office"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 1
}

resource "aws_cognito_user_group" "gold_customers" {
  name         = "gold_customers"
  user_pool_id = aws_cognito_user_pool.users.id
}

resource "aws_iam_role" "role" {
  name = "back-office"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = "sts:AssumeRole"
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_role_policy" "manages_users" {
  name = "back_office-manages_users"
  role = aws_iam_role.role.name

  policy = jsonencode({
    Statement = [
      {
        Action = [
          "cognito-idp:AdminAddUserToGroup",
          "cognito-idp:AdminConfirmSignUp",
          "cognito-idp:AdminCreateUser",
          "cognito-idp:AdminDeleteUser",
          "cognito-idp:AdminDeleteUserAttributes",
          "cognito-idp:AdminDisableUser",
          "cognito-idp:AdminEnableUser",
          "cognito-idp:AdminGetUser",
          "cognito-idp:AdminListGroupsForUser",
          "cognito-idp:AdminRemoveUserFromGroup",
          "cognito-idp:AdminResetUserPassword",
          "cognito-idp:AdminUpdateUserAttributes",
          "cognito-idp:AdminUserGlobalSignOut",
          "cognito-idp:ListUsers",
        ]
        Effect   = "Allow"
        Resource = aws_cognito_user_pool.users.arn
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_role_policy" "reads_settings" {
  name = "back_office-reads_settings"
  role = aws_iam_role.role.name

  policy = jsonencode({
    Statement = [
      {
        Action = ["ssm:GetParameter", "ssm:GetParameters"]
        Effect = "Allow"
        Resource = [
          aws_ssm_parameter.settings_client_secret_arn.arn,
          aws_ssm_parameter.settings_domain_url.arn,
          aws_ssm_parameter.settings_issuer.arn,
          aws_ssm_parameter.settings_jwks_url.arn,
          aws_ssm_parameter.settings_region.arn,
          aws_ssm_parameter.settings_user_pool_client_id.arn,
          aws_ssm_parameter.settings_user_pool_id.arn,
        ]
      },
      {
        Action   = "secretsmanager:GetSecretValue"
        Effect   = "Allow"
        Resource = aws_secretsmanager_secret.settings_client_secret.arn
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_secretsmanager_secret" "settings_client_secret" {
  name                    = "acme/back-office/client_secret"
  description             = "The client secret of back_office/pages"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "settings_client_secret" {
  secret_id     = aws_secretsmanager_secret.settings_client_secret.id
  secret_string = jsonencode({ "client_id" = aws_cognito_user_pool_client.pages.id, "client_secret" = aws_cognito_user_pool_client.pages.client_secret })
}

resource "aws_ssm_parameter" "settings_client_secret_arn" {
  name           = "/acme/back-office/client_secret_arn"
  type           = "String"
  data_type      = "text"
  description    = "The secret in Secrets Manager that holds the client secret"
  insecure_value = aws_secretsmanager_secret.settings_client_secret.arn
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_domain_url" {
  name           = "/acme/back-office/domain_url"
  type           = "String"
  data_type      = "text"
  description    = "Where the sign-in pages are"
  insecure_value = "https://acme-back-office.auth.${var.region}.amazoncognito.com"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_issuer" {
  name           = "/acme/back-office/issuer"
  type           = "String"
  data_type      = "text"
  description    = "The iss claim of every token"
  insecure_value = "https://${aws_cognito_user_pool.users.endpoint}"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_jwks_url" {
  name           = "/acme/back-office/jwks_url"
  type           = "String"
  data_type      = "text"
  description    = "The public keys that tokens are checked with"
  insecure_value = "https://${aws_cognito_user_pool.users.endpoint}/.well-known/jwks.json"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_region" {
  name           = "/acme/back-office/region"
  type           = "String"
  data_type      = "text"
  description    = "The region of the user pool"
  insecure_value = var.region
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_user_pool_client_id" {
  name           = "/acme/back-office/user_pool_client_id"
  type           = "String"
  data_type      = "text"
  description    = "The client id"
  insecure_value = aws_cognito_user_pool_client.pages.id
  tier           = "Standard"
}

resource "aws_ssm_parameter" "settings_user_pool_id" {
  name           = "/acme/back-office/user_pool_id"
  type           = "String"
  data_type      = "text"
  description    = "The id of the user pool"
  insecure_value = aws_cognito_user_pool.users.id
  tier           = "Standard"
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
