# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "threat_protection/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# clients.tf

resource "aws_cognito_user_pool_client" "mobile" {
  name                                          = "mobile"
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

# main.tf

resource "aws_cloudwatch_log_group" "logs_user_auth_events" {
  name              = "/aws/vendedlogs/cognito/threat_protection/logs/user_auth_events"
  log_group_class   = "STANDARD"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_resource_policy" "logs_delivery" {
  policy_document = "{\"Statement\": [{\"Action\": [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \"Condition\": {\"ArnLike\": {\"aws:SourceArn\": \"${join(":", slice(split(":", aws_cloudwatch_log_group.logs_user_auth_events.arn), 0, 5))}:*\"}, \"StringEquals\": {\"aws:SourceAccount\": \"${element(split(":", aws_cloudwatch_log_group.logs_user_auth_events.arn), 4)}\"}}, \"Effect\": \"Allow\", \"Principal\": {\"Service\": \"delivery.logs.amazonaws.com\"}, \"Resource\": [\"${aws_cloudwatch_log_group.logs_user_auth_events.arn}:log-stream:*\"]}], \"Version\": \"2012-10-17\"}"
  policy_name     = "cognito-threat_protection-logs"
}

resource "aws_wafv2_web_acl" "sign_in" {
  name        = "sign_in"
  scope       = "REGIONAL"
  description = "Protects the sign-in of Cognito user pools"

  default_action {
    allow {}
  }

  rule {
    name     = "ip-reputation"
    priority = 10

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesAmazonIpReputationList"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "ip-reputation"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "sign-in-rate"
    priority = 20

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit                 = 500
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300

        scope_down_statement {
          or_statement {
            statement {
              regex_match_statement {
                regex_string = "^/(login)"

                field_to_match {
                  uri_path {}
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }

            statement {
              regex_match_statement {
                regex_string = "^awscognitoidentityproviderservice\\.(initiateauth|respondtoauthchallenge)$"

                field_to_match {
                  single_header {
                    name = "x-amz-target"
                  }
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-in-rate"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "sign-up-rate"
    priority = 30

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit                 = 100
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300

        scope_down_statement {
          or_statement {
            statement {
              regex_match_statement {
                regex_string = "^/(confirm|forgotpassword|resendcode|signup)"

                field_to_match {
                  uri_path {}
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }

            statement {
              regex_match_statement {
                regex_string = "^awscognitoidentityproviderservice\\.(confirmforgotpassword|confirmsignup|forgotpassword|resendconfirmationcode|signup)$"

                field_to_match {
                  single_header {
                    name = "x-amz-target"
                  }
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-up-rate"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "token-rate"
    priority = 40

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit                 = 2000
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300

        scope_down_statement {
          or_statement {
            statement {
              regex_match_statement {
                regex_string = "^/(oauth2/token)"

                field_to_match {
                  uri_path {}
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }

            statement {
              regex_match_statement {
                regex_string = "^awscognitoidentityproviderservice\\.(gettokensfromrefreshtoken)$"

                field_to_match {
                  single_header {
                    name = "x-amz-target"
                  }
                }

                text_transformation {
                  priority = 0
                  type     = "LOWERCASE"
                }
              }
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "token-rate"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "known-bad-inputs"
    priority = 50

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "known-bad-inputs"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "common"
    priority = 60

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"

        rule_action_override {
          name = "EC2MetaDataSSRF_BODY"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "EC2MetaDataSSRF_QUERYARGUMENTS"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "GenericRFI_BODY"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "GenericRFI_QUERYARGUMENTS"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "NoUserAgent_HEADER"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "SizeRestrictions_BODY"

          action_to_use {
            count {}
          }
        }

        rule_action_override {
          name = "SizeRestrictions_QUERYSTRING"

          action_to_use {
            count {}
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "sign_in"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "protected" {
  resource_arn = aws_cognito_user_pool.users.arn
  web_acl_arn  = aws_wafv2_web_acl.sign_in.arn
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
      version = ">= 6.5.0, < 7.0.0"
    }
  }
}

# user_pools.tf

resource "aws_cognito_user_pool" "users" {
  name                     = "users"
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  mfa_configuration        = "OPTIONAL"
  user_pool_tier           = "PLUS"
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

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD"]
  }

  software_token_mfa_configuration {
    enabled = true
  }

  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"

    advanced_security_additional_flows {
      custom_auth_mode = "ENFORCED"
    }
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

resource "aws_cognito_log_delivery_configuration" "logs" {
  user_pool_id = aws_cognito_user_pool.users.id

  log_configurations {
    event_source = "userAuthEvents"
    log_level    = "INFO"

    cloud_watch_logs_configuration {
      log_group_arn = aws_cloudwatch_log_group.logs_user_auth_events.arn
    }
  }

  depends_on = [aws_cloudwatch_log_resource_policy.logs_delivery]
}

resource "aws_cognito_risk_configuration" "risk" {
  user_pool_id = aws_cognito_user_pool.users.id

  account_takeover_risk_configuration {
    actions {
      high_action {
        event_action = "BLOCK"
        notify       = true
      }

      low_action {
        event_action = "MFA_IF_CONFIGURED"
        notify       = false
      }

      medium_action {
        event_action = "MFA_REQUIRED"
        notify       = false
      }
    }

    notify_configuration {
      source_arn = "arn:aws:ses:eu-west-1:111122223333:identity/acme.example"
      from       = "Acme <security@acme.example>"

      block_email {
        html_body = "<p>We blocked a sign-in to your account that looked unusual.</p><ul><li>Time: {login-time}</li><li>Device: {device-name}</li><li>Place: {city}, {country}</li><li>IP address: {ip-address}</li></ul><p>If this was not you, change your password.</p>"
        subject   = "We blocked a sign-in"

        text_body = chomp(<<-EOT
          We blocked a sign-in to your account that looked unusual.
          Time: {login-time}
          Device: {device-name}
          Place: {city}, {country}
          IP address: {ip-address}
          If this was not you, change your password.
        EOT
        )
      }

      mfa_email {
        html_body = "<p>A sign-in to your account looked unusual, so we asked for a second factor.</p><ul><li>Time: {login-time}</li><li>Device: {device-name}</li><li>Place: {city}, {country}</li><li>IP address: {ip-address}</li></ul><p>If this was not you, change your password.</p>"
        subject   = "We asked for a second factor"

        text_body = chomp(<<-EOT
          A sign-in to your account looked unusual, so we asked for a second factor.
          Time: {login-time}
          Device: {device-name}
          Place: {city}, {country}
          IP address: {ip-address}
          If this was not you, change your password.
        EOT
        )
      }

      no_action_email {
        html_body = "<p>A sign-in to your account looked unusual.</p><ul><li>Time: {login-time}</li><li>Device: {device-name}</li><li>Place: {city}, {country}</li><li>IP address: {ip-address}</li></ul><p>If this was not you, change your password.</p>"
        subject   = "Unusual sign-in"

        text_body = chomp(<<-EOT
          A sign-in to your account looked unusual.
          Time: {login-time}
          Device: {device-name}
          Place: {city}, {country}
          IP address: {ip-address}
          If this was not you, change your password.
        EOT
        )
      }
    }
  }

  compromised_credentials_risk_configuration {
    event_filter = ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"]

    actions {
      event_action = "BLOCK"
    }
  }

  risk_exception_configuration {
    skipped_ip_range_list = ["203.0.113.0/24"]
  }
}

# variables.tf

variable "region" {
  type        = string
  description = "The AWS region of all resources."
  default     = "eu-west-1"
}
