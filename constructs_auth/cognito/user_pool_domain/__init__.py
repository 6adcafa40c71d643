"""The domain of a user pool's sign-in pages."""
