"""The configuration of an application as a file, from the outputs of Terraform."""
