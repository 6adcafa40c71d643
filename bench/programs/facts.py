"""What a benchmarked program has found out about itself."""

FACTS: dict[str, float] = {}
