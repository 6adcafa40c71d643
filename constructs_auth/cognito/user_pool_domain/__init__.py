"""The domain: where the sign-in pages of a user pool are."""
