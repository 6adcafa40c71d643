# A custom domain whose certificate another team owns, and a prefix beside it.

variable "certificate_arn" {
  default = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_cognito_user_pool" "pool" {
  name                = "custom-domain"
  deletion_protection = "ACTIVE"
}

resource "aws_cognito_user_pool_domain" "custom" {
  domain                = "login.example.com"
  certificate_arn       = var.certificate_arn
  managed_login_version = 2
  user_pool_id          = aws_cognito_user_pool.pool.id
}

resource "aws_cognito_user_pool_domain" "prefix" {
  domain       = "acme-custom-domain"
  user_pool_id = aws_cognito_user_pool.pool.id
}

resource "aws_cognito_user_pool_client" "web" {
  name                                 = "web"
  user_pool_id                         = aws_cognito_user_pool.pool.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid"]
  callback_urls                        = ["https://${aws_cognito_user_pool_domain.custom.domain}/done"]
  generate_secret                      = true
  supported_identity_providers         = ["COGNITO"]
}
