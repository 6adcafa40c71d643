"""The review of plans, without Node and without Terraform."""
