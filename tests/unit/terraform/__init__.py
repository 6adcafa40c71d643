"""The readers of Terraform and their one model."""
