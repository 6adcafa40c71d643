"""Terraform JSON written as HCL, as `terraform fmt` leaves it."""
