"""Reads Terraform as people write it: what is written, and what it comes to."""
