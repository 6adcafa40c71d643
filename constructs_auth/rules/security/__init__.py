"""What works, and somebody may abuse."""
