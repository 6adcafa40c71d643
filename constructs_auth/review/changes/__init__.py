"""The meaning of changes: one file for each subject."""
