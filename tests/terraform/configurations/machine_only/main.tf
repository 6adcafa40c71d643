# Programs alone: a resource server, and a client for each service with the scopes that it needs.

variable "services" {
  type = map(list(string))
  default = {
    billing = ["read", "write"]
    reports = ["read"]
  }
}

resource "aws_cognito_user_pool" "machines" {
  name                = "machines"
  deletion_protection = "ACTIVE"
  user_pool_tier      = "ESSENTIALS"

  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}

resource "aws_cognito_resource_server" "api" {
  identifier   = "https://api.example.com"
  name         = "api"
  user_pool_id = aws_cognito_user_pool.machines.id

  dynamic "scope" {
    for_each = toset(flatten(values(var.services)))
    content {
      scope_name        = scope.key
      scope_description = "May ${scope.key}"
    }
  }
}

resource "aws_cognito_user_pool_client" "service" {
  for_each = var.services

  name                                 = each.key
  user_pool_id                         = aws_cognito_user_pool.machines.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes = [
    for scope in each.value : "${aws_cognito_resource_server.api.identifier}/${scope}"
  ]
}

resource "aws_cognito_user_pool_domain" "machines" {
  domain       = "acme-machines"
  user_pool_id = aws_cognito_user_pool.machines.id
}
