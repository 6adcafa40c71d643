# AWS credentials for users and for guests, with roles by rules and tags.

resource "aws_cognito_user_pool" "users" {
  name = "credentials"
}

resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.users.id
}

resource "aws_cognito_identity_pool" "main" {
  identity_pool_name               = "credentials"
  allow_unauthenticated_identities = true

  cognito_identity_providers {
    client_id     = aws_cognito_user_pool_client.app.id
    provider_name = aws_cognito_user_pool.users.endpoint
  }

  supported_login_providers = {
    "accounts.google.com" = "1234567890.apps.googleusercontent.com"
  }
}

resource "aws_iam_role" "by_kind" {
  for_each = toset(["authenticated", "unauthenticated"])

  name = "credentials-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Action    = "sts:AssumeRoleWithWebIdentity"
      Effect    = "Allow"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = {
        StringEquals             = { "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.main.id }
        "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = each.key }
      }
    }]
  })
}

resource "aws_iam_policy" "files" {
  name = "credentials-files"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Action = "s3:GetObject", Effect = "Allow", Resource = "arn:aws:s3:::acme-files/*" }]
  })
}

resource "aws_iam_role_policy_attachment" "files" {
  for_each = aws_iam_role.by_kind

  role       = each.value.name
  policy_arn = aws_iam_policy.files.arn
}

resource "aws_cognito_identity_pool_roles_attachment" "main" {
  identity_pool_id = aws_cognito_identity_pool.main.id
  roles            = { for kind, role in aws_iam_role.by_kind : kind => role.arn }

  role_mapping {
    identity_provider         = "${aws_cognito_user_pool.users.endpoint}:${aws_cognito_user_pool_client.app.id}"
    ambiguous_role_resolution = "AuthenticatedRole"
    type                      = "Rules"

    mapping_rule {
      claim      = "custom:admin"
      match_type = "Equals"
      role_arn   = aws_iam_role.by_kind["authenticated"].arn
      value      = "true"
    }
  }

  role_mapping {
    identity_provider         = "accounts.google.com"
    ambiguous_role_resolution = "Deny"
    type                      = "Token"
  }
}
