"""Random inputs for all commands."""
