"""What all commands write with: Markdown and exit codes; each wing has its own formats."""
