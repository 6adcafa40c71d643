"""IAM Identity Center: its users, their groups, and who may use an application."""
