"""Terraform state: its backends, and a bucket for it."""
