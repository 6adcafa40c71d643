"""The review of a plan: what its changes mean for the people who sign in."""
