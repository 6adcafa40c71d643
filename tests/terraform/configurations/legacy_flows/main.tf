# As tutorials of 2018 did it: the old names of flows, the implicit grant, nothing else set.

resource "aws_cognito_user_pool" "pool" {
  name = "mypool"
}

resource "aws_cognito_user_pool_client" "client" {
  name                                 = "client"
  user_pool_id                         = aws_cognito_user_pool.pool.id
  allowed_oauth_flows                  = ["code", "implicit"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"]
  callback_urls                        = ["http://localhost:3000/callback", "https://example.com/callback"]
  default_redirect_uri                 = "https://example.com/callback"
  explicit_auth_flows                  = ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"]
  generate_secret                      = false
  logout_urls                          = ["https://example.com"]
  refresh_token_validity               = 3650
  supported_identity_providers         = ["COGNITO"]
}

resource "aws_cognito_user_pool_client" "server" {
  name                = "server"
  user_pool_id        = aws_cognito_user_pool.pool.id
  explicit_auth_flows = ["CUSTOM_AUTH_FLOW_ONLY"]
}
