"""The region and the account in which a plan looks for its resources."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_auth.facts.limits import REGION
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

_ARN_PARTS = 6
_REGION = re.compile(REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a resource is, as far as its values tell.

    Attributes:
        region: Its region; empty if it is global, or not known.
        account: Its account; empty if it is not known.
    """

    region: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a plan looks for its resources.

    Attributes:
        account: The account, if the plan shows one.
        still_there: How many resources the provider still finds, by their region and account.
    """

    account: str = ""
    still_there: Mapping[Where, int] = field(default_factory=dict)

    def region_of(self, resource: Resource) -> str:
        """Return the region in which the plan looks for *resource*; empty if it is not known."""
        own = resource.body.values.get("region")
        if isinstance(own, str) and own:  # provider 6
            return own
        found = None if resource.provider is None else resource.provider.peek_text("region")
        return found if isinstance(found, str) and _REGION.fullmatch(found) else ""


def where(resource: Resource) -> Where:
    """Return where *resource* is: from its ARN, or from the id of a pool."""
    values = resource.body.values
    for name in ("arn", "user_pool_id", "id", "function_name", "resource_arn"):
        found = values.get(name)
        if not isinstance(found, str):
            continue
        parts = found.split(":", _ARN_PARTS - 1)
        if parts[0] == "arn" and len(parts) == _ARN_PARTS:
            return Where(region=parts[3], account=parts[4])
        region = found.partition("_")[0]
        if _REGION.fullmatch(region) and "_" in found:
            return Where(region=region)
    return Where()


def read_place(document: Mapping[str, Any], before: Configuration) -> Place:
    """Read where a plan looks.

    Args:
        document: The parsed output of `terraform show -json`.
        before: The resources that the provider finds.
    """
    values = _variables(document)
    data = list(_data_sources(document))
    return Place(
        account=_account(document, data, values),
        still_there=Counter(where(resource) for resource in before.resources),
    )


def _account(
    document: Mapping[str, Any],
    data: list[tuple[str, Mapping[str, Any]]],
    values: Mapping[str, object],
) -> str:
    for kind, found in data:
        if kind == "aws_caller_identity" and isinstance(found.get("account_id"), str):
            return str(found["account_id"])
    accounts: set[str] = set()
    for expressions in _providers(document):
        for block in expressions.get("assume_role") or ():
            role = _text(block.get("role_arn"), values) if isinstance(block, Mapping) else ""
            parts = role.split(":", _ARN_PARTS - 1)
            if len(parts) == _ARN_PARTS:
                accounts.add(parts[4])
        allowed = expressions.get("allowed_account_ids")
        named = allowed.get("constant_value") if isinstance(allowed, Mapping) else None
        if isinstance(named, list) and len(named) == 1:
            accounts.add(str(named[0]))
    return accounts.pop() if len(accounts) == 1 else ""


def _providers(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk through the expressions of each `aws` provider of the root module."""
    configuration = document.get("configuration")
    written = configuration.get("provider_config") if isinstance(configuration, Mapping) else None
    for provider in written.values() if isinstance(written, Mapping) else ():
        if not isinstance(provider, Mapping) or "module_address" in provider:
            continue
        expressions = provider.get("expressions")
        if provider.get("name") == "aws" and isinstance(expressions, Mapping):
            yield expressions


def _text(expression: object, values: Mapping[str, object]) -> str:
    """Return the text of an expression; that of a variable if it names only one."""
    if not isinstance(expression, Mapping):
        return ""
    found = expression.get("constant_value")
    references = expression.get("references")
    if isinstance(references, list) and len(references) == 1:
        found = values.get(str(references[0]).removeprefix("var."))
    return found if isinstance(found, str) else ""


def _variables(document: Mapping[str, Any]) -> Mapping[str, object]:
    given = document.get("variables")
    return {
        str(name): variable.get("value")
        for name, variable in (given.items() if isinstance(given, Mapping) else ())
        if isinstance(variable, Mapping)
    }


def _data_sources(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through the data sources of the root module that were read for the plan."""
    state = document.get("prior_state")
    values = state.get("values") if isinstance(state, Mapping) else None
    root = values.get("root_module") if isinstance(values, Mapping) else None
    resources = root.get("resources") if isinstance(root, Mapping) else None
    for resource in resources if isinstance(resources, list) else ():
        if isinstance(resource, Mapping) and resource.get("mode") == "data":
            found = resource.get("values")
            if isinstance(found, Mapping):
                yield str(resource.get("type")), found
