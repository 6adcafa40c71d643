"""Programs that do the same with each library, each in a separate process."""
