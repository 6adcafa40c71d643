# Only Google and a company's OpenID Connect provider sign users in: no passwords, no COGNITO.

variable "google_client_secret" {
  type      = string
  sensitive = true
  default   = null
}

data "aws_region" "current" {}

resource "terraform_data" "secret" {
  input = "from-the-vault"
}

resource "aws_cognito_user_pool" "this" {
  name = "federated"

  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}

resource "aws_cognito_identity_provider" "google" {
  user_pool_id  = aws_cognito_user_pool.this.id
  provider_name = "Google"
  provider_type = "Google"

  provider_details = {
    authorize_scopes = "openid email profile"
    client_id        = "1234567890.apps.googleusercontent.com"
    client_secret    = coalesce(var.google_client_secret, terraform_data.secret.output)
  }

  attribute_mapping = {
    email    = "email"
    username = "sub"
  }

  lifecycle {
    ignore_changes = [provider_details]
  }
}

resource "aws_cognito_identity_provider" "company" {
  user_pool_id  = aws_cognito_user_pool.this.id
  provider_name = "Company"
  provider_type = "OIDC"

  provider_details = {
    attributes_request_method     = "GET"
    attributes_url_add_attributes = "false"
    authorize_scopes              = "openid"
    client_id                     = "app"
    client_secret                 = "literal-for-the-rule"
    oidc_issuer                   = "https://id.company.example"
  }

  attribute_mapping = {
    email    = "email"
    username = "sub"
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  domain       = "acme-federated-${data.aws_region.current.name}"
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_user_pool_client" "spa" {
  name                                 = "spa"
  user_pool_id                         = aws_cognito_user_pool.this.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid", "email"]
  callback_urls                        = ["https://app.example.com/"]
  explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH"]

  supported_identity_providers = [
    aws_cognito_identity_provider.google.provider_name,
    aws_cognito_identity_provider.company.provider_name,
  ]
}
