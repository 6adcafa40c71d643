"""Find secrets that stand in the Terraform itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_auth.facts.secret_names import names_secret
from constructs_auth.facts.templates import holds_template
from constructs_auth.handoff.errors import LiteralSecretError
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled


def refuse_literal_secrets(document: Mapping[str, Any]) -> None:
    """Refuse a secret that is written out: all who read the Terraform would have it.

    Raises:
        LiteralSecretError: There is one; it says where, and never what.
    """
    for path in literal_secrets(document):
        raise LiteralSecretError(
            path,
            "must not hold a secret",
            remedy="take it from a sensitive variable, or from a data source",
        )


def literal_secrets(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the paths of secrets that are written out, sensitive defaults included."""
    for kind, blocks in document.items():
        if kind not in (COMMENT, "variable", "output"):
            yield from _secrets(blocks, kind)
    for (name,), variable, _ in labelled(document.get("variable"), 1, "variable"):
        default = variable.get("default")
        is_secret = isinstance(default, str) and names_secret(name)
        if (is_secret or variable.get("sensitive") is True) and default not in (None, "", [], {}):
            yield f"variable.{name}.default"


def _secrets(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, Mapping):
        for name, item in value.items():
            place = f"{path}.{name}"
            if names_secret(name) and isinstance(item, str):
                if item and not holds_template(item):
                    yield place
            elif name != COMMENT:
                yield from _secrets(item, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secrets(item, f"{path}[{index}]" if len(value) > 1 else path)
