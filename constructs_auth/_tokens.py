"""Distinguish concrete values from tokens, which only Terraform resolves."""

import re
import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from constructs_auth.facts.templates import holds_template

if TYPE_CHECKING:
    from constructs_auth.engine import IResolvable

    Flag: TypeAlias = bool | IResolvable
else:
    Flag = object

Number: TypeAlias = int | float
"""A whole number, or a number token, which CDKTF writes as a float."""

# `${TfToken[…]}`, `#{TfToken[…]}` and `&{TfToken[…]}` stand for a string, a list and a map.
_TOKEN_TEXT = re.compile(r"[$#&]\{TfToken\[")
_LIST_TOKEN = "#{TfToken["  # noqa: S105 - stands for a list, not for a secret
# The first two bytes of the doubles that stand for a number, and for a list of numbers.
_TOKEN_NUMBERS = (b"\xfd\xff", b"\xfb\xff")


def is_concrete(value: object) -> bool:
    """Return whether *value* contains no token.

    Tokens, collections with a token, and strings with a Terraform template are not concrete: every
    check accepts them. This does not need Node.js, because it recognizes the text of `cdktf.Token`.
    """
    if isinstance(value, str):  # most are
        return not is_token(value)
    if isinstance(value, dict):
        return all(is_concrete(item) for pair in value.items() for item in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return all(is_concrete(item) for item in value)
    return not is_token(value)


def holds_list_token(values: Iterable[str]) -> bool:
    """Return whether *values* contain a list token, to which no item can be added."""
    return any(value.startswith(_LIST_TOKEN) for value in values)


def is_token(value: object) -> bool:
    """Return whether *value* itself, not an item in it, is a token."""
    if isinstance(value, str):
        return "{" in value and (bool(_TOKEN_TEXT.search(value)) or holds_template(value))
    if isinstance(value, float):
        return struct.pack(">d", value)[:2] in _TOKEN_NUMBERS
    return is_resolvable(value)


def is_resolvable(value: object) -> bool:
    """Return whether *value* is a token object: CDKTF's `IResolvable`."""
    kind = type(value)
    # jsii returns a proxy for an interface, such as the value of a variable.
    if kind.__name__ == "InterfaceDynamicProxy" and kind.__module__.startswith("jsii."):
        return True
    return hasattr(kind, "resolve") and hasattr(kind, "creation_stack")
