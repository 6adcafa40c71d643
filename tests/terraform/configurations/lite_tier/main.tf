# The cheapest tier, with what it can do.

resource "aws_cognito_user_pool" "lite" {
  name                     = "lite"
  auto_verified_attributes = ["email"]
  user_pool_tier           = "LITE"
  username_attributes      = ["email"]

  password_policy {
    minimum_length    = 8
    require_lowercase = true
    require_numbers   = true
  }

  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
  }
}

resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.lite.id
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

resource "aws_cognito_user_pool_domain" "lite" {
  domain                = "acme-lite"
  managed_login_version = 1
  user_pool_id          = aws_cognito_user_pool.lite.id
}
