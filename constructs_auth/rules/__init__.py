"""Rules: pure functions that check Terraform as plain data, whatever its origin."""
