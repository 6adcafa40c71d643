variable "name" {}

variable "user_pool_id" {}

resource "aws_cognito_user_pool_client" "this" {
  name            = var.name
  user_pool_id    = var.user_pool_id
  generate_secret = var.name != "app"
}

output "secret" {
  sensitive = true
  value     = aws_cognito_user_pool_client.this.client_secret
}
