"""What Cognito and its Terraform are, held against their sources."""
