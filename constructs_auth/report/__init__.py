"""Code that all commands share for output: Markdown and exit codes."""
