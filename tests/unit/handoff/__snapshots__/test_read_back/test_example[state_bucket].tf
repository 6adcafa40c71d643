# backend.tf

terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "state/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

# data.tf

data "aws_caller_identity" "caller_identity" {}

data "aws_partition" "partition" {}

# iam.tf

resource "aws_iam_policy" "auth-apply" {
  name        = "acme-terraform-state-auth-apply"
  description = "Terraform apply with states in acme-terraform-state"
  path        = "/"

  policy = jsonencode({
    Statement = [
      {
        Action   = ["s3:ListBucket"]
        Effect   = "Allow"
        Resource = aws_s3_bucket.states.arn
        Sid      = "ListStates"
      },
      {
        Action   = ["s3:GetObject", "s3:PutObject"]
        Effect   = "Allow"
        Resource = ["${aws_s3_bucket.states.arn}/prod/auth.tfstate"]
        Sid      = "States"
      },
      {
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Effect   = "Allow"
        Resource = ["${aws_s3_bucket.states.arn}/prod/auth.tfstate.tflock"]
        Sid      = "Locks"
      },
      {
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Effect   = "Allow"
        Resource = aws_kms_key.states_key.arn
        Sid      = "Key"
      },
    ]
    Version = "2012-10-17"
  })
}

resource "aws_iam_policy" "auth-plan" {
  name        = "acme-terraform-state-auth-plan"
  description = "Terraform plan with states in acme-terraform-state"
  path        = "/"

  policy = jsonencode({
    Statement = [
      {
        Action   = ["s3:ListBucket"]
        Effect   = "Allow"
        Resource = aws_s3_bucket.states.arn
        Sid      = "ListStates"
      },
      {
        Action   = ["s3:GetObject"]
        Effect   = "Allow"
        Resource = ["${aws_s3_bucket.states.arn}/prod/auth.tfstate"]
        Sid      = "States"
      },
      {
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Effect   = "Allow"
        Resource = ["${aws_s3_bucket.states.arn}/prod/auth.tfstate.tflock"]
        Sid      = "Locks"
      },
      {
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Effect   = "Allow"
        Resource = aws_kms_key.states_key.arn
        Sid      = "Key"
      },
    ]
    Version = "2012-10-17"
  })
}

# main.tf

resource "aws_kms_alias" "states_key" {
  name          = "alias/acme-terraform-state"
  target_key_id = aws_kms_key.states_key.key_id
}

resource "aws_kms_key" "states_key" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  deletion_window_in_days  = 30
  description              = "Terraform states in acme-terraform-state"
  enable_key_rotation      = true
  is_enabled               = true
  key_usage                = "ENCRYPT_DECRYPT"
  multi_region             = false
  rotation_period_in_days  = 365

  policy = jsonencode({
    Statement = [
      {
        Action = ["kms:*"]
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.caller_identity.account_id}:root"
        }
        Resource = "*"
        Sid      = "AccountDecides"
      },
    ]
    Version = "2012-10-17"
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket" "states" {
  bucket        = "acme-terraform-state"
  force_destroy = false

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [aws_kms_key.states_key]
}

resource "aws_s3_bucket" "states_logs" {
  bucket        = "acme-terraform-state-logs"
  force_destroy = false

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "states_bucket" {
  bucket                                 = aws_s3_bucket.states.id
  transition_default_minimum_object_size = "all_storage_classes_128K"

  rule {
    id     = "old-versions"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    filter {
      prefix = ""
    }

    noncurrent_version_expiration {
      noncurrent_days           = 90
      newer_noncurrent_versions = 10
    }
  }

  depends_on = [aws_s3_bucket_policy.states_bucket]
}

resource "aws_s3_bucket_lifecycle_configuration" "states_logs" {
  bucket                                 = aws_s3_bucket.states_logs.id
  transition_default_minimum_object_size = "all_storage_classes_128K"

  rule {
    id     = "old-logs"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    expiration {
      days = 365
    }

    filter {
      prefix = ""
    }
  }

  depends_on = [aws_s3_bucket_policy.states_logs]
}

resource "aws_s3_bucket_logging" "states_bucket" {
  bucket        = aws_s3_bucket.states.id
  target_bucket = aws_s3_bucket.states_logs.id
  target_prefix = "acme-terraform-state/"

  depends_on = [
    aws_s3_bucket_lifecycle_configuration.states_bucket,
    aws_s3_bucket_lifecycle_configuration.states_logs,
  ]
}

resource "aws_s3_bucket_ownership_controls" "states_bucket" {
  bucket = aws_s3_bucket.states.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }

  depends_on = [aws_s3_bucket_public_access_block.states_bucket]
}

resource "aws_s3_bucket_ownership_controls" "states_logs" {
  bucket = aws_s3_bucket.states_logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }

  depends_on = [aws_s3_bucket_public_access_block.states_logs]
}

resource "aws_s3_bucket_policy" "states_bucket" {
  bucket = aws_s3_bucket.states.id

  policy = jsonencode({
    Statement = [
      {
        Action = "s3:*"
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Resource = [aws_s3_bucket.states.arn, "${aws_s3_bucket.states.arn}/*"]
        Sid      = "WithoutTls"
      },
      {
        Action = "s3:PutObject"
        Condition = {
          Null = {
            "s3:x-amz-server-side-encryption" = "false"
          }
          StringNotEquals = {
            "s3:x-amz-server-side-encryption" = "aws:kms"
          }
        }
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Resource = "${aws_s3_bucket.states.arn}/*"
        Sid      = "OtherEncryption"
      },
      {
        Action = "s3:PutObject"
        Condition = {
          Null = {
            "s3:x-amz-server-side-encryption-aws-kms-key-id" = "false"
          }
          StringNotEquals = {
            "s3:x-amz-server-side-encryption-aws-kms-key-id" = aws_kms_key.states_key.arn
          }
        }
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Resource = "${aws_s3_bucket.states.arn}/*"
        Sid      = "OtherKey"
      },
    ]
    Version = "2012-10-17"
  })

  depends_on = [aws_s3_bucket_server_side_encryption_configuration.states_bucket]
}

resource "aws_s3_bucket_policy" "states_logs" {
  bucket = aws_s3_bucket.states_logs.id

  policy = jsonencode({
    Statement = [
      {
        Action = "s3:*"
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Resource = [aws_s3_bucket.states_logs.arn, "${aws_s3_bucket.states_logs.arn}/*"]
        Sid      = "WithoutTls"
      },
      {
        Action = ["s3:PutObject"]
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_s3_bucket.states.arn
          }
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.caller_identity.account_id
          }
        }
        Effect = "Allow"
        Principal = {
          Service = "logging.s3.amazonaws.com"
        }
        Resource = "${aws_s3_bucket.states_logs.arn}/acme-terraform-state/*"
        Sid      = "ServerAccessLogs"
      },
    ]
    Version = "2012-10-17"
  })

  depends_on = [aws_s3_bucket_server_side_encryption_configuration.states_logs]
}

resource "aws_s3_bucket_public_access_block" "states_bucket" {
  bucket                  = aws_s3_bucket.states.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "states_logs" {
  bucket                  = aws_s3_bucket.states_logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "states_bucket" {
  bucket = aws_s3_bucket.states.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.states_key.arn
    }
  }

  depends_on = [aws_s3_bucket_versioning.states_bucket]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "states_logs" {
  bucket = aws_s3_bucket.states_logs.id

  rule {
    bucket_key_enabled = false

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }

  depends_on = [aws_s3_bucket_ownership_controls.states_logs]
}

resource "aws_s3_bucket_versioning" "states_bucket" {
  bucket = aws_s3_bucket.states.id

  versioning_configuration {
    status = "Enabled"
  }

  depends_on = [aws_s3_bucket_ownership_controls.states_bucket]
}

# outputs.tf

output "state_bucket" {
  description = "The bucket of the states."
  value       = aws_s3_bucket.states.bucket
}

output "state_kms_key_arn" {
  description = "The key of the states: kms_key_id of each backend."
  value       = aws_kms_key.states_key.arn
}

output "state_tfbackend" {
  description = "The file for terraform init -backend-config=…."

  value = <<-EOT
    bucket       = "acme-terraform-state"
    encrypt      = true
    key          = "state/terraform.tfstate"
    kms_key_id   = "${aws_kms_key.states_key.arn}"
    region       = "${aws_s3_bucket.states.region}"
    use_lockfile = true
  EOT
}

# providers.tf

provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}

# terraform.tf

terraform {
  required_version = ">= 1.10.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

# variables.tf

variable "region" {
  type        = string
  description = "The AWS region of all resources."
  default     = "eu-west-1"
}

variable "tags" {
  type        = map(string)
  description = "The tags of all resources."

  default = {
    team = "platform"
  }
}
