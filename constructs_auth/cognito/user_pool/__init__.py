"""The user pool: who the users are, and how they prove it."""
