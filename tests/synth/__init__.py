"""Tests that synthesize, in one Node process."""
