"""The parts of a program for all that a state holds of Cognito."""

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from constructs_auth.adopt import members, user_pool, user_pool_client
from constructs_auth.adopt.parts import Override, Part, block, blocks, free_name, texts
from constructs_auth.adopt.python import Argument, Call, Code, Expression
from constructs_auth.errors import UnreadableError
from constructs_auth.facts import resource_types as types
from constructs_auth.facts.import_ids import function_and_qualifier
from constructs_auth.facts.words import StandardAttributeName
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import is_marked, secrets_in

COVERED = (
    types.USER_POOL,
    types.RESOURCE_SERVER,
    types.IDENTITY_PROVIDER,
    types.USER_POOL_CLIENT,
    types.USER_POOL_DOMAIN,
    types.USER_GROUP,
)
"""The types that become constructs, in the order of the program."""

_RESERVED = frozenset({"app", "define", "stack", "timedelta"})
"""The names that the program uses itself."""

_NOT_WRITTEN = frozenset({"client_secret", "generate_secret"})
_VARIABLES = frozenset({"client_secret", "external_id", "private_key"})
"""The secrets that become variables of the program."""

_NAME = re.compile(r"[a-z_A-Z][\w-]*", re.ASCII)
_ARN = re.compile(r"arn:[^:]+:cognito-idp:(?P<region>[^:]+):\d+:userpool/.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A sensitive variable of the program.

    Attributes:
        name: The name of the Terraform variable.
        variable: The name of the Python variable.
        description: Whose secret it is.
        known: The secret in the state, for the proof; empty if the state does not have it.
    """

    name: str
    variable: str
    description: str
    known: str = field(default="", repr=False)

    @property
    def value(self) -> Code:
        """The value, as other constructs take it."""
        return Code(f"{self.variable}.string_value", ("Variable",))


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """All parts of a program.

    Attributes:
        region: The region of the pools.
        default_tags: The tags that the provider gives to every resource.
        parts: The constructs, each after those that it refers to.
        secrets: The variables that hold secrets.
        left: The resources of Cognito that no construct covers yet.
        permissions: The permissions of triggers, by their address in the program.
    """

    region: str
    default_tags: Mapping[str, str]
    parts: Sequence[Part]
    secrets: Sequence[Secret]
    left: Sequence[Resource]
    permissions: Mapping[str, Resource]


def read_system(configuration: Configuration, *, file: str, pool: str = "") -> System:
    """Turn the resources of a state into the parts of a program.

    Args:
        configuration: The state.
        file: Its name in errors.
        pool: The id of the only pool to adopt; by default all pools.

    Raises:
        UnreadableError: The state holds no pool, or not the one that was asked for, or pools of
            several regions, or a secret that the program would contain.
        Exception: A value has another type than the provider reads.
    """
    pools = [
        one
        for one in configuration.of_type(types.USER_POOL)
        if not pool or one.body.values.get("id") == pool
    ]
    if not pools:
        asked = f"must contain the user pool {pool}" if pool else "must contain a user pool"
        raise UnreadableError(file, asked, remedy="give the state that manages the pool")
    regions = sorted({_region(one, file) for one in pools})
    if len(regions) > 1:
        raise UnreadableError(
            file,
            f"must contain pools of one region, got {', '.join(regions)}",
            remedy="name one pool with --user-pool-id",
        )
    ids = {str(one.body.values.get("id")) for one in pools}
    wanted = [
        one
        for kind in COVERED
        for one in configuration.of_type(kind)
        if one in pools or one.body.values.get("user_pool_id") in ids
    ]
    for one in wanted:
        _refuse_secrets(one, file)
    return _Builder(configuration, wanted, regions[0], ids).system()


def _refuse_secrets(resource: Resource, file: str) -> None:
    """Refuse a secret that the program would contain: what Terraform marks, or what is by name."""
    found = []
    for name, value in resource.body.values.items():
        kept, marks = _without_variables(name, value), resource.body.sensitive.get(name)
        if name not in _NOT_WRITTEN and (
            (name != "provider_details" and is_marked(marks))
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


def _without_variables(name: str, value: object) -> object:
    """Return *value* without the secrets that become variables."""
    if name == "provider_details" and isinstance(value, Mapping):
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
            f"{pool.address} must have the ARN of a user pool",
            remedy="give the state after an apply",
        )
    return found["region"]


class _Builder:
    """Names the resources of a state, and makes a part of each."""

    def __init__(
        self, configuration: Configuration, wanted: Sequence[Resource], region: str, ids: set[str]
    ) -> None:
        self._configuration = configuration
        self._wanted = wanted
        self._region = region
        self._ids = ids
        self._names: dict[Resource, str] = dict(_ids_of(wanted))
        self._taken_ids = set(self._names.values())
        self._taken_variables: set[str] = set()
        self._variables = {
            one: _free(
                _identifier(name),
                one.type.removeprefix(types.COGNITO_PREFIX),
                self._taken_variables,
            )
            for one, name in self._names.items()
        }
        self._pools = {
            str(one.body.values["id"]): one for one in wanted if one.type == types.USER_POOL
        }
        self._secrets: list[Secret] = []
        self._permissions: dict[str, Resource] = {}
        self._left: list[Resource] = []
        self._beside_pool: dict[Resource, user_pool_client.Beside] = {}

    def system(self) -> System:
        wanted = set(self._wanted)
        parts = [part for one in self._wanted if (part := self._part(one)) is not None]
        left = [
            one
            for one in self._configuration.resources
            if one.type.startswith(types.COGNITO_PREFIX)
            and one not in wanted
            and one.body.values.get("user_pool_id", one.body.values.get("id")) in self._ids
        ]
        return System(
            region=self._region,
            default_tags=_default_tags(self._pools.values()),
            parts=parts,
            secrets=tuple(self._secrets),
            left=(*left, *self._left),
            permissions=self._permissions,
        )

    def _part(self, resource: Resource) -> Part | None:
        values = resource.body.values
        name = self._names[resource]
        if resource.type == types.USER_POOL:
            return self._pool(resource, values, name)
        pool = self._pools[str(values["user_pool_id"])]
        given = Code(self._variables[pool])
        pool_id = str(values["user_pool_id"])
        match resource.type:
            case types.USER_POOL_CLIENT:
                found = user_pool_client.arguments(
                    values,
                    construct_id=name,
                    pool=given,
                    beside=self._beside(pool),
                )
                return self._new(
                    resource,
                    "UserPoolClient",
                    tuple(found),
                    import_id=f"{pool_id}/{values['id']}",
                    overrides=tuple(user_pool_client.overrides(values)),
                )
            case types.USER_POOL_DOMAIN:
                return self._new(
                    resource,
                    "UserPoolDomain",
                    tuple(members.domain(values, pool=given)),
                    import_id=str(values["domain"]),
                )
            case types.RESOURCE_SERVER:
                found = members.resource_server(values, construct_id=name, pool=given)
                return self._new(
                    resource,
                    "ResourceServer",
                    tuple(found),
                    import_id=f"{pool_id}|{values['identifier']}",
                )
            case types.USER_GROUP:
                found = members.user_group(values, construct_id=name, pool=given)
                return self._new(
                    resource, "UserGroup", tuple(found), import_id=f"{pool_id}/{values['name']}"
                )
            case _:
                return self._provider(resource, values, name, given)

    def _pool(self, resource: Resource, values: Mapping[str, Any], name: str) -> Part:
        known = str(block(values, "sms_configuration").get("external_id") or "")
        owner = f"the role that sends SMS for {values['name']}"
        external_id = self._secret(name, "external_id", owner, known) if known else ""
        nested: dict[str, str] = {}
        permitted: list[str] = []
        for trigger, function in user_pool.triggers_of(values).items():
            permission = self._permission(str(values["arn"]), function)
            if permission is not None:
                permitted.append(trigger)
                address = f"{types.LAMBDA_PERMISSION}.{name}_{trigger}"
                self._permissions[address] = permission
                body = permission.body.values
                function_name = str(body["function_name"])
                qualifier = f":{body['qualifier']}" if body.get("qualifier") else ""
                nested[address] = f"{function_name}{qualifier}/{body['statement_id']}"
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
        return replace(part, nested=nested)

    def _beside(self, pool: Resource) -> user_pool_client.Beside:
        """Return what a client of *pool* can refer to, for all of them once.

        The clients come after the identity providers.
        """
        if pool in self._beside_pool:
            return self._beside_pool[pool]
        pool_id = pool.body.values["id"]
        members_of = [one for one in self._wanted if one.body.values.get("user_pool_id") == pool_id]
        factors = texts(block(pool.body.values, "sign_in_policy"), "allowed_first_auth_factors")
        self._beside_pool[pool] = found = user_pool_client.Beside(
            custom_attributes=_custom_attributes(pool.body.values),
            is_passwordless=any(factor != "PASSWORD" for factor in factors),
            providers={
                str(one.body.values["provider_name"]): Code(self._variables[one])
                for one in members_of
                if one.type == types.IDENTITY_PROVIDER and one not in self._left
            },
            servers={
                str(one.body.values["identifier"]): self._variables[one]
                for one in members_of
                if one.type == types.RESOURCE_SERVER
            },
        )
        return found

    def _secret(self, name: str, argument: str, owner: str, known: str) -> Code:
        """Return the value of a new sensitive variable."""
        plain = re.sub(r"[^a-z0-9]+", "_", f"{_identifier(name)}_{argument}").strip("_")
        new = Secret(
            name=_free(plain, "secret", self._taken_ids),
            variable=_free(_identifier(plain), "secret", self._taken_variables),
            description=f"The {argument.replace('_', ' ')} of {owner}",
            known=known,
        )
        self._secrets.append(new)
        return new.value

    def _permission(self, pool_arn: str, function: str) -> Resource | None:
        wanted = function_and_qualifier(function)
        taken = set(self._permissions.values())
        for one in self._configuration.of_type(types.LAMBDA_PERMISSION):
            values = one.body.values
            named = str(values.get("function_name") or "")
            name, qualifier = function_and_qualifier(named)
            same = wanted == (name, str(values.get("qualifier") or qualifier))
            if values.get("source_arn") == pool_arn and same and one not in taken:
                return one
        return None

    def _provider(
        self, resource: Resource, values: Mapping[str, Any], name: str, pool: Expression
    ) -> Part | None:
        needed = members.needs_secret(values)
        secret: Expression = None
        if needed:
            details = values.get("provider_details") or {}
            owner = str(values["provider_name"])
            secret = self._secret(name, needed, owner, str(details.get(needed) or ""))
        call = members.identity_provider(values, construct_id=name, pool=pool, secret=secret)
        if call is None:
            self._left.append(resource)
            return None
        return self._new(
            resource,
            call.function,
            tuple(call.arguments),
            import_id=f"{values['user_pool_id']}:{values['provider_name']}",
            overrides=tuple(members.provider_overrides(values)),
        )

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
        return Part(
            resource=resource,
            variable=self._variables[resource],
            construct_id=name,
            call=Call(function, (Code("stack"), name), arguments),
            import_id=import_id,
            overrides=overrides,
        )


def _free(name: str, kind: str, taken: set[str]) -> str:
    """Return *name*, or one with its *kind* if it is taken."""
    return free_name(f"{name}_{kind}" if name in taken else name, taken)


def _ids_of(resources: Sequence[Resource]) -> Iterator[tuple[Resource, str]]:
    """Give each resource an id: its name in Terraform, with the key of an instance."""
    taken: set[str] = set()
    for one in resources:
        name = one.static_address.rpartition(".")[2]
        if one.key is not None:
            name = f"{name}_{re.sub(r'[^0-9A-Za-z]+', '_', one.key).strip('_')}".rstrip("_")
        if not _NAME.fullmatch(name):
            name = f"r_{re.sub(r'[^0-9A-Za-z_]+', '_', name)}"
        # One id for each construct of the stack, whatever its type.
        yield one, _free(name, one.type.removeprefix(types.COGNITO_PREFIX), taken)


def _default_tags(pools: Iterable[Resource]) -> Mapping[str, str]:
    """Return the tags that all pools have from their provider, beside their own."""
    found = []
    for pool in pools:
        own, every = _tags(pool, "tags"), _tags(pool, "tags_all")
        found.append({name: value for name, value in every.items() if own.get(name) != value})
    return found[0] if found and all(one == found[0] for one in found) else {}


def _tags(pool: Resource, argument: str) -> Mapping[str, str]:
    found = pool.body.values.get(argument)
    items = found.items() if isinstance(found, Mapping) else ()
    return {str(name): str(value) for name, value in items}


def _identifier(name: str) -> str:
    """Return a name for a Python variable."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("-", "_")).lower()
    is_reserved = keyword.iskeyword(snake) or snake in _RESERVED or hasattr(builtins, snake)
    return f"{snake}_" if is_reserved else snake


def _custom_attributes(values: Mapping[str, Any]) -> tuple[str, ...]:
    standard = tuple(StandardAttributeName)
    return tuple(
        f"custom:{one['name']}" for one in blocks(values, "schema") if one["name"] not in standard
    )
