"""The identity pool: credentials of AWS for users, and the roles that decide what they may do."""
