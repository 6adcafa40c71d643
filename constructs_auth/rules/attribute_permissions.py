"""Which attributes a client reads and writes: those that it needs, and no others."""

import re
from functools import lru_cache, partial

from constructs_auth.facts.words import FILLED_BY_COGNITO
from constructs_auth.rules.ask import (
    each_text,
    user_pool_of,
)
from constructs_auth.rules.attributes import (
    DECLARE_OR_RENAME,
    READ_ONLY,
    STANDARD,
    declared_attributes,
    declared_in_pool,
    is_own_name,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    surely,
)
from constructs_auth.rules.user_pool_client import (
    CLIENT,
    each_provider,
    if_it_has_users,
    is_machine,
)
from constructs_auth.terraform.resource import Resource

_READ, _WRITE = "read_attributes", "write_attributes"
_BY_COGNITO = READ_ONLY | {"identities", "sub"}
_NEVER_WRITABLE = READ_ONLY | {"sub"}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PRIVILEGED = frozenset(
    {
        "acl",
        "admin",
        "entitlement",
        "entitlements",
        "group",
        "groups",
        "permission",
        "permissions",
        "plan",
        "privilege",
        "privileges",
        "role",
        "roles",
        "tenant",
        "tenantid",
        "tenants",
    }
)


@lru_cache(maxsize=1024)
def looks_privileged(attribute: str) -> bool:
    """Return whether *attribute* is a custom one whose name has a word such as `role`.

    Only whole words count: `custom:plan` and `custom:isAdmin` match, `custom:planet` and
    `custom:department` do not.
    """
    if not attribute.startswith("custom:"):
        return False
    words = _WORD.findall(attribute.removeprefix("custom:"))
    return any(word.lower() in _PRIVILEGED for word in words)


def _exist(client: Resource, context: Context) -> Answers:
    def is_there(name: str, attribute: str) -> Answers:
        if is_own_name(attribute):
            if attribute not in declared_in_pool(client, context):
                yield Violation(
                    text=f"must be in the schema of the pool, got {attribute!r}", at=name
                )
        elif attribute not in STANDARD | _BY_COGNITO:
            yield Violation(
                text="must be attributes of the pool, custom ones as custom:<name>, got "
                f"{attribute!r}",
                at=name,
            )

    for name in (_READ, _WRITE):
        yield from each_text(client.body.given.texts(name), partial(is_there, name))


def _writable(client: Resource, _context: Context) -> Answers:
    def is_writable(attribute: str) -> Answers:
        if attribute in _NEVER_WRITABLE:
            yield Violation(
                text=f"must not contain {attribute}, which no client can write", at=_WRITE
            )

    return each_text(client.body.given.texts(_WRITE), is_writable)


def _hold_required(client: Resource, context: Context) -> Answers:
    attributes = client.body.texts(_WRITE)
    if not attributes.known:
        return
    for attribute, details in declared_in_pool(client, context).items():
        if details.required is True and attribute not in attributes:
            yield Violation(text=f"must contain {attribute}, which the pool requires", at=_WRITE)


def _hold_mapped(client: Resource, context: Context) -> Answers:
    attributes = client.body.given.texts(_WRITE)
    if surely(lambda: not attributes.all()):
        return

    def holds(name: str, provider: Resource | None) -> Answers:
        mapping = {} if provider is None else provider.body.given.entries("attribute_mapping")
        missing = [
            attribute
            for attribute in mapping
            if attribute not in FILLED_BY_COGNITO and attribute not in attributes.known
        ]
        if missing and attributes.all():
            yield Violation(
                text=f"must contain {', '.join(missing)}, which {name} maps",
                at=_WRITE,
            )

    yield from if_it_has_users(client, each_provider(client, context, holds))


def _cannot_write(client: Resource, context: Context) -> Answers:
    if surely(lambda: is_machine(client)):
        return
    attributes = client.body.texts(_WRITE)
    trusted = writable_privileges(client, context)
    if trusted:
        if not is_machine(client):
            yield Violation(text=f"must not contain {', '.join(trusted)}", at=_WRITE)
    elif not attributes.all():
        yield Undecided(why="the list is empty, so Cognito's default applies", at=_WRITE)


def writable_privileges(client: Resource, context: Context) -> tuple[str, ...]:
    """Return the attributes that users of *client* can write and that may define permissions.

    It leaves out attributes that an identity provider of the client maps, and those that only
    administrators write.
    """
    attributes = client.body.texts(_WRITE).known
    trusted = [name for name in attributes if looks_privileged(name) or name in READ_ONLY]
    filled = _filled_by_providers(client, context) if trusted else frozenset[str]()
    return tuple(
        name
        for name in trusted
        if name not in filled and not surely(partial(_is_fixed, client, context, name))
    )


def _filled_by_providers(client: Resource, context: Context) -> frozenset[str]:
    """Return the attributes that the client's providers map; CG304 covers them."""
    filled: set[str] = set()

    def add(_name: str, provider: Resource | None) -> Answers:
        if provider is not None:
            filled.update(provider.body.given.entries("attribute_mapping"))
        yield from ()

    for _ in each_provider(client, context, add):
        pass
    return frozenset(filled)


def _is_fixed(client: Resource, context: Context, name: str) -> bool:
    """Return whether users can never write *name*: only administrators can, at sign-up."""
    pool = user_pool_of(client, context)
    declared = declared_attributes(pool)
    if name not in declared or declared[name].mutable is not False:
        return False
    sign_up = pool.body.block("admin_create_user_config")
    return sign_up is not None and sign_up.flag("allow_admin_create_user_only") is True


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH25B",
        slug="client-attributes-exist",
        title="A client must only read and write attributes that the pool has",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply. A custom attribute must be in the schema; its "
        "name has the prefix custom: here, but not in the schema.",
        remedy=DECLARE_OR_RENAME,
        source="«Invalid read attributes specified while creating a client», "
        "badmintoncryer/cdk-preflight, pf-cognito-read-attributes-exists; «Invalid "
        "write attributes specified while creating a client», aws/aws-cdk #20760",
        check=_exist,
    ),
    Rule(
        id="CVH25D",
        slug="writes-only-writable-attributes",
        title="A client must not write attributes that only Cognito and administrators write",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="remove email_verified, phone_number_verified and sub from write_attributes; "
        "read_attributes may have them",
        source="«Invalid write attributes specified while creating a client», "
        "badmintoncryer/cdk-preflight, pf-cognito-write-attributes-immutable",
        check=_writable,
    ),
    Rule(
        id="CVH25C",
        slug="writes-required-attributes",
        title="A client must be able to write the attributes that the pool requires",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: users could not sign up through it.",
        remedy="add the attribute to write_attributes",
        source="«Invalid write attributes specified while creating a client», aws/aws-cdk "
        "#2608; developer guide, «Working with user attributes»: all clients can write "
        "required attributes",
        check=_hold_required,
    ),
    Rule(
        id="CVH25",
        slug="writes-mapped-attributes",
        title="A client must be able to write the attributes that its providers map",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Cognito writes mapped attributes at each sign-in with the client's permissions. AWS "
        "documents that it cannot update them without the permission.",
        remedy="add the attribute to write_attributes, or remove it from attribute_mapping",
        source="API, CreateUserPoolClient.WriteAttributes",
        check=_hold_mapped,
    ),
    Rule(
        id="CG212",
        slug="no-writable-privileges",
        title="Users must not be able to write attributes that decide what they may do",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="A user's own access token can change every attribute that the client may write, such "
        "as custom:role. The rule looks for words in the name such as role, admin, tenant, group, "
        "plan and permission, and for email_verified and phone_number_verified. It skips "
        "attributes that an identity provider of the client maps, since these must be writable. It "
        "also skips immutable ones if only administrators create users.",
        remedy="remove them from write_attributes; write them with AdminUpdateUserAttributes. If "
        "only the name sounds like it, accept the finding with a reason",
        source="API, CreateUserPoolClient.WriteAttributes; developer guide, «Attribute "
        "permissions and scopes»",
        check=_cannot_write,
    ),
)
