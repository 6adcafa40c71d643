"""Strings of Terraform JSON are rewritten where something changes, and mean the same otherwise."""

import os

import pytest
from hypothesis import given, settings

from constructs_auth.facts.templates import Token, read_template
from constructs_auth.handoff.hcl.templates import in_json
from constructs_auth.handoff.rewriting import Piece, sequence, traversal, with_pieces, with_tokens
from tests.support.terraform_values import templates


@settings(max_examples=60 if os.environ.get("CI") else 10)
@given(templates())
def test_a_template_that_is_written_again_is_the_same(text: str) -> None:
    """Signs that escape, quotes in quotes, directives."""
    again = in_json(read_template(text))
    assert with_tokens(again, tuple) == again
    assert in_json(read_template(again)) == again


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "${var.x}"),
        ("$${a} a", "$${${var.x}} ${var.x}"),
        ('${[1, "a${upper("a")}"]}', '${[1, "${var.x}${upper("${var.x}")}"]}'),
        ("${ a }", "${ a }"),
        ("${", "${"),
    ],
)
def test_texts_change_wherever_they_are(text: str, expected: str) -> None:
    def change(pieces: list[Piece]) -> list[Piece]:
        found: list[Piece] = []
        for piece in pieces:
            before, mark, after = piece.partition("a") if isinstance(piece, str) else ("", "", "")
            if not isinstance(piece, str) or not mark:
                found.append(piece)
                continue
            found += [before] if before else []
            found.append(sequence(traversal("var.x")))
            found += change([after]) if after else []
        return found

    assert with_pieces(text, change) == expected


def test_tokens_keep_their_spelling_where_nothing_changes() -> None:
    def same(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        return tokens

    assert with_tokens("${  a  }", same) == "${  a  }"
