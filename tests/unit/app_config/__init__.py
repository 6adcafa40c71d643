"""The command `app-config`."""
