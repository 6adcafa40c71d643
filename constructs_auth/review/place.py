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
_DEFAULT = "aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a resource is, as far as its values show.

    Attributes:
        region: Its region; empty if it is global, or not known.
        account: Its account; empty if it is not known.
        provider: The provider that reads it, such as `aws.west`; empty if it is not known.
    """

    region: str = ""
    account: str = ""
    provider: str = ""

    def may_be_beside(self, other: "Where") -> bool:
        """Return whether both are in one region, and do not differ in account or provider."""
        if not self.region or self.region != other.region:
            return False
        pairs = ((self.account, other.account), (self.provider, other.provider))
        return all(not one or not another or one == another for one, another in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a plan looks for its resources.

    Attributes:
        regions: The region of each provider whose region the plan shows: `aws`, `aws.west`. It may
            be the value of a variable that is only a part of the region.
        certain_regions: The same, only for a region that is plain text, or that a data source has
            read.
        accounts: The account of each provider whose account the plan shows.
        certain_accounts: The same, only for an account that is plain text, or that a data source
            has read.
        only: The only provider; empty if there are several, or modules have their own.
        still_there: How many resources the provider still finds, by where they are.
    """

    regions: Mapping[str, str] = field(default_factory=dict)
    certain_regions: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    certain_accounts: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    still_there: Mapping[Where, int] = field(default_factory=dict)

    def region_of(self, resource: Resource) -> str:
        """Return the region in which the plan looks for *resource*; empty if it is not known."""
        own = resource.body.values.get("region")
        if isinstance(own, str) and own:  # provider 6
            return own
        certain = self.certain_region_of(resource)
        if certain:
            return certain
        found = None if resource.provider is None else resource.provider.peek_text("region")
        if isinstance(found, str) and _REGION.fullmatch(found):
            return found
        return self.regions.get(resource.provider_key or self.only, "")

    def certain_region_of(self, resource: Resource) -> str:
        """Return the region of the provider of *resource*, unless it is an expression."""
        return self.certain_regions.get(resource.provider_key or self.only, "")

    def account_of(self, resource: Resource) -> str:
        """Return the account in which the plan looks for *resource*; empty if it is not known."""
        return self.accounts.get(resource.provider_key or self.only, "")

    def certain_account_of(self, resource: Resource) -> str:
        """Return the account of the provider of *resource*, unless it is an expression."""
        return self.certain_accounts.get(resource.provider_key or self.only, "")


def where(resource: Resource) -> Where:
    """Return where *resource* is: from its ARN, or from the id of a pool."""
    values, provider = resource.body.values, resource.provider_key or ""
    for name in ("arn", "user_pool_id", "id", "function_name", "resource_arn"):
        found = values.get(name)
        if not isinstance(found, str):
            continue
        parts = found.split(":", _ARN_PARTS - 1)
        if parts[0] == "arn" and len(parts) == _ARN_PARTS:
            return Where(region=parts[3], account=parts[4], provider=provider)
        region = found.partition("_")[0]
        if _REGION.fullmatch(region) and "_" in found:
            return Where(region=region, provider=provider)
    return Where()


def read_place(document: Mapping[str, Any], before: Configuration) -> Place:
    """Read where a plan looks.

    Args:
        document: The parsed output of `terraform show -json`.
        before: The resources that the provider finds.
    """
    values = _variables(document)
    providers = dict(_providers(document))
    callers = dict(_read(document, "aws_caller_identity", "account_id"))
    return Place(
        regions={
            key: region
            for key, expressions in providers.items()
            if (region := _text(expressions.get("region"), values)) and _REGION.fullmatch(region)
        },
        certain_regions={
            **{
                key: region
                for key, expressions in providers.items()
                if (region := _text(expressions.get("region"), {})) and _REGION.fullmatch(region)
            },
            **{
                key: region
                for argument in ("name", "region")
                for key, region in _read(document, "aws_region", argument)
                if _REGION.fullmatch(region)
            },
        },
        accounts={
            **{
                key: account
                for key, expressions in providers.items()
                if (account := _account(expressions, values))
            },
            **callers,
        },
        certain_accounts={
            **{
                key: account
                for key, expressions in providers.items()
                if (account := _account(expressions, {}))
            },
            **callers,
        },
        only=_only(document),
        still_there=Counter(where(resource) for resource in before.resources),
    )


def _account(expressions: Mapping[str, Any], values: Mapping[str, object]) -> str:
    """Return the account of a provider, if its role or its allowed accounts name one."""
    accounts: set[str] = set()
    roles = expressions.get("assume_role")
    for block in roles if isinstance(roles, list) else ():
        role = _text(block.get("role_arn"), values) if isinstance(block, Mapping) else ""
        parts = role.split(":", _ARN_PARTS - 1)
        if len(parts) == _ARN_PARTS and parts[4].isdigit():  # no part of a template
            accounts.add(parts[4])
    allowed = expressions.get("allowed_account_ids")
    named = allowed.get("constant_value") if isinstance(allowed, Mapping) else None
    if isinstance(named, list) and len(named) == 1:
        accounts.add(str(named[0]))
    return accounts.pop() if len(accounts) == 1 else ""


def _read(document: Mapping[str, Any], kind: str, argument: str) -> Iterator[tuple[str, str]]:
    """Walk through what data sources of *kind* read, each with the key of its provider."""
    root = _root(document)
    written = root.get("resources")
    providers = {
        str(one.get("address")): str(one.get("provider_config_key"))
        for one in (written if isinstance(written, list) else ())
        if isinstance(one, Mapping) and one.get("provider_config_key")
    }
    for address, found_kind, found in _data_sources(document):
        value = found.get(argument)
        if found_kind == kind and isinstance(value, str):
            yield providers.get(address) or _only(document) or _DEFAULT, value


def _only(document: Mapping[str, Any]) -> str:
    """Return the only `aws` provider; empty if there are several, or modules have their own."""
    keys = [key for key, provider in _written_providers(document) if provider.get("name") == "aws"]
    if len(keys) > 1 or any(":" in key for key in keys):
        return ""
    return keys[0] if keys else _DEFAULT


def _providers(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through the expressions of each `aws` provider of the root module, by its key."""
    for key, provider in _written_providers(document):
        expressions = provider.get("expressions")
        if (
            provider.get("name") == "aws"
            and "module_address" not in provider
            and isinstance(expressions, Mapping)
        ):
            yield key, expressions


def _written_providers(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    configuration = document.get("configuration")
    written = configuration.get("provider_config") if isinstance(configuration, Mapping) else None
    for key, provider in written.items() if isinstance(written, Mapping) else ():
        if isinstance(provider, Mapping):
            yield str(key), provider


def _root(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the configuration of the root module."""
    configuration = document.get("configuration")
    root = configuration.get("root_module") if isinstance(configuration, Mapping) else None
    return root if isinstance(root, Mapping) else {}


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


def _data_sources(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Walk through the data sources of the root module that were read for the plan."""
    state = document.get("prior_state")
    values = state.get("values") if isinstance(state, Mapping) else None
    root = values.get("root_module") if isinstance(values, Mapping) else None
    resources = root.get("resources") if isinstance(root, Mapping) else None
    for resource in resources if isinstance(resources, list) else ():
        if isinstance(resource, Mapping) and resource.get("mode") == "data":
            found = resource.get("values")
            if isinstance(found, Mapping):
                yield str(resource.get("address")), str(resource.get("type")), found
