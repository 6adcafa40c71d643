"""Terraform JSON as a root module that a team without CDKTF can own."""
