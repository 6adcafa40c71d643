"""Writes Terraform JSON as HCL, formatted like `terraform fmt`."""
