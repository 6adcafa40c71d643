"""Terraform as plain data: one reader for configurations, plans and states."""
