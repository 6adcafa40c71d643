"""Whether users can change by themselves what others trust."""

from constructs_auth.rules._client import (
    CLIENT,
    is_machine,
    listed,
    undecided_at,
)
from constructs_auth.rules._pool import (
    pool_of,
)
from constructs_auth.rules._privilege import looks_privileged
from constructs_auth.rules._schema import READ_ONLY, declared_attributes
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.rules.validity.client_providers import providers_of
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_WRITE = "write_attributes"
_EMPTY = Unknown("an empty list: Cognito's default")


def _cannot_write(client: Resource, context: Context) -> Answers:
    machine = is_machine(client)
    if machine is True:
        return
    attributes = listed(client.body, _WRITE)
    unknown = attributes.unknown or (None if attributes.known else _EMPTY)
    trusted = [name for name in attributes.known if looks_privileged(name) or name in READ_ONLY]
    if trusted:
        filled = _filled_by_providers(client, context)
        trusted = [
            name for name in trusted if name not in filled and not _is_fixed(client, context, name)
        ]
    if trusted and isinstance(machine, Unknown):
        yield undecided_at(_WRITE, machine)
    elif trusted:
        yield Violation(text=f"must not hold {', '.join(trusted)}", at=_WRITE)
    elif unknown is not None:
        yield undecided_at(_WRITE, unknown)


def _filled_by_providers(client: Resource, context: Context) -> frozenset[str]:
    """Name what a provider of the client fills: it must be writable, and CG304 speaks of it."""
    found: set[str] = set()
    for _, provider in providers_of(client, context):
        if isinstance(provider, Resource):
            mapping = provider.body.peek_entries("attribute_mapping")
            found.update(() if isinstance(mapping, Unknown) else mapping)
    return frozenset(found)


def _is_fixed(client: Resource, context: Context, name: str) -> bool:
    """Say whether administrators alone ever write *name*: at sign-up, which is theirs, or never."""
    pool = pool_of(client, context)
    if isinstance(pool, Unknown):
        return False
    declared = declared_attributes(pool)
    if isinstance(declared, Unknown) or name not in declared:
        return False
    if declared[name].mutable is not False:
        return False
    sign_up = pool.body.peek_block("admin_create_user_config")
    if sign_up is None or isinstance(sign_up, Unknown):
        return False
    return sign_up.peek_flag("allow_admin_create_user_only") is True


CANNOT_WRITE = Rule(
    id="CG212",
    title="Users cannot write attributes that say what they may do",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="A user's own access token changes every attribute that the client may write: whoever "
    "writes custom:role is what he likes. Judged by words in the name such as role, admin, "
    "tenant, group, plan and permission, and by email_verified and phone_number_verified. "
    "Left alone is what an identity provider of the client fills, which must be writable, and "
    "what cannot change where administrators alone make users.",
    remedy="set write_attributes without them; write them with AdminUpdateUserAttributes. If a "
    "name only sounds so, accept the finding with a reason",
    source="API, CreateUserPoolClient, WriteAttributes; developer guide, «Attribute permissions "
    "and scopes»",
    check=_cannot_write,
)
