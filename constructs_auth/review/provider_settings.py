"""The region, the account and the server of a provider, before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.provider_arguments import (
    AWS_HOSTS,
    ENDPOINTS,
    TARGET_ARGUMENTS,
    TARGET_BLOCKS,
)
from constructs_auth.review import names
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.sensitive import without_login

_ARN_PARTS = 6
_ACCOUNT = 4
_ELSEWHERE = frozenset({"allowed_account_ids", "region"})

PROVIDED = tuple(
    sorted(
        {
            *types.CLIENTS,
            types.DIRECTORY_GROUP,
            types.DIRECTORY_MEMBERSHIP,
            types.DIRECTORY_USER,
            types.IDENTITY_POOL,
            types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,
            types.IDENTITY_POOL_ROLES_ATTACHMENT,
            types.IDENTITY_PROVIDER,
            types.LAMBDA_PERMISSION,
            types.LOG_DELIVERY_CONFIGURATION,
            types.MANAGED_LOGIN_BRANDING,
            types.RESOURCE_SERVER,
            types.RISK_CONFIGURATION,
            types.USER,
            types.USER_GROUP,
            types.USER_IN_GROUP,
            types.USER_POOL,
            types.USER_POOL_DOMAIN,
            types.USER_POOL_UI_CUSTOMIZATION,
            types.WEB_ACL_ASSOCIATION,
        }
    )
)
"""The types of the AWS provider for which the review looks at the settings of their provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChange:
    """The provider of a resource, before and after.

    Attributes:
        before: The alias and the arguments of the deployed one.
        after: Those of the plan.
        first: The address of the first resource with the same change, which represents all.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    first: str

    @property
    def changed(self) -> frozenset[str]:
        """The arguments that change."""
        both = {*self.before, *self.after}
        return frozenset(name for name in both if self.before.get(name) != self.after.get(name))

    @property
    def is_elsewhere(self) -> bool:
        """Whether the region, the account or the server certainly differs."""
        before, after = _accounts(self.before), _accounts(self.after)
        return bool(before and after and before != after) or any(
            name.startswith(ENDPOINTS) or (name in _ELSEWHERE and self._are_both_set(name))
            for name in self.changed
        )

    def _are_both_set(self, name: str) -> bool:
        return name in self.before and name in self.after

    def described(self) -> str:
        """Describe what changes, such as `region of the provider changes from a to b`."""
        return settings_changed(self.before, self.after, "provider")


def settings_changed(before: Mapping[str, str], after: Mapping[str, str], of: str) -> str:
    """Describe how settings change, without secrets; empty if they do not change."""
    return names.listed(
        f"{name} of the {of} changes from {without_login(before.get(name, '(not set)'))} to "
        f"{without_login(after.get(name, '(not set)'))}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )


def settings_of(provider: Block) -> Mapping[str, str]:
    """Return the alias of *provider*, and the arguments that decide where it works and as whom.

    They may contain a secret, such as the password of a proxy, whose change counts.
    """
    return dict(_settings(provider.values))


def foreign_endpoints(provider: Block) -> Mapping[str, str]:
    """Return the endpoints of *provider* that are not servers of AWS, by service."""
    return {
        name: url
        for name, url in _endpoints(provider.values)
        if not _is_of_aws(names.host(url if "//" in url else f"//{url}"))
    }


def provider_changes(
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
    resources: Mapping[str, str],
) -> Mapping[str, ProviderChange]:
    """Return the resources whose provider changes, by address.

    Args:
        before: The settings of the deployed provider of each resource, by static address.
        after: Those of the plan.
        resources: The resources in question, by address; each with its static address. The first
            one represents all with the same change.
    """
    found: dict[str, ProviderChange] = {}
    first: dict[tuple[frozenset[tuple[str, str]], ...], str] = {}
    for address, static in resources.items():
        old, new = before.get(static), after.get(static)
        if old is not None and new is not None and old != new:
            same = (frozenset(old.items()), frozenset(new.items()))
            found[address] = ProviderChange(
                before=old, after=new, first=first.setdefault(same, address)
            )
    return found


def _settings(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in ("alias", *TARGET_ARGUMENTS):
        written = _text(values.get(name))
        if written:
            yield name, written
    for block, arguments in TARGET_BLOCKS.items():
        for name in arguments:
            roles = [_text(one.get(name)) for one in _blocks(values.get(block))]
            if any(roles):
                yield f"{block}.{name}", ", ".join(roles)
    for name, url in _endpoints(values):
        yield f"{ENDPOINTS}.{name}", url


def _endpoints(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for block in _blocks(values.get(ENDPOINTS)):
        for name, url in block.items():
            if isinstance(url, str) and url:
                yield str(name), url


def _blocks(value: object) -> Iterator[Mapping[str, object]]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one


def _text(value: object) -> str:
    """Return a value as a text; empty if it is not set."""
    if isinstance(value, list):
        return ", ".join(sorted(map(_text, value)))
    if isinstance(value, bool):
        return "true" if value else ""
    return value if isinstance(value, str) else ""


def _accounts(settings: Mapping[str, str]) -> frozenset[str]:
    """Return the accounts of the roles in *settings*, unless they are expressions."""
    arns = [
        arn.split(":")
        for name, text in settings.items()
        if name.endswith(".role_arn")
        for arn in text.split(", ")
    ]
    found = {parts[_ACCOUNT] for parts in arns if len(parts) == _ARN_PARTS}
    return frozenset(account for account in found if account.isdigit())


def _is_of_aws(host: str) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in AWS_HOSTS)
