# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "company/terraform.tfstate"
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
  allowed_oauth_scopes                          = ["email", "https://orders.acme.example/read", "openid"]
  auth_session_validity                         = 3
  callback_urls                                 = ["example.acme.shop://callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_USER_SRP_AUTH"]
  generate_secret                               = false
  id_token_validity                             = 1
  logout_urls                                   = ["example.acme.shop://signed-out"]
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 7
  supported_identity_providers                  = ["COGNITO", "Google", "staff"]

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

  depends_on = [
    aws_cognito_resource_server.orders,
    aws_cognito_identity_provider.google,
    aws_cognito_identity_provider.staff,
  ]
}

resource "aws_cognito_user_pool_client" "shipping" {
  name                                          = "shipping"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
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
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }

  depends_on = [aws_cognito_resource_server.orders]
}

resource "aws_cognito_user_pool_client" "web" {
  name                                          = "web"
  user_pool_id                                  = aws_cognito_user_pool.users.id
  access_token_validity                         = 1
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_flows_user_pool_client          = true
  auth_session_validity                         = 3
  callback_urls                                 = ["https://www.acme.example/callback"]
  enable_propagate_additional_user_context_data = false
  enable_token_revocation                       = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  generate_secret                               = true
  id_token_validity                             = 1
  logout_urls                                   = ["https://www.acme.example/"]
  prevent_user_existence_errors                 = "ENABLED"
  refresh_token_validity                        = 30
  supported_identity_providers                  = ["COGNITO", "Google", "staff"]

  allowed_oauth_scopes = [
    "email",
    "https://orders.acme.example/read",
    "https://orders.acme.example/write",
    "openid",
  ]

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

  depends_on = [
    aws_cognito_resource_server.orders,
    aws_cognito_identity_provider.google,
    aws_cognito_identity_provider.staff,
  ]
}

# domains.tf

resource "aws_cognito_user_pool_domain" "domain" {
  domain                = "login.acme.example"
  user_pool_id          = aws_cognito_user_pool.users.id
  certificate_arn       = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
  managed_login_version = 1
}

# iam.tf

resource "aws_iam_role" "identities_authenticated" {
  name_prefix = "identities-authenticated-"
  description = "For signed-in users of the identity pool company/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = "sts:AssumeRoleWithWebIdentity"
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

resource "aws_iam_role" "identities_customers" {
  name_prefix = "identities-customers-"
  description = "For signed-in users of the identity pool company/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = "sts:AssumeRoleWithWebIdentity"
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

resource "aws_iam_role" "identities_support" {
  name_prefix = "identities-support-"
  description = "For signed-in users of the identity pool company/identities"

  assume_role_policy = jsonencode({
    Statement = [
      {
        Action = "sts:AssumeRoleWithWebIdentity"
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

# identity_providers.tf

resource "aws_cognito_identity_provider" "google" {
  provider_name = "Google"
  provider_type = "Google"
  user_pool_id  = aws_cognito_user_pool.users.id

  provider_details = {
    attributes_url                = "https://people.googleapis.com/v1/people/me?personFields="
    attributes_url_add_attributes = "true"
    authorize_scopes              = "openid email profile"
    authorize_url                 = "https://accounts.google.com/o/oauth2/v2/auth"
    client_id                     = "1234567890-example.apps.googleusercontent.com"
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

resource "aws_cognito_identity_provider" "staff" {
  provider_name   = "staff"
  provider_type   = "SAML"
  user_pool_id    = aws_cognito_user_pool.users.id
  idp_identifiers = ["acme.example"]

  provider_details = {
    EncryptedResponses      = "false"
    IDPInit                 = "false"
    IDPSignout              = "false"
    MetadataURL             = "https://directory.acme.example/saml/metadata"
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

# main.tf

resource "aws_secretsmanager_secret" "web_settings_client_secret" {
  name                    = "acme/web/client_secret"
  description             = "The client secret of company/web"
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "web_settings_client_secret" {
  secret_id     = aws_secretsmanager_secret.web_settings_client_secret.id
  secret_string = jsonencode({ "client_id" = aws_cognito_user_pool_client.web.id, "client_secret" = aws_cognito_user_pool_client.web.client_secret })
}

resource "aws_ssm_parameter" "web_settings_client_secret_arn" {
  name           = "/acme/web/client_secret_arn"
  type           = "String"
  data_type      = "text"
  description    = "The secret in Secrets Manager that holds the client secret"
  insecure_value = aws_secretsmanager_secret.web_settings_client_secret.arn
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_domain_url" {
  name           = "/acme/web/domain_url"
  type           = "String"
  data_type      = "text"
  description    = "Where the sign-in pages are"
  insecure_value = "https://login.acme.example"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_issuer" {
  name           = "/acme/web/issuer"
  type           = "String"
  data_type      = "text"
  description    = "The iss claim of every token"
  insecure_value = "https://${aws_cognito_user_pool.users.endpoint}"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_jwks_url" {
  name           = "/acme/web/jwks_url"
  type           = "String"
  data_type      = "text"
  description    = "The public keys that tokens are checked with"
  insecure_value = "https://${aws_cognito_user_pool.users.endpoint}/.well-known/jwks.json"
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_region" {
  name           = "/acme/web/region"
  type           = "String"
  data_type      = "text"
  description    = "The region of the user pool"
  insecure_value = var.region
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_user_pool_client_id" {
  name           = "/acme/web/user_pool_client_id"
  type           = "String"
  data_type      = "text"
  description    = "The client id"
  insecure_value = aws_cognito_user_pool_client.web.id
  tier           = "Standard"
}

resource "aws_ssm_parameter" "web_settings_user_pool_id" {
  name           = "/acme/web/user_pool_id"
  type           = "String"
  data_type      = "text"
  description    = "The id of the user pool"
  insecure_value = aws_cognito_user_pool.users.id
  tier           = "Standard"
}

resource "aws_wafv2_web_acl" "acme_sign_in" {
  name        = "acme_sign_in"
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
    metric_name                = "acme_sign_in"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "protected" {
  resource_arn = aws_cognito_user_pool.users.arn
  web_acl_arn  = aws_wafv2_web_acl.acme_sign_in.arn
}

# outputs.tf

output "phone_authorize_url" {
  description = "Where sign-in begins."
  value       = "https://login.acme.example/oauth2/authorize?response_type=code&client_id=${urlencode(aws_cognito_user_pool_client.phone.id)}&redirect_uri=example.acme.shop%3A%2F%2Fcallback&scope=email%20https%3A%2F%2Forders.acme.example%2Fread%20openid"
}

output "phone_logout_url" {
  description = "Where sign-out ends."
  value       = "https://login.acme.example/logout?client_id=${urlencode(aws_cognito_user_pool_client.phone.id)}&logout_uri=example.acme.shop%3A%2F%2Fsigned-out"
}

output "phone_token_url" {
  description = "Where tokens are issued."
  value       = "https://login.acme.example/oauth2/token"
}

output "phone_userinfo_url" {
  description = "The user of an access token."
  value       = "https://login.acme.example/oauth2/userInfo"
}

output "web_authorize_url" {
  description = "Where sign-in begins."
  value       = "https://login.acme.example/oauth2/authorize?response_type=code&client_id=${urlencode(aws_cognito_user_pool_client.web.id)}&redirect_uri=https%3A%2F%2Fwww.acme.example%2Fcallback&scope=email%20https%3A%2F%2Forders.acme.example%2Fread%20https%3A%2F%2Forders.acme.example%2Fwrite%20openid"
}

output "web_logout_url" {
  description = "Where sign-out ends."
  value       = "https://login.acme.example/logout?client_id=${urlencode(aws_cognito_user_pool_client.web.id)}&logout_uri=https%3A%2F%2Fwww.acme.example%2F"
}

output "web_token_url" {
  description = "Where tokens are issued."
  value       = "https://login.acme.example/oauth2/token"
}

output "web_userinfo_url" {
  description = "The user of an access token."
  value       = "https://login.acme.example/oauth2/userInfo"
}

# providers.tf

provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}

# resource_servers.tf

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
    email_sending_account = "DEVELOPER"
    from_email_address    = "Acme <no-reply@acme.example>"
    source_arn            = "arn:aws:ses:eu-west-1:111122223333:identity/acme.example"
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

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cognito_risk_configuration" "risk" {
  user_pool_id = aws_cognito_user_pool.users.id

  account_takeover_risk_configuration {
    actions {
      high_action {
        event_action = "BLOCK"
        notify       = false
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
}

# users.tf

resource "aws_cognito_user_group" "customers" {
  name         = "customers"
  user_pool_id = aws_cognito_user_pool.users.id
  precedence   = 2
  role_arn     = aws_iam_role.identities_customers.arn
}

resource "aws_cognito_user_group" "support" {
  name         = "support"
  user_pool_id = aws_cognito_user_pool.users.id
  precedence   = 1
  role_arn     = aws_iam_role.identities_support.arn
}

# variables.tf

variable "google_client_secret" {
  type        = string
  description = "The client secret of the OAuth client at Google."
  sensitive   = true
}

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
    data-classification = "personal"
    environment         = "production"
    owner               = "identity"
  }
}
