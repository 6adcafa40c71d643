"""Where Terraform keeps what it knows."""
