# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "workforce/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# main.tf

data "aws_ssoadmin_instances" "directory" {
  provider = aws.us_east_1

  lifecycle {
    postcondition {
      condition     = length(self.identity_store_ids) == 1
      error_message = "IAM Identity Center: must have one instance that this account sees in this region; give IdentityStore the region that it is in, or name the instance with ExistingIdentityStore"
    }
  }
}

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
    name                     = "groups"
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

resource "aws_cognito_user_pool_client" "web" {
  name                                          = "web"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["email", "openid", "profile"]
  auth_session_validity                         = 3
  callback_urls                                 = ["https://tools.acme.example/callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  generate_secret                               = true
  id_token_validity                             = 1
  logout_urls                                   = ["https://tools.acme.example/"]
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 30
  supported_identity_providers                  = ["identity-center"]

  read_attributes = [
    "address",
    "birthdate",
    "custom:groups",
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
    "custom:groups",
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

  depends_on = [aws_cognito_identity_provider.identity-center]
}

resource "aws_cognito_identity_provider" "identity-center" {
  provider_name   = "identity-center"
  provider_type   = "SAML"
  user_pool_id    = aws_cognito_user_pool.users.id
  idp_identifiers = ["acme.example"]

  provider_details = {
    EncryptedResponses = "false"
    IDPInit            = "false"
    IDPSignout         = "false"
    MetadataURL        = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTExMTIyMjIzMzMz"
  }

  attribute_mapping = {
    "custom:groups" = "groups"
    email           = "email"
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
  domain                = "acme-workforce"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 1
}

resource "aws_identitystore_group" "engineers" {
  provider = aws.us_east_1

  display_name      = "engineers"
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
}

resource "aws_identitystore_group" "support" {
  provider = aws.us_east_1

  display_name      = "support"
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
}

resource "aws_identitystore_group_membership" "people_ann_engineers" {
  provider = aws.us_east_1

  group_id          = aws_identitystore_group.engineers.group_id
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
  member_id         = aws_identitystore_user.people_ann.user_id
}

resource "aws_identitystore_group_membership" "people_ann_support" {
  provider = aws.us_east_1

  group_id          = aws_identitystore_group.support.group_id
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
  member_id         = aws_identitystore_user.people_ann.user_id
}

resource "aws_identitystore_group_membership" "people_bob_support" {
  provider = aws.us_east_1

  group_id          = aws_identitystore_group.support.group_id
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
  member_id         = aws_identitystore_user.people_bob.user_id
}

resource "aws_identitystore_user" "people_ann" {
  provider = aws.us_east_1

  display_name      = "Ann Archer"
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
  user_name         = "ann"
  title             = "Engineer"

  emails {
    primary = true
    type    = "work"
    value   = "ann@acme.example"
  }

  name {
    family_name = "Archer"
    given_name  = "Ann"
  }
}

resource "aws_identitystore_user" "people_bob" {
  provider = aws.us_east_1

  display_name      = "Bob Baker"
  identity_store_id = one(data.aws_ssoadmin_instances.directory.identity_store_ids)
  user_name         = "bob"

  emails {
    primary = true
    type    = "work"
    value   = "bob@acme.example"
  }

  name {
    family_name = "Baker"
    given_name  = "Bob"
  }
}

resource "aws_ssoadmin_application_assignment" "engineers_use_it" {
  provider = aws.us_east_1

  application_arn = "arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
  principal_id    = aws_identitystore_group.engineers.group_id
  principal_type  = "GROUP"
}

resource "aws_ssoadmin_application_assignment" "support_use_it" {
  provider = aws.us_east_1

  application_arn = "arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
  principal_id    = aws_identitystore_group.support.group_id
  principal_type  = "GROUP"
}

# outputs.tf

output "engineers_group_id" {
  description = "The id of the group engineers in `custom:groups` of an ID token."
  value       = aws_identitystore_group.engineers.group_id
}

output "saml_acs_url" {
  description = "Where a SAML provider sends its answers (ACS URL)."
  value       = "https://acme-workforce.auth.${var.region}.amazoncognito.com/saml2/idpresponse"
}

output "saml_entity_id" {
  description = "What a SAML provider calls the user pool (audience)."
  value       = "urn:amazon:cognito:sp:${aws_cognito_user_pool.users.id}"
}

output "support_group_id" {
  description = "The id of the group support in `custom:groups` of an ID token."
  value       = aws_identitystore_group.support.group_id
}

# providers.tf

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
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
