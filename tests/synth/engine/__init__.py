"""Tests of how quickly, and how surely, the bindings are there."""
