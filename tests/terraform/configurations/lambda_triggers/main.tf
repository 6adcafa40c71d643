# Triggers by ARN from other states; the old argument for tokens and the new one together.

locals {
  prefix = "arn:aws:lambda:eu-west-1:123456789012:function"
}

resource "aws_kms_key" "codes" {
  description             = "Codes for the custom sender"
  deletion_window_in_days = 7
}

resource "aws_cognito_user_pool" "triggers" {
  name = "triggers"

  lambda_config {
    create_auth_challenge          = "${local.prefix}:create"
    define_auth_challenge          = "${local.prefix}:define"
    kms_key_id                     = aws_kms_key.codes.arn
    pre_sign_up                    = "${local.prefix}:pre-sign-up"
    pre_token_generation           = "${local.prefix}:tokens"
    user_migration                 = "${local.prefix}:migrate"
    verify_auth_challenge_response = "${local.prefix}:verify"

    custom_email_sender {
      lambda_arn     = "${local.prefix}:email"
      lambda_version = "V1_0"
    }

    pre_token_generation_config {
      lambda_arn     = "${local.prefix}:tokens"
      lambda_version = "V2_0"
    }
  }
}

resource "aws_cognito_user_pool_client" "migrating" {
  name                = "migrating"
  user_pool_id        = aws_cognito_user_pool.triggers.id
  explicit_auth_flows = ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
