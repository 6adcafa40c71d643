"""The exit codes of all commands."""

DONE = 0
"""Nothing at the level asked for; written, or up to date."""

FINDINGS = 1
"""Findings at that level; with `handoff --check`, not up to date."""

WRONG_USE = 2
"""Arguments that make no sense, or a folder that is not ours to write."""

UNREADABLE = 3
"""What was given cannot be read, must not be handed over, or is a plan that Terraform refused."""
