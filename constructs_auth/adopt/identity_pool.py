"""Identity pools of a state, with their roles and principal tags."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from constructs_auth.adopt.parts import AS_IT_IS, Override, blocks, member, table_of, texts
from constructs_auth.adopt.python import Argument, Call, Expression, Items, Table
from constructs_auth.facts.words import AmbiguousRoleResolution, LoginProvider, MatchType

_ENDPOINT = re.compile(
    r"cognito-idp\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(?P<pool>[^:]+)(?::(?P<client>.+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """The user pools and clients that a program defines.

    Attributes:
        pools: The variables of the pools, by id.
        clients: The variables of the clients, by the ids of pool and client.
        paths: The paths of their constructs in the app, by which an identity pool sorts them; for a
            client of another program its id.
    """

    pools: Mapping[str, Expression] = field(default_factory=dict)
    clients: Mapping[tuple[str, str], Expression] = field(default_factory=dict)
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def path(self, found: Mapping[str, Any]) -> str:
        """Return the sort key of a client of an identity pool."""
        pool_id = str(found["provider_name"]).rpartition("/")[2]
        client_id = str(found["client_id"])
        return self.paths.get((pool_id, client_id), client_id)

    def client(self, endpoint: str, client_id: str) -> Expression:
        """Return the client, which the program need not define."""
        found = _ENDPOINT.fullmatch(endpoint)
        if found is None:
            return None
        own = self.clients.get((found["pool"], client_id))
        if own is not None:
            return own
        given = (
            Argument(name="user_pool", value=_existing(found["pool"], found["region"])),
            Argument(name="user_pool_client_id", value=client_id),
        )
        return Call("ExistingUserPoolClient", (), given)

    def provider(self, key: str) -> Expression:
        """Return the provider with this key: a client, a pool, a social provider or an ARN."""
        found = _ENDPOINT.fullmatch(key)
        if found is None:
            return member(LoginProvider, key) or key
        if found["client"]:
            return self.client(key.rpartition(":")[0], found["client"])
        return self.pools.get(found["pool"]) or _existing(found["pool"], found["region"])


def pools_of(values: Mapping[str, Any]) -> set[str]:
    """Return the ids of the user pools whose users get credentials."""
    endpoints = (str(one.get("provider_name")) for one in _providers(values))
    return {found["pool"] for one in endpoints if (found := _ENDPOINT.fullmatch(one))}


def arguments(
    values: Mapping[str, Any],
    roles: Mapping[str, Any] | None,
    *,
    construct_id: str,
    providers: Providers,
    logins: Mapping[str, str],
    twitter: Expression = None,
) -> Iterator[Argument]:
    """Walk through the arguments of an `IdentityPool`, in the order of its signature.

    Args:
        values: The values of the state.
        roles: The values of its roles attachment, or `None`.
        construct_id: The id of the construct.
        providers: The pools and clients of the program.
        logins: The application id of each social provider but Twitter.
        twitter: The variable with the application id and secret at Twitter, if there is one.
    """
    if values["identity_pool_name"] != construct_id:
        yield Argument(name="name", value=str(values["identity_pool_name"]))
    clients = [
        providers.client(str(one["provider_name"]), str(one["client_id"]))
        for one in _providers(values)
    ]
    if clients:
        yield Argument(name="cognito_identity_providers", value=Items(clients))
        checks = {bool(one.get("server_side_token_check")) for one in _providers(values)}
        if checks == {False}:
            yield Argument(
                name="server_side_token_check",
                value=False,
                comment="Default of this library: True. Without it, users whom you delete keep "
                "their access\nuntil the token expires.",
            )
    yield from _other_providers(values, logins, twitter)
    yield from _access(values, _roles(roles))
    tags = values.get("tags")
    if tags:
        yield Argument(name="tags", value=table_of(tags))


def _other_providers(
    values: Mapping[str, Any], logins: Mapping[str, str], twitter: Expression
) -> Iterator[Argument]:
    for name in ("openid_connect_provider_arns", "saml_provider_arns"):
        if texts(values, name):
            yield Argument(name=name, value=Items([*texts(values, name)]))
    apps: dict[str, Expression] = {**logins}
    if twitter is not None:
        apps[LoginProvider.TWITTER.value] = twitter
    if apps:
        table: list[tuple[Expression, Expression]] = [
            (member(LoginProvider, name) or name, app) for name, app in sorted(apps.items())
        ]
        yield Argument(name="supported_login_providers", value=Table(table))
    if values.get("developer_provider_name"):
        yield Argument(name="developer_provider_name", value=str(values["developer_provider_name"]))


def _access(values: Mapping[str, Any], arns: Mapping[str, str]) -> Iterator[Argument]:
    guests = values.get("allow_unauthenticated_identities") is True
    if guests:
        yield Argument(
            name="allow_unauthenticated_identities",
            value=True,
            comment="Default of this library: False. Everybody on the internet gets credentials.",
        )
    if values.get("allow_classic_flow"):
        yield Argument(
            name="allow_classic_flow",
            value=True,
            comment="Default of this library: False. Applications choose their role themselves.",
        )
    yield Argument(name="authenticated_role_arn", value=arns.get("authenticated") or AS_IT_IS)
    if guests:
        guest = arns.get("unauthenticated") or AS_IT_IS
        yield Argument(name="unauthenticated_role_arn", value=guest)


def overrides(values: Mapping[str, Any], providers: Providers) -> Iterator[Override]:
    """Walk through the settings of an identity pool that the construct does not offer.

    It has one value of `server_side_token_check` for all clients.
    """
    found = sorted(_providers(values), key=providers.path)
    has_several = len({bool(one.get("server_side_token_check")) for one in found}) > 1
    for at, one in enumerate(found):
        check = one.get("server_side_token_check", False)
        if check is None or (has_several and not check):
            path = f"cognito_identity_providers.{at}.server_side_token_check"
            yield Override(argument=path, value=check)


def has_roles(values: Mapping[str, Any], roles: Mapping[str, Any]) -> bool:
    """Return whether the construct of an identity pool writes its roles attachment."""
    arns = _roles(roles)
    guests = values.get("allow_unauthenticated_identities") is True
    return "authenticated" in arns or (guests and "unauthenticated" in arns)


def role_statements(
    values: Mapping[str, Any],
    roles: Mapping[str, Any],
    *,
    variable: str,
    providers: Providers,
) -> Iterator[Call]:
    """Walk through the calls after the construct: mappings, and settings that it does not offer."""
    arns = _roles(roles)
    attachment = f"{variable}.roles_attachment"
    if "unauthenticated" in arns and not values.get("allow_unauthenticated_identities"):
        yield Call(f"{attachment}.add_override", ("roles.unauthenticated", arns["unauthenticated"]))
    mappings = blocks(roles, "role_mapping")
    known = {str(one["provider_name"]) + ":" + str(one["client_id"]) for one in _providers(values)}
    known |= _others(values)
    calls = [_mapping(one, providers) for one in mappings]
    if all(one["identity_provider"] in known for one in mappings) and None not in calls:
        for one, call in zip(mappings, calls, strict=True):
            provider = providers.provider(str(one["identity_provider"]))
            yield Call(f"{variable}.map_roles", (provider, call))
        return
    written = [_mapping_block(one) for one in mappings]
    yield Call(f"{attachment}.add_override", ("role_mapping", Items(written)))


def principal_tags(
    values: Mapping[str, Any], *, identity_pool: Expression, providers: Providers
) -> Iterator[Argument]:
    """Walk through the arguments of an `IdentityPoolPrincipalTag`."""
    yield Argument(name="identity_pool", value=identity_pool)
    yield Argument(name="provider", value=providers.provider(str(values["identity_provider_name"])))
    yield Argument(name="principal_tags", value=table_of(values.get("principal_tags") or {}))


def principal_tag_overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through the settings of principal tags that the construct does not offer."""
    if values.get("use_defaults"):
        yield Override(argument="use_defaults", value=True)


def is_tagged(pool: Mapping[str, Any], tags: Mapping[str, Any]) -> bool:
    """Return whether the construct can express *tags*, which need a provider of the pool."""
    name = str(tags.get("identity_provider_name"))
    known = {str(one["provider_name"]) for one in _providers(pool)} | _others(pool)
    return bool(tags.get("principal_tags")) and name in known


def _providers(values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = blocks(values, "cognito_identity_providers")
    return sorted(found, key=lambda one: (str(one.get("provider_name")), str(one.get("client_id"))))


def _others(values: Mapping[str, Any]) -> set[str]:
    """Return the names of the providers that are not user pools."""
    return {
        *texts(values, "openid_connect_provider_arns"),
        *texts(values, "saml_provider_arns"),
        *map(str, values.get("supported_login_providers") or ()),
    }


def _roles(roles: Mapping[str, Any] | None) -> dict[str, str]:
    found = (roles or {}).get("roles")
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, Mapping) else {}


def _mapping(found: Mapping[str, Any], providers: Providers) -> Call | None:
    """Return the value for `map_roles`, or `None` if it cannot express the mapping."""
    if providers.provider(str(found["identity_provider"])) is None:
        return None
    resolution = str(found.get("ambiguous_role_resolution") or "")
    named = member(AmbiguousRoleResolution, resolution)
    if named is None:
        return None
    how = (
        ()
        if resolution == AmbiguousRoleResolution.DENY
        else (Argument(name="ambiguous_role_resolution", value=named),)
    )
    if found.get("type") == "Token":
        return Call("TokenRoleMapping", (), how)
    rules: list[Expression] = []
    for one in blocks(found, "mapping_rule"):
        match = member(MatchType, str(one.get("match_type")))
        if match is None:
            return None
        usual = one.get("match_type") == MatchType.EQUALS
        rules.append(
            Call(
                "MappingRule",
                (),
                (
                    Argument(name="claim", value=str(one.get("claim"))),
                    *(() if usual else (Argument(name="match_type", value=match),)),
                    Argument(name="value", value=str(one.get("value"))),
                    Argument(name="role_arn", value=str(one.get("role_arn"))),
                ),
            )
        )
    return Call("RulesRoleMapping", (), (Argument(name="rules", value=Items(rules)), *how))


def _mapping_block(found: Mapping[str, Any]) -> Table:
    """Return a mapping as the Terraform JSON has it."""
    written: list[tuple[Expression, Expression]] = [
        (str(name), str(value))
        for name, value in found.items()
        if name != "mapping_rule" and value not in (None, "")
    ]
    rules: list[Expression] = [
        Table([(str(name), str(value)) for name, value in one.items() if value is not None])
        for one in blocks(found, "mapping_rule")
    ]
    return Table([*written, *([("mapping_rule", Items(rules))] if rules else [])])


def _existing(pool_id: str, region: str) -> Call:
    return Call("ExistingUserPool.from_id", (pool_id,), (Argument(name="region", value=region),))
