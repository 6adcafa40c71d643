# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "custom_domain/terraform.tfstate"
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

resource "aws_cognito_user_pool_client" "web_client" {
  name                                          = "web_client"
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
  domain                = "auth.acme.example"
  user_pool_id          = aws_cognito_user_pool.users.id
  certificate_arn       = aws_acm_certificate_validation.domain_certificate.certificate_arn
  managed_login_version = 1

  depends_on = [aws_route53_record.website]
}

resource "aws_cognito_user_pool_domain" "fallback_domain" {
  domain                = "acme-example-sign-in"
  user_pool_id          = aws_cognito_user_pool.users.id
  managed_login_version = 1
}

resource "aws_acm_certificate" "domain_certificate" {
  provider = aws.us_east_1

  domain_name       = "auth.acme.example"
  key_algorithm     = "RSA_2048"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "domain_certificate" {
  provider = aws.us_east_1

  certificate_arn         = aws_acm_certificate.domain_certificate.arn
  validation_record_fqdns = [aws_route53_record.domain_validation.fqdn]
}

resource "aws_route53_record" "domain_ipv4" {
  name    = "auth.acme.example"
  type    = "A"
  zone_id = aws_route53_zone.zone.zone_id

  alias {
    name                   = aws_cognito_user_pool_domain.domain.cloudfront_distribution
    evaluate_target_health = false
    zone_id                = aws_cognito_user_pool_domain.domain.cloudfront_distribution_zone_id
  }
}

resource "aws_route53_record" "domain_ipv6" {
  name    = "auth.acme.example"
  type    = "AAAA"
  zone_id = aws_route53_zone.zone.zone_id

  alias {
    name                   = aws_cognito_user_pool_domain.domain.cloudfront_distribution
    evaluate_target_health = false
    zone_id                = aws_cognito_user_pool_domain.domain.cloudfront_distribution_zone_id
  }
}

resource "aws_route53_record" "domain_validation" {
  name            = tolist(aws_acm_certificate.domain_certificate.domain_validation_options).0.resource_record_name
  type            = tolist(aws_acm_certificate.domain_certificate.domain_validation_options).0.resource_record_type
  zone_id         = aws_route53_zone.zone.zone_id
  allow_overwrite = true
  ttl             = 300

  records = [
    tolist(aws_acm_certificate.domain_certificate.domain_validation_options).0.resource_record_value,
  ]
}

resource "aws_route53_record" "website" {
  name    = "acme.example"
  type    = "A"
  zone_id = aws_route53_zone.zone.zone_id
  records = ["192.0.2.1"]
  ttl     = 300
}

resource "aws_route53_zone" "zone" {
  name = "acme.example"
}

# outputs.tf

output "user_pool_client_authorize_url" {
  description = "Where sign-in begins."
  value       = "https://auth.acme.example/oauth2/authorize?response_type=code&client_id=${urlencode(aws_cognito_user_pool_client.web_client.id)}&redirect_uri=https%3A%2F%2Fapp.acme.example%2Foauth%2Fcallback&scope=email%20openid"
}

output "user_pool_client_token_url" {
  description = "Where tokens are issued."
  value       = "https://auth.acme.example/oauth2/token"
}

output "user_pool_client_userinfo_url" {
  description = "The user of an access token."
  value       = "https://auth.acme.example/oauth2/userInfo"
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
}
