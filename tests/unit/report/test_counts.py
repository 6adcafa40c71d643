"""A number has its noun in the right form."""

import pytest

from constructs_auth.report.counts import counted


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 users"), (1, "1 user"), (2, "2 users"), (1200, "1,200 users")]
)
def test_one_is_singular_and_everything_else_is_plural(count: int, text: str) -> None:
    assert counted(count, "user") == text
