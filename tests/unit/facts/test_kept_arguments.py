"""The kept arguments, held against the shipped schema of the provider."""

import pytest

from constructs_auth.facts.kept_arguments import KEPT
from constructs_auth.handoff.schema import aws_schema

ARGUMENTS = [(kind, path) for kind in sorted(KEPT) for path in sorted(KEPT[kind])]


@pytest.mark.parametrize(("kind", "path"), ARGUMENTS)
def test_a_kept_argument_is_in_a_block_of_its_type_and_may_be_left_out(
    kind: str, path: str
) -> None:
    body = aws_schema().body("resource", kind)
    assert body.known
    *blocks, name = path.split(".")
    for block in blocks:
        body = body.blocks[block]
    assert name not in body.required
