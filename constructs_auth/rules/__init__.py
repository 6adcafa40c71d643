"""The one judge: pure functions on Terraform as plain data, wherever it came from."""
