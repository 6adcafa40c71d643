# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "aws_credentials/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# clients.tf

resource "aws_cognito_user_pool_client" "phone" {
  name                                          = "phone"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows_user_pool_client          = false
  auth_session_validity                         = 3
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_USER_SRP_AUTH"]
  generate_secret                               = false
  id_token_validity                             = 1
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 7
  supported_identity_providers                  = ["COGNITO"]

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
}

# iam.tf

resource "aws_iam_role" "identities_administrators" {
  name_prefix = "identities-administrators-"
  description = "For signed-in users of the identity pool aws_credentials/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
        Condition = {
          "ForAnyValue:StringLike" = {
            "cognito-identity.amazonaws.com:amr" = "authenticated"
          }
          StringEquals = {
            "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.identities.id
          }
        }
        Effect = "Allow"
        Principal = {
          Federated = "cognito-identity.amazonaws.com"
        }
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_role" "identities_authenticated" {
  name_prefix = "identities-authenticated-"
  description = "For signed-in users of the identity pool aws_credentials/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
        Condition = {
          "ForAnyValue:StringLike" = {
            "cognito-identity.amazonaws.com:amr" = "authenticated"
          }
          StringEquals = {
            "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.identities.id
          }
        }
        Effect = "Allow"
        Principal = {
          Federated = "cognito-identity.amazonaws.com"
        }
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_role" "identities_members" {
  name_prefix = "identities-members-"
  description = "For signed-in users of the identity pool aws_credentials/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
        Condition = {
          "ForAnyValue:StringLike" = {
            "cognito-identity.amazonaws.com:amr" = "authenticated"
          }
          StringEquals = {
            "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.identities.id
          }
        }
        Effect = "Allow"
        Principal = {
          Federated = "cognito-identity.amazonaws.com"
        }
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_role_policy" "files_of_administrators" {
  name = "files"
  role = aws_iam_role.identities_administrators.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = ["arn:aws:s3:::acme-files/*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "files_of_members" {
  name = "files"
  role = aws_iam_role.identities_members.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:PutObject"]
        Resource = [
          "arn:aws:s3:::acme-files/users/$${cognito-identity.amazonaws.com:sub}/*",
          "arn:aws:s3:::acme-files/departments/$${aws:PrincipalTag/department}/*",
        ]
      },
    ]
  })
}

# identity_pools.tf

resource "aws_cognito_identity_pool" "identities" {
  identity_pool_name               = "identities"
  allow_classic_flow               = false
  allow_unauthenticated_identities = false

  cognito_identity_providers {
    client_id               = aws_cognito_user_pool_client.phone.id
    provider_name           = aws_cognito_user_pool.users.endpoint
    server_side_token_check = true
  }
}

resource "aws_cognito_identity_pool_provider_principal_tag" "user_tags" {
  identity_pool_id       = aws_cognito_identity_pool.identities.id
  identity_provider_name = aws_cognito_user_pool.users.endpoint
  use_defaults           = false

  principal_tags = {
    department = "custom:department"
  }

  depends_on = [
    aws_iam_role.identities_authenticated,
    aws_iam_role.identities_members,
    aws_iam_role.identities_administrators,
  ]
}

resource "aws_cognito_identity_pool_roles_attachment" "identities_roles" {
  identity_pool_id = aws_cognito_identity_pool.identities.id

  roles = {
    authenticated = aws_iam_role.identities_authenticated.arn
  }

  role_mapping {
    identity_provider         = "${aws_cognito_user_pool.users.endpoint}:${aws_cognito_user_pool_client.phone.id}"
    type                      = "Token"
    ambiguous_role_resolution = "Deny"
  }
}

# outputs.tf

output "identity_pool_id" {
  description = "The id of the identity pool, for the application."
  value       = aws_cognito_identity_pool.identities.id
}

# providers.tf

provider "aws" {
  region = var.region
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

  schema {
    name                     = "department"
    attribute_data_type      = "String"
    developer_only_attribute = false
    mutable                  = true
    required                 = false

    string_attribute_constraints {
      max_length = "2048"
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

# users.tf

resource "aws_cognito_user_group" "administrators" {
  name         = "administrators"
  user_pool_id = aws_cognito_user_pool.users.id
  precedence   = 1
  role_arn     = aws_iam_role.identities_administrators.arn
}

resource "aws_cognito_user_group" "members" {
  name         = "members"
  user_pool_id = aws_cognito_user_pool.users.id
  precedence   = 2
  role_arn     = aws_iam_role.identities_members.arn
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
