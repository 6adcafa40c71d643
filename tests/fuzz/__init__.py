"""Hostile and random inputs for every command: what must never happen."""
