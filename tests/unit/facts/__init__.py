"""The judge, on Terraform as plain data."""
