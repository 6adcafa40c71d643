"""What needs no Node."""
