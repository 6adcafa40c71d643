# Groups with a precedence that begins at 0, and users with passwords in the configuration.

variable "users" {
  default = {
    ann = { group = "admins", email = "ann@example.com" }
    bob = { group = "staff", email = "bob@example.com" }
  }
}

variable "initial_password" {
  default = "Correct-horse-7-battery"
}

resource "aws_cognito_user_pool" "this" {
  name                     = "groups"
  auto_verified_attributes = ["email"]
}

resource "aws_cognito_user_group" "this" {
  for_each = { admins = 0, staff = 10, guests = null }

  name         = each.key
  user_pool_id = aws_cognito_user_pool.this.id
  precedence   = each.value
}

resource "aws_cognito_user" "this" {
  for_each = var.users

  username       = each.key
  user_pool_id   = aws_cognito_user_pool.this.id
  password       = var.initial_password
  message_action = "SUPPRESS"

  attributes = {
    email          = each.value.email
    email_verified = true
  }
}

resource "aws_cognito_user_in_group" "this" {
  for_each = var.users

  group_name   = aws_cognito_user_group.this[each.value.group].name
  user_pool_id = aws_cognito_user_pool.this.id
  username     = aws_cognito_user.this[each.key].username
}
