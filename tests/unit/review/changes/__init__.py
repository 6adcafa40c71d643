"""What changes mean, one subject a file."""
