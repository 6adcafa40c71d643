variable "name" {}

variable "clients" {
  type = list(string)
}

resource "aws_cognito_user_pool" "this" {
  name                = var.name
  deletion_protection = var.name == "staff" ? "ACTIVE" : "INACTIVE"
}

module "client" {
  source = "./client"
  count  = length(var.clients)

  name         = var.clients[count.index]
  user_pool_id = aws_cognito_user_pool.this.id
}

output "user_pool_id" {
  value = aws_cognito_user_pool.this.id
}

output "secrets" {
  sensitive = true
  value     = module.client[*].secret
}
