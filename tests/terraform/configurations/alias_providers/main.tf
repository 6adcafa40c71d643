# The pool in Seoul, its certificate in us-east-1, each with a provider of its own.

provider "aws" {
  region = "ap-northeast-2"

  default_tags {
    tags = { owner = "identity", environment = "prod", "data-classification" = "personal" }
  }
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_acm_certificate" "auth" {
  provider = aws.virginia

  domain_name       = "auth.seoul.example.com"
  validation_method = "DNS"
}

resource "aws_iam_role" "sms" {
  name_prefix = "sms-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = "seoul" } }
      Effect    = "Allow"
      Principal = { Service = "cognito-idp.amazonaws.com" }
    }]
  })
}

resource "aws_cognito_user_pool" "seoul" {
  name                     = "seoul"
  auto_verified_attributes = ["phone_number"]

  sms_configuration {
    external_id    = "seoul"
    sns_caller_arn = aws_iam_role.sms.arn
    sns_region     = "ap-northeast-1"
  }
}

resource "aws_cognito_user_pool_domain" "seoul" {
  domain          = aws_acm_certificate.auth.domain_name
  certificate_arn = aws_acm_certificate.auth.arn
  user_pool_id    = aws_cognito_user_pool.seoul.id
}
