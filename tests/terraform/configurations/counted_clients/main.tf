# Clients by count, two pools whose members name them by index, and the classic pages.

variable "names" {
  default = ["web", "admin"]
}

resource "aws_cognito_user_pool" "pool" {
  count = 2

  name = "counted-${count.index}"
}

resource "aws_cognito_user_pool_domain" "pool" {
  count = 2

  domain       = "acme-counted-${count.index}"
  user_pool_id = element(aws_cognito_user_pool.pool[*].id, count.index)
}

resource "aws_cognito_user_pool_client" "pool" {
  count = length(var.names)

  name                                 = var.names[count.index]
  user_pool_id                         = aws_cognito_user_pool.pool[count.index].id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid"]
  callback_urls                        = [format("https://%s.example.com/callback", var.names[count.index])]
  supported_identity_providers         = ["COGNITO"]
}

resource "aws_cognito_user_pool_ui_customization" "pool" {
  css          = ".banner-customizable { background: white; }"
  user_pool_id = aws_cognito_user_pool_domain.pool[0].user_pool_id
}
