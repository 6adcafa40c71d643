"""The user pool: a directory of users, and how they sign in."""
