"""Tests of the engine that start no Node."""
