"""How a user who is made by an administrator hears of it."""
