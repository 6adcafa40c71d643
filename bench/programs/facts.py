"""Measurements that a benchmarked program takes of itself."""

FACTS: dict[str, float] = {}
