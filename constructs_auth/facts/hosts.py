"""Hosts that have a meaning of their own."""

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""What never leaves the user's own machine (RFC 8252, section 7.3, and RFC 6761, section 6.3)."""
