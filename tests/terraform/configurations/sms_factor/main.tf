# MFA by SMS for all, with remembered devices; the role's policy comes from a data source.

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cognito-idp.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = ["sms-factor"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "sms" {
  name               = "cognito-sms-factor"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_cognito_user_pool" "sms" {
  name                     = "sms-factor"
  alias_attributes         = ["phone_number", "email"]
  auto_verified_attributes = ["phone_number", "email"]
  mfa_configuration        = "ON"

  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = true
  }

  sms_configuration {
    external_id    = "sms-factor"
    sns_caller_arn = aws_iam_role.sms.arn
  }
}
