"""Reads Terraform as people write it: the text, and the values of its expressions."""
