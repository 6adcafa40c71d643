# Passkeys and codes by e-mail before passwords.

resource "aws_cognito_user_pool" "passwordless" {
  name                     = "passwordless"
  auto_verified_attributes = ["email"]
  username_attributes      = ["email"]

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]
  }

  web_authn_configuration {
    relying_party_id  = "example.com"
    user_verification = "preferred"
  }
}

resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.passwordless.id
  explicit_auth_flows = ["ALLOW_USER_AUTH"]

  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 30
  }
}
