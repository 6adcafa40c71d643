"""The parts of a program for all Cognito resources of a state."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constructs_auth.adopt import identity_pool
from constructs_auth.adopt.builder import COVERED, OWNERS, Builder, owner_of
from constructs_auth.adopt.parts import FLAGS_IN_SETS, LENGTHS, System, lengths_of
from constructs_auth.errors import UnreadableError
from constructs_auth.facts import resource_types as types
from constructs_auth.facts.import_ids import NOT_IMPORTED, NOT_READ
from constructs_auth.facts.secret_names import (
    PROVIDER_DETAILS_SECRETS,
    SECRET_ARGUMENTS,
    USER_PASSWORDS,
)
from constructs_auth.facts.words import LoginProvider, StandardAttributeName
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import is_marked, secrets_in

_NOT_WRITTEN = SECRET_ARGUMENTS[types.USER_POOL_CLIENT] | {"generate_secret"}
_VARIABLES = frozenset({*PROVIDER_DETAILS_SECRETS, "external_id", LoginProvider.TWITTER.value})
"""The secrets in maps and blocks that become variables of the program."""

_WITH_VARIABLES = {
    types.IDENTITY_PROVIDER: frozenset({"provider_details"}),
    types.USER: frozenset(USER_PASSWORDS),
}
"""The arguments that may be sensitive, because their secrets become variables."""

_WITH_SECRETS = frozenset({"sms_configuration", "supported_login_providers"})
"""The arguments of which only the secrets become variables."""

_ARN = re.compile(
    r"arn:[^:]+:(?:cognito-idp|cognito-identity):(?P<region>[^:]+):\d+:(?:userpool|identitypool)/.+"
)
_KIND = {types.USER_POOL: "a user pool", types.IDENTITY_POOL: "an identity pool"}
_MOST_LISTED = 10


def read_system(
    configuration: Configuration,
    *,
    file: str,
    pool: str = "",
    stack: str = "auth",
    keeps_state: bool = False,
) -> System:
    """Turn the resources of a state into the parts of a program.

    Args:
        configuration: The state.
        file: Its name in errors.
        pool: The id of the only pool to adopt; by default all pools.
        stack: The name of the stack.
        keeps_state: Whether the program takes over the state as it is. By default it imports the
            resources into its own state.

    Raises:
        UnreadableError: The state holds no pool, or not the one that was asked for, or pools of
            several regions, or a secret that the program would contain; or the program is to keep
            the state and would destroy a resource in it.
        Exception: A value has another type than the provider reads.
    """
    owners = dict.fromkeys(
        one
        for kind in (types.USER_POOL, types.IDENTITY_POOL)
        for one in configuration.of_type(kind)
        if not pool or _belongs_to(one, {pool})
    )
    if not any(one.type == types.USER_POOL or not pool for one in owners):
        asked = f"must contain the user pool {pool}" if pool else "must contain a user pool"
        raise UnreadableError(file, asked, remedy="give the state that manages the pool")
    regions = sorted({_region(one, file) for one in owners})
    if len(regions) > 1:
        raise UnreadableError(
            file,
            f"must contain pools of one region, got {', '.join(regions)}",
            remedy="name one pool with --user-pool-id",
        )
    ids = {str(one.body.values.get("id")) for one in owners}
    kinds = [one for one in COVERED if keeps_state or one not in NOT_IMPORTED]
    wanted = [
        one if keeps_state else _as_imported(one)
        for kind in kinds
        for one in configuration.of_type(kind)
        if one in owners or (kind not in OWNERS and owner_of(one) in ids)
    ]
    for one in wanted:
        _refuse_secrets(one, file)
    system = Builder(
        configuration, wanted, regions[0], ids, stack=stack, keeps_state=keeps_state
    ).system()
    if keeps_state:
        _refuse_others(configuration, system, file)
    return system


def _belongs_to(owner: Resource, pools: set[str]) -> bool:
    """Return whether *owner* is one of *pools*, or an identity pool for users of one of them."""
    values = owner.body.values
    if owner.type == types.USER_POOL:
        return values.get("id") in pools
    return bool(identity_pool.pools_of(values) & pools)


def _as_imported(resource: Resource) -> Resource:
    """Return the resource with the values that the provider reads at an import."""
    not_read = NOT_READ.get(resource.type, frozenset())
    kept = {
        name: None if name in not_read else _as_read(name, value)
        for name, value in resource.body.values.items()
    }
    return replace(resource, body=replace(resource.body, values=kept))


def _as_read(name: str, value: object) -> object:
    """Return *value* with the values that an import reads for unset parts of blocks."""
    flags = FLAGS_IN_SETS.get(name, ())
    if not flags or not isinstance(value, list):
        return value
    return [
        {
            **one,
            **{flag: False for flag in flags if flag in one and one[flag] is None},
            **(_lengths(one) if name == "schema" else {}),
        }
        if isinstance(one, Mapping)
        else one
        for one in value
    ]


def _lengths(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the bounds of a text that the old Terraform left out."""
    is_text = schema.get("attribute_data_type") == "String"
    if not is_text or schema.get(LENGTHS) != []:
        return {}
    name = str(schema.get("name"))
    if name not in tuple(StandardAttributeName):
        return {LENGTHS: [{"min_length": "", "max_length": ""}]}
    least, most = lengths_of(name)
    return {LENGTHS: [{"min_length": least, "max_length": most}]}


def others_than(system: System, configuration: Configuration) -> list[str]:
    """Return the addresses of the resources that the program does not define."""
    ours = {part.resource.address for part in system.parts}
    ours |= {one.address for part in system.parts for one in part.nested.values()}
    return [one.address for one in configuration.resources if one.address not in ours]


def _refuse_others(configuration: Configuration, system: System, file: str) -> None:
    """Refuse a state with resources that the program would destroy."""
    others = others_than(system, configuration)
    if others:
        listed = ", ".join(others[:_MOST_LISTED])
        more = f" and {len(others) - _MOST_LISTED} more" if len(others) > _MOST_LISTED else ""
        raise UnreadableError(
            file,
            f"must contain only what the program defines, got {listed}{more}",
            remedy="leave out --same-state: the program then imports what it defines into its own "
            "state",
        )


def _refuse_secrets(resource: Resource, file: str) -> None:
    """Refuse a secret that the program would contain: by Terraform's mark or by its name."""
    found = []
    for name, value in resource.body.values.items():
        kept, marks = _without_variables(resource, name, value), resource.body.sensitive.get(name)
        if name in _WITH_SECRETS:
            marks = _without_variables(resource, name, marks)
        if name not in _NOT_WRITTEN and (
            (name not in _WITH_VARIABLES.get(resource.type, ()) and is_marked(marks))
            or secrets_in(resource.type, kept, None, (name,))
        ):
            found.append(name)
    if found:
        raise UnreadableError(
            file,
            f"must hold no secret in {', '.join(sorted(found))} of {resource.address}, which the "
            "program would contain",
            remedy="remove the secret there, or adopt another pool with --user-pool-id",
        )


def refuse_marked_details(system: System, file: str) -> None:
    """Refuse details of a provider that Terraform marks separately and that are not variables.

    If the provider marks all details, the mark of one has no meaning.

    Raises:
        UnreadableError: The program would contain one.
    """
    for part in system.parts:
        marks = part.resource.body.sensitive.get("provider_details")
        for name, mark in marks.items() if isinstance(marks, Mapping) else ():
            if name not in _VARIABLES and is_marked(mark):
                raise UnreadableError(
                    file,
                    f"must hold no secret in provider_details.{name} of {part.resource.address}, "
                    "which the program would contain",
                    remedy="remove the mark if the value is public, or adopt another pool with "
                    "--user-pool-id",
                )


def _without_variables(resource: Resource, name: str, value: object) -> object:
    """Return *value* without the secrets that become variables."""
    if resource.type == types.USER and name in {*USER_PASSWORDS, "attributes"}:
        return None  # an attribute is personal, not secret; the old Terraform has it too
    if name in {"provider_details", "supported_login_providers"} and isinstance(value, Mapping):
        return {key: one for key, one in value.items() if key not in _VARIABLES}
    if name == "sms_configuration" and isinstance(value, list):
        return [
            {key: item for key, item in one.items() if key not in _VARIABLES}
            for one in value
            if isinstance(one, Mapping)
        ]
    return value


def _region(pool: Resource, file: str) -> str:
    found = _ARN.fullmatch(str(pool.body.values.get("arn") or ""))
    if found is None:
        raise UnreadableError(
            file,
            f"{pool.address} must have the ARN of {_KIND[pool.type]}",
            remedy="give the state after an apply",
        )
    return found["region"]
