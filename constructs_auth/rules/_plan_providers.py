"""Reads what the configuration in a plan says of the AWS provider."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_auth.rules.block import Block


def providers_of(configuration: Mapping[str, Any]) -> Iterator[Block]:
    """Walk through the `aws` providers of the root module, of which only constants are told."""
    written = configuration.get("provider_config")
    for provider in written.values() if isinstance(written, Mapping) else ():
        if not isinstance(provider, Mapping) or "module_address" in provider:
            continue
        expressions = provider.get("expressions")
        if provider.get("name") == "aws" and isinstance(expressions, Mapping):
            values, unknown = _constants(expressions)
            yield Block(values=values, unknown=unknown, evaluated=True)


def _constants(
    expressions: Mapping[str, Any],
) -> tuple[dict[str, object], dict[str, object]]:
    """Part the arguments of a block into values, and marks of those that are not told."""
    values: dict[str, object] = {}
    unknown: dict[str, object] = {}
    for name, expression in expressions.items():
        if isinstance(expression, list):
            parts = [_constants(block) for block in expression if isinstance(block, Mapping)]
            values[name] = [inner for inner, _ in parts]
            unknown[name] = [marks for _, marks in parts]
        elif isinstance(expression, Mapping) and "constant_value" in expression:
            values[name] = expression["constant_value"]
        else:
            unknown[name] = True
    return values, unknown
