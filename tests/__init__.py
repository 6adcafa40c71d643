"""Everything is tested through the doors that users have."""
