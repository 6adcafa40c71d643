"""Find what ties Terraform to one account: ARNs that are written out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from constructs_auth.handoff.hcl.bodies import COMMENT

_OF_AN_ACCOUNT: Final = re.compile(r"\barn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:")


def literal_arns(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    """Walk through the paths of ARNs with the number of an account."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name not in (COMMENT, "terraform", "variable"):
                yield from literal_arns(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from literal_arns(item, f"{path}[{index}]")
    elif isinstance(value, str) and _OF_AN_ACCOUNT.search(value):
        yield path
