"""The benchmark: start-up and synthesis, side by side with peers."""
