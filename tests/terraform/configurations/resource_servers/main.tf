# A list of resource servers, each with a list of scopes; a person's client uses some of them.

variable "resource_servers" {
  type = list(object({
    identifier = string
    name       = string
    scopes     = list(object({ name = string, description = string }))
  }))
  default = [
    { identifier = "orders", name = "Orders", scopes = [{ name = "read", description = "Read orders" }, { name = "write", description = "Change orders" }] },
    { identifier = "https://stock.example.com", name = "Stock", scopes = [] },
  ]
}

resource "aws_cognito_user_pool" "this" {
  name = "resource-servers"
}

resource "aws_cognito_resource_server" "this" {
  count = length(var.resource_servers)

  identifier   = var.resource_servers[count.index].identifier
  name         = var.resource_servers[count.index].name
  user_pool_id = aws_cognito_user_pool.this.id

  dynamic "scope" {
    for_each = var.resource_servers[count.index].scopes
    content {
      scope_name        = scope.value.name
      scope_description = scope.value.description
    }
  }
}

resource "aws_cognito_user_pool_client" "person" {
  depends_on = [aws_cognito_resource_server.this]

  name                                 = "person"
  user_pool_id                         = aws_cognito_user_pool.this.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid", "orders/read"]
  callback_urls                        = ["com.example.orders:/callback"]
  explicit_auth_flows                  = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  generate_secret                      = false
  supported_identity_providers         = ["COGNITO"]
}
