"""The review of a plan: what its changes mean for users and applications."""
