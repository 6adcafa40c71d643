# A small pool for one of many tenants.

variable "tenant" {
  type = string
}

variable "mfa" {
  type = string
}

resource "aws_cognito_user_pool" "this" {
  name              = "tenant ${var.tenant}"
  mfa_configuration = var.mfa

  dynamic "software_token_mfa_configuration" {
    for_each = var.mfa == "OFF" ? [] : [1]
    content {
      enabled = true
    }
  }
}

resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.this.id
}
