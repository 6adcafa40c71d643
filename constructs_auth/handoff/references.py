"""Which resource refers to which: read from the templates of Terraform JSON."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.reading import resources

_REFERENCE = re.compile(r"(?<![\w.-])((?:data\.)?[a-zA-Z]\w*\.[a-zA-Z_][\w-]*)")
_WITHOUT_TEMPLATES = ("depends_on", "replace_triggered_by")


def edges(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Give each pair of addresses of which the first needs the second, sorted."""
    known = {address for address, _ in resources(document)}
    return tuple(
        sorted(
            {
                (address, used)
                for address, body in resources(document)
                for text in _expressions(body)
                for used in _REFERENCE.findall(text)
                if used in known and used != address
            }
        )
    )


def _expressions(value: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, str):
        if name in _WITHOUT_TEMPLATES or "${" in value or "%{" in value:
            yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key != COMMENT:
                yield from _expressions(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _expressions(item, name)
