"""Writes a Python program for an existing system, whose plan is empty."""
