"""What every project has that a command writes, and how its files come into their folder."""
