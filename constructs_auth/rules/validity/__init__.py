"""What Cognito rejects at apply, or quietly does otherwise than was written."""
