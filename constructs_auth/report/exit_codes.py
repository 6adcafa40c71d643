"""The exit codes of all commands."""

DONE = 0
"""No finding at the level of `--fail-on`; or written, or up to date."""

FINDINGS = 1
"""Findings at that level; or, with `handoff --check`, not up to date."""

WRONG_USE = 2
"""Invalid arguments, or a folder that the hand-off must not write to."""

UNREADABLE = 3
"""The input cannot be read or must not be handed over, or Terraform failed to plan."""

BROKEN = 70
"""An error of this package itself; as `sysexits.h` says it."""

INTERRUPTED = 130
"""Ctrl-C; as a shell says it: 128 and the number of the signal."""

CLOSED_PIPE = 141
"""The reader of standard output, such as `head`, has ended."""
