"""Programs that do the same with each library, each run in a process of its own."""
