"""What a user pool and its clients are told: frozen values that need no Node."""
