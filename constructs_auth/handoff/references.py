"""Which resource refers to which: read from the references of Terraform JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.reading import resources
from constructs_auth.terraform.references import traversals

_PARTS_OF_DATA = 3


def edges(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Give each pair of addresses of which the first needs the second, sorted."""
    known = {address for address, _ in resources(document)}
    return tuple(
        sorted(
            {
                (address, used)
                for address, body in resources(document)
                for reference in _references(body)
                if (used := _address(reference)) in known and used != address
            }
        )
    )


def _references(body: Mapping[str, Any]) -> Iterator[str]:
    yield from traversals({name: value for name, value in body.items() if name != COMMENT})
    # These two hold references without templates.
    yield from _texts(body.get("depends_on"))
    lifecycle = body.get("lifecycle")
    for block in lifecycle if isinstance(lifecycle, list) else [lifecycle]:
        if isinstance(block, Mapping):
            yield from _texts(block.get("replace_triggered_by"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _address(reference: str) -> str:
    """Give the address in *reference*: of `data.a.b["x"].id` it is `data.a.b`."""
    names = reference.replace("${", "").replace("}", "").replace("[", ".").split(".")
    return ".".join(names[: _PARTS_OF_DATA if names[0] == "data" else _PARTS_OF_DATA - 1])
