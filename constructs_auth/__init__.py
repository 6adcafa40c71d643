"""Amazon Cognito user authentication as Terraform, defined in Python with CDKTF."""
