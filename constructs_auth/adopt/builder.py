"""Builds the constructs of a program, one for each resource of a state."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from constructs_auth.adopt import (
    identity_pool,
    managed_login_branding,
    members,
    risk_configuration,
    user_pool,
    user_pool_client,
)
from constructs_auth.adopt.identity_provider import Provider
from constructs_auth.adopt.names import free, identifier, ids_of, natural
from constructs_auth.adopt.parts import (
    Override,
    Part,
    Secret,
    System,
    block,
    blocks,
    texts,
)
from constructs_auth.adopt.python import Argument, Call, Code
from constructs_auth.facts import resource_types as types
from constructs_auth.facts.import_ids import function_and_qualifier
from constructs_auth.facts.secret_names import USER_PASSWORDS
from constructs_auth.facts.words import LoginProvider, StandardAttributeName
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

OWNERS = frozenset({types.USER_POOL, types.IDENTITY_POOL})
"""The types that others belong to."""

_ALL = "ALL"
_USUAL = {"action": "lambda:InvokeFunction", "principal": "cognito-idp.amazonaws.com"}
_NOT_USUAL = ("event_source_token", "function_url_auth_type", "principal_org_id", "source_account")
"""The arguments of a permission that the construct writes, and those that it leaves out."""


def owner_of(resource: Resource) -> object:
    """Return the id of the pool that *resource* belongs to."""
    values = resource.body.values
    return values.get("user_pool_id") or values.get("identity_pool_id")


class Builder:
    """Names the resources of a state, and builds a part for each."""

    def __init__(
        self,
        configuration: Configuration,
        wanted: Sequence[Resource],
        region: str,
        ids: set[str],
        *,
        stack: str,
        keeps_state: bool,
    ) -> None:
        self._configuration = configuration
        self._region = region
        self._ids = ids
        self._keeps_state = keeps_state
        self._names: dict[Resource, str] = dict(ids_of(sorted(wanted, key=_by_address)))
        wanted = sorted(wanted, key=self._order)
        self._wanted = wanted
        self._taken_ids = set(self._names.values())
        self._taken_variables: set[str] = set()
        self._variables = {
            one: free(
                identifier(name),
                one.type.removeprefix(types.COGNITO_PREFIX),
                self._taken_variables,
            )
            for one in wanted
            for name in (self._names[one],)
        }
        self._pools = {
            str(one.body.values["id"]): one for one in wanted if one.type == types.USER_POOL
        }
        self._identity_pools = {
            str(one.body.values["id"]): one for one in wanted if one.type == types.IDENTITY_POOL
        }
        self._attachments: dict[str, list[Resource]] = {}
        for one in configuration.of_type(types.IDENTITY_POOL_ROLES_ATTACHMENT):
            pool_id = str(one.body.values.get("identity_pool_id"))
            self._attachments.setdefault(pool_id, []).append(one)
        self._by_pool: dict[str, list[Resource]] = {}
        for one in wanted:
            self._by_pool.setdefault(str(one.body.values.get("user_pool_id")), []).append(one)
        clients = {
            (str(one.body.values["user_pool_id"]), str(one.body.values["id"])): one
            for one in wanted
            if one.type == types.USER_POOL_CLIENT
        }
        self._providers = identity_pool.Providers(
            pools={name: Code(self._variables[one]) for name, one in self._pools.items()},
            clients={ids: Code(self._variables[one]) for ids, one in clients.items()},
            paths={ids: f"{stack}/{self._names[one]}" for ids, one in clients.items()},
        )
        self._permissions = _by_pool_arn(configuration)
        self._secrets: list[Secret] = []
        self._taken_permissions: set[str] = set()
        self._left: list[Resource] = []
        self._beside_pool: dict[Resource, user_pool_client.Beside] = {}

    def system(self) -> System:
        """Return all parts."""
        parts: list[Part] = []
        for one in self._wanted:
            part = self._part(one)
            if part is None:
                self._left.append(one)
            else:
                parts.append(part)
        seen = {one.address for one in self._wanted}
        seen |= {one.address for part in parts for one in part.nested.values()}
        beside = [
            one
            for one in self._configuration.resources
            if one.type.startswith(types.COGNITO_PREFIX)
            and one.address not in seen
            and (owner_of(one) or one.body.values.get("id")) in self._ids
        ]
        return System(
            region=self._region,
            default_tags=_default_tags(one for one in self._wanted if one.type in OWNERS),
            parts=parts,
            secrets=tuple(self._secrets),
            left=(*self._left, *beside),
            keeps_state=self._keeps_state,
        )

    def _order(self, resource: Resource) -> tuple[int, list[str | int]]:
        """Return the sort key of the constructs, which does not depend on their old addresses."""
        return COVERED.index(resource.type), natural(self._names[resource])

    def _part(self, resource: Resource) -> Part | None:
        return _MAKERS[resource.type](self, resource)

    def _pool_of(self, resource: Resource) -> Code:
        """Return the variable of the user pool."""
        return Code(self._variables[self._pools[str(resource.body.values["user_pool_id"])]])

    def client(self, resource: Resource) -> Part:
        """Return the part of an app client."""
        values = resource.body.values
        beside = self._beside(self._pools[str(values["user_pool_id"])])
        found = user_pool_client.arguments(
            values,
            construct_id=self._names[resource],
            pool=self._pool_of(resource),
            beside=beside,
        )
        return self._new(
            resource,
            "UserPoolClient",
            tuple(found),
            import_id=f"{values['user_pool_id']}/{values['id']}",
            overrides=tuple(user_pool_client.overrides(values, beside)),
        )

    def domain(self, resource: Resource) -> Part:
        """Return the part of a domain."""
        values = resource.body.values
        found = members.domain(values, pool=self._pool_of(resource))
        import_id = str(values["domain"])
        return self._new(resource, "UserPoolDomain", tuple(found), import_id=import_id)

    def resource_server(self, resource: Resource) -> Part:
        """Return the part of a resource server."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        found = members.resource_server(values, construct_id=name, pool=self._pool_of(resource))
        import_id = f"{values['user_pool_id']}|{values['identifier']}"
        return self._new(resource, "ResourceServer", tuple(found), import_id=import_id)

    def group(self, resource: Resource) -> Part:
        """Return the part of a group."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        found = members.user_group(values, construct_id=name, pool=self._pool_of(resource))
        import_id = f"{values['user_pool_id']}/{values['name']}"
        return self._new(resource, "UserGroup", tuple(found), import_id=import_id)

    def log_delivery(self, resource: Resource) -> Part | None:
        """Return the part of a delivery of logs."""
        values = resource.body.values
        found = members.log_delivery(values, pool=self._pool_of(resource))
        if found is None:
            return None
        return self._new(resource, "LogDelivery", found, import_id=str(values["user_pool_id"]))

    def user_pool(self, resource: Resource) -> Part:
        """Return the part of a user pool, with the permissions of its triggers."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        known = str(block(values, "sms_configuration").get("external_id") or "")
        owner = f"the role that sends SMS for {values['name']}"
        external_id = self._secret(name, "external_id", owner, known) if known else ""
        nested: dict[str, Resource] = {}
        ids: dict[str, str] = {}
        statements: list[Call] = []
        permitted: list[str] = []
        for trigger, function in user_pool.triggers_of(values).items():
            permission = self._permission(str(values["arn"]), function)
            if permission is None:
                continue
            permitted.append(trigger)
            address = f"{types.LAMBDA_PERMISSION}.{name}_{trigger}"
            nested[address] = permission
            body = permission.body.values
            function_name = str(body["function_name"])
            plain, qualifier = function_and_qualifier(function_name)
            named = ":".join(filter(None, (plain, str(body.get("qualifier") or qualifier))))
            ids[address] = f"{named}/{body['statement_id']}"
            if self._keeps_state and function_name != function:
                path = f"resource.{address}.function_name"
                statements.append(Call("stack.add_override", (path, function_name)))
        part = self._new(
            resource,
            "UserPool",
            tuple(
                user_pool.arguments(
                    values, construct_id=name, permitted=permitted, external_id=external_id
                )
            ),
            import_id=str(values["id"]),
            overrides=tuple(user_pool.overrides(values)),
        )
        return self._with_nested(part, nested, ids, statements)

    def _with_nested(
        self,
        part: Part,
        nested: Mapping[str, Resource],
        import_ids: Mapping[str, str],
        statements: Sequence[Call],
    ) -> Part:
        ids = import_ids
        if self._keeps_state:
            ids = {new: one.address for new, one in nested.items() if one.address != new}
        return replace(part, nested=nested, nested_ids=ids, statements=statements)

    def identity_pool(self, resource: Resource) -> Part:
        """Return the part of an identity pool, with its roles."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        pool_id = str(values["id"])
        attached = next(
            (
                one
                for one in self._attachments.get(pool_id, ())
                if identity_pool.has_roles(values, one.body.values)
            ),
            None,
        )
        roles = None if attached is None else attached.body.values
        logins = {
            str(key): str(app)
            for key, app in (values.get("supported_login_providers") or {}).items()
        }
        twitter = logins.pop(LoginProvider.TWITTER.value, "")
        owner = f"the application at Twitter of {values['identity_pool_name']}"
        secret = self._secret(name, "twitter", owner, twitter) if twitter else None
        part = self._new(
            resource,
            "IdentityPool",
            tuple(
                identity_pool.arguments(
                    values,
                    roles,
                    construct_id=name,
                    providers=self._providers,
                    logins=logins,
                    twitter=secret,
                )
            ),
            import_id=pool_id,
            overrides=tuple(identity_pool.overrides(values, self._providers)),
        )
        if attached is None or roles is None:
            return part
        address = f"{types.IDENTITY_POOL_ROLES_ATTACHMENT}.{name}_roles"
        statements = identity_pool.role_statements(
            values, roles, variable=part.variable, providers=self._providers
        )
        return self._with_nested(part, {address: attached}, {address: pool_id}, tuple(statements))

    def principal_tag(self, resource: Resource) -> Part | None:
        """Return the part of the principal tags of a provider."""
        values = resource.body.values
        pool_id = str(values["identity_pool_id"])
        pool = self._identity_pools.get(pool_id)
        if pool is None or not identity_pool.is_tagged(pool.body.values, values):
            return None
        found = identity_pool.principal_tags(
            values, identity_pool=Code(self._variables[pool]), providers=self._providers
        )
        return self._new(
            resource,
            "IdentityPoolPrincipalTag",
            tuple(found),
            import_id=f"{pool_id}:{values['identity_provider_name']}",
            overrides=tuple(identity_pool.principal_tag_overrides(values)),
        )

    def risk_configuration(self, resource: Resource) -> Part | None:
        """Return the part of a risk configuration."""
        values = resource.body.values
        pool_id, client_id = str(values["user_pool_id"]), str(values.get("client_id") or "")
        client = self._providers.clients.get((pool_id, client_id))
        if (client_id and client is None) or risk_configuration.is_empty(values):
            return None
        found = risk_configuration.arguments(values, pool=self._pool_of(resource), client=client)
        return self._new(
            resource,
            "RiskConfiguration",
            tuple(found),
            import_id=f"{pool_id}:{client_id}" if client_id else pool_id,
            overrides=tuple(risk_configuration.overrides(values)),
        )

    def branding(self, resource: Resource) -> Part | None:
        """Return the part of a branding."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        pool_id = str(values["user_pool_id"])
        client = self._providers.clients.get((pool_id, str(values["client_id"])))
        found = managed_login_branding.branding(values, construct_id=name, client=client)
        if client is None or found is None:
            return None
        import_id = f"{pool_id},{values['managed_login_branding_id']}"
        part = self._new(resource, "ManagedLoginBranding", found.arguments, import_id=import_id)
        return replace(part, files=found.files)

    def classic_pages(self, resource: Resource) -> Part | None:
        """Return the part of a customization of the classic pages."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        pool_id, client_id = str(values["user_pool_id"]), str(values.get("client_id") or _ALL)
        client = self._providers.clients.get((pool_id, client_id))
        domain = next(
            (one for one in self._by_pool[pool_id] if one.type == types.USER_POOL_DOMAIN), None
        )
        if domain is None or (client is None and client_id != _ALL):
            return None
        found = managed_login_branding.classic_pages(
            values, construct_id=name, domain=Code(self._variables[domain]), client=client
        )
        if found is None:
            return None
        import_id = f"{pool_id},{client_id}"
        part = self._new(resource, "UserPoolUICustomization", found.arguments, import_id=import_id)
        return replace(part, files=found.files)

    def user(self, resource: Resource) -> Part:
        """Return the part of a user that Terraform manages."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        pool = self._pool_of(resource)
        passwords = {
            argument: self._secret(name, argument, str(values["username"]), str(values[argument]))
            for argument in USER_PASSWORDS
            if values.get(argument)
        }
        return self._new(
            resource,
            "User",
            tuple(members.user(values, pool=pool, passwords=passwords)),
            import_id=f"{values['user_pool_id']}/{values['username']}",
            overrides=tuple(members.user_overrides(values)),
        )

    def membership(self, resource: Resource) -> Part | None:
        """Return the part of a membership, which exists only with `--same-state`."""
        values = resource.body.values
        beside = self._by_pool[str(values["user_pool_id"])]
        user = _named(beside, types.USER, "username", values["username"])
        group = _named(beside, types.USER_GROUP, "name", values["group_name"])
        if user is None or group is None:
            return None
        given = (
            Argument(name="user", value=Code(self._variables[user])),
            Argument(name="group", value=Code(self._variables[group])),
        )
        return self._new(resource, "UserInGroup", given, import_id="")

    def _beside(self, pool: Resource) -> user_pool_client.Beside:
        """Return the constructs that a client of *pool* can refer to, cached for all clients.

        The clients come after the identity providers.
        """
        if pool in self._beside_pool:
            return self._beside_pool[pool]
        members_of = self._by_pool.get(str(pool.body.values["id"]), [])
        factors = texts(block(pool.body.values, "sign_in_policy"), "allowed_first_auth_factors")
        providers = {
            str(one.body.values["provider_name"]): one
            for one in members_of
            if one.type == types.IDENTITY_PROVIDER and one not in self._left
        }
        servers = [one for one in members_of if one.type == types.RESOURCE_SERVER]
        self._beside_pool[pool] = found = user_pool_client.Beside(
            custom_attributes=_custom_attributes(pool.body.values),
            required_attributes=_required_attributes(pool.body.values),
            is_passwordless=any(factor != "PASSWORD" for factor in factors),
            providers={name: Code(self._variables[one]) for name, one in providers.items()},
            mapped={
                name: self._provider(one).written_attributes for name, one in providers.items()
            },
            scopes={
                f"{one.body.values['identifier']}/{scope['scope_name']}": Call(
                    f"{self._variables[one]}.scope", (str(scope["scope_name"]),)
                )
                for one in servers
                for scope in blocks(one.body.values, "scope")
            },
        )
        return found

    def _secret(self, name: str, argument: str, owner: str, known: str) -> Code:
        """Return the value of a new sensitive variable."""
        plain = re.sub(r"[^a-z0-9]+", "_", f"{identifier(name)}_{argument}").strip("_")
        new = Secret(
            name=free(plain, "secret", self._taken_ids),
            variable=free(identifier(plain), "secret", self._taken_variables),
            description=f"The {argument.replace('_', ' ')} of {owner}",
            known=known,
        )
        self._secrets.append(new)
        return new.value

    def _permission(self, pool_arn: str, function: str) -> Resource | None:
        """Return the permission that lets the pool call *function*; each of them only once."""
        for one in self._permissions.get((pool_arn, *function_and_qualifier(function)), ()):
            if one.address not in self._taken_permissions:
                self._taken_permissions.add(one.address)
                return one
        return None

    def identity_provider(self, resource: Resource) -> Part | None:
        """Return the part of an identity provider."""
        values: Mapping[str, Any] = resource.body.values
        name = self._names[resource]
        found = self._provider(resource)
        secret = None
        if found.secret:
            known = found.details.get(found.secret, "")
            secret = self._secret(name, found.secret, found.name, known)
        call = found.call(construct_id=name, pool=self._pool_of(resource), secret=secret)
        if call is None:
            return None
        return self._new(
            resource,
            call.function,
            tuple(call.arguments),
            import_id=f"{values['user_pool_id']}:{values['provider_name']}",
            overrides=tuple(found.overrides(secret)),
        )

    def _provider(self, resource: Resource) -> Provider:
        values = resource.body.values
        pool = self._pools[str(values["user_pool_id"])]
        return Provider(values, pool.body.values)

    def _new(
        self,
        resource: Resource,
        function: str,
        arguments: Sequence[Argument],
        *,
        import_id: str,
        overrides: Sequence[Override] = (),
    ) -> Part:
        name = self._names[resource]
        is_moved = self._keeps_state and resource.address != f"{resource.type}.{name}"
        return Part(
            resource=resource,
            variable=self._variables[resource],
            construct_id=name,
            call=Call(function, (Code("stack"), name), arguments),
            import_id="" if self._keeps_state else import_id,
            moved_from=resource.address if is_moved else "",
            overrides=overrides,
        )


def _by_address(resource: Resource) -> tuple[int, list[str | int]]:
    return COVERED.index(resource.type), natural(resource.address)


def _by_pool_arn(configuration: Configuration) -> Mapping[tuple[str, str, str], list[Resource]]:
    """Return the permissions as the construct writes them, by pool, function and qualifier."""
    found: dict[tuple[str, str, str], list[Resource]] = {}
    for one in configuration.of_type(types.LAMBDA_PERMISSION):
        values = one.body.values
        if any(values.get(name) for name in _NOT_USUAL) or any(
            values.get(name, usual) != usual for name, usual in _USUAL.items()
        ):
            continue
        function, qualifier = function_and_qualifier(str(values.get("function_name") or ""))
        key = (
            str(values.get("source_arn")),
            function,
            str(values.get("qualifier") or qualifier),
        )
        found.setdefault(key, []).append(one)
    return found


def _named(
    resources: Iterable[Resource], kind: str, argument: str, value: object
) -> Resource | None:
    return next(
        (one for one in resources if one.type == kind and one.body.values.get(argument) == value),
        None,
    )


_MAKERS: Mapping[str, Callable[[Builder, Resource], Part | None]] = {
    types.USER_POOL: Builder.user_pool,
    types.RESOURCE_SERVER: Builder.resource_server,
    types.IDENTITY_PROVIDER: Builder.identity_provider,
    types.USER_POOL_CLIENT: Builder.client,
    types.USER_POOL_DOMAIN: Builder.domain,
    types.USER_GROUP: Builder.group,
    types.USER: Builder.user,
    types.USER_IN_GROUP: Builder.membership,
    types.RISK_CONFIGURATION: Builder.risk_configuration,
    types.USER_POOL_UI_CUSTOMIZATION: Builder.classic_pages,
    types.MANAGED_LOGIN_BRANDING: Builder.branding,
    types.LOG_DELIVERY_CONFIGURATION: Builder.log_delivery,
    types.IDENTITY_POOL: Builder.identity_pool,
    types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG: Builder.principal_tag,
}

COVERED = tuple(_MAKERS)
"""The types that become constructs, in the order of the program."""


def _default_tags(pools: Iterable[Resource]) -> Mapping[str, str]:
    """Return the tags that all pools have from their provider, in addition to their own.

    A tag of a pool replaces a default tag with the same name.
    """
    tags = [(_tags(pool, "tags"), _tags(pool, "tags_all")) for pool in pools]
    found: dict[str, str] = {}
    for own, every in tags:
        found |= {name: value for name, value in every.items() if own.get(name) != value}
    return found if all({**found, **own} == every for own, every in tags) else {}


def _tags(pool: Resource, argument: str) -> Mapping[str, str]:
    found = pool.body.values.get(argument)
    items = found.items() if isinstance(found, Mapping) else ()
    return {str(name): str(value) for name, value in items}


def _required_attributes(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(one["name"])
        for one in blocks(values, "schema")
        if one.get("required") and one["name"] in tuple(StandardAttributeName)
    )


def _custom_attributes(values: Mapping[str, Any]) -> tuple[str, ...]:
    standard = tuple(StandardAttributeName)
    return tuple(
        f"custom:{one['name']}" for one in blocks(values, "schema") if one["name"] not in standard
    )
