"""The names and attributes that users sign in with; Cognito never lets them be changed."""

from constructs_auth.facts.resource_types import USER, USER_POOL
from constructs_auth.facts.words import ALIAS_FORMS, AliasAttribute, ContactAttribute
from constructs_auth.rules.ask import each_of, either, has_unique_name, is_flag, user_pool_of
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    separately,
    surely,
)
from constructs_auth.rules.users_of_pool import has_no_own_users
from constructs_auth.terraform.block import Block, KnownTexts
from constructs_auth.terraform.resource import Resource

_PREFERRED = AliasAttribute.PREFERRED_USERNAME
_CONFIG = "username_configuration"


def _one_kind(pool: Resource, _context: Context) -> Answers:
    if all_of(
        lambda: bool(pool.body.texts("alias_attributes")),
        lambda: bool(pool.body.texts("username_attributes")),
    ):
        yield Violation(
            text="must not be set where alias_attributes is set, got both",
            at="username_attributes",
        )


def _known_attributes(pool: Resource, _context: Context) -> Answers:
    yield from each_of(pool.body, "alias_attributes", tuple(AliasAttribute))
    yield from each_of(pool.body, "username_attributes", tuple(ContactAttribute))


def _optional_alias(pool: Resource, _context: Context) -> Answers:
    aliases = pool.body.given.texts("alias_attributes")
    if surely(lambda: _PREFERRED not in aliases):
        return
    attributes = pool.body.blocks("schema")
    yield from separately(*(_optional_if_alias(one, aliases) for one in attributes))


def _optional_if_alias(attribute: Block, aliases: KnownTexts) -> Answers:
    if all_of(
        lambda: attribute.text("name") == _PREFERRED,
        lambda: attribute.flag("required") is True,
        lambda: _PREFERRED in aliases,
    ):
        yield Violation(
            text="must be false where preferred_username is an alias, got true",
            at=f"{attribute.path}required",
        )


def _name_is_no_alias(user: Resource, context: Context) -> Answers:
    name = user.body.text("username")
    if name is None:
        return
    for alias, form in ALIAS_FORMS.items():
        if form.fullmatch(name) and alias in user_pool_of(user, context).body.given.texts(
            "alias_attributes"
        ):
            yield Violation(
                text=f"must not have the form of {alias.value}, which is an alias in the pool, "
                f"got {name!r}",
                at="username",
            )


def _unique_name(user: Resource, context: Context) -> Answers:
    return has_unique_name(user, context, "username")


def _case_insensitive(pool: Resource, context: Context) -> Answers:
    if has_no_own_users(pool, context):
        return
    config = pool.body.block(_CONFIG)
    if config is None:
        yield Violation(text="must have case_sensitive = false, got null", at=_CONFIG)
    else:
        yield from is_flag(config, "case_sensitive", wanted=False, default=True)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVA02",
        slug="aliases-or-username-attributes",
        title="Users must sign in by aliases or by username attributes, not both",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito has either user names with aliases, or no user names. It refuses both at "
        "once.",
        remedy="remove alias_attributes or username_attributes; neither can be changed later",
        source="AWS provider 5.100.0, alias_attributes, ConflictsWith; «Only one of the "
        "aliasAttributes or usernameAttributes can be set in a User pool», "
        "badmintoncryer/cdk-preflight, pf-cognito-alias-username-exclusive",
        check=_one_kind,
    ),
    Rule(
        id="CVA03",
        slug="known-sign-in-attributes",
        title="Sign-in attributes must be ones that Cognito supports",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Cognito refuses the pool at apply.",
        remedy=f"write {either(tuple(AliasAttribute))} as an alias; only the first two as a "
        "username attribute",
        source="API, AliasAttributeType and UsernameAttributeType",
        check=_known_attributes,
    ),
    Rule(
        id="CVA04",
        slug="alias-not-required",
        title="preferred_username must not be both required and an alias",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER_POOL,
        why="Users can set an alias only after they are confirmed, so nobody could sign up.",
        remedy="remove required from the schema of preferred_username, or remove it from "
        "alias_attributes",
        python_remedy="leave AliasAttribute.PREFERRED_USERNAME out of alias_attributes, or "
        "required=True out of "
        "its StandardAttribute",
        source="developer guide, «Working with user attributes»",
        check=_optional_alias,
    ),
    Rule(
        id="CVA15",
        slug="username-unlike-an-alias",
        title="A user name must not look like an alias of the pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER,
        why="Cognito refuses the user: «Username cannot be of email format, since user pool is "
        "configured for email alias».",
        remedy="choose a name that is not an address, and set the address in attributes",
        python_remedy="choose another username, such as 'root', and set attributes={'email': …} or "
        "{'phone_number': …} to the address",
        source="«Username cannot be of email format, since user pool is configured for email "
        "alias», AdminCreateUser; developer guide, «Customizing sign-in attributes»",
        check=_name_is_no_alias,
    ),
    Rule(
        id="CVA16",
        slug="unique-usernames",
        title="The name of a user must be unique in its pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=USER,
        why="Cognito refuses the second user at apply: UsernameExistsException.",
        remedy="choose another name, or remove one of the two",
        python_remedy="choose another username, or remove one of the two",
        source="API, AdminCreateUser, UsernameExistsException",
        check=_unique_name,
    ),
    Rule(
        id="CG116",
        slug="case-insensitive-usernames",
        title="User names must be case-insensitive",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER_POOL,
        why="Ann@example.com and ann@example.com would be two users. One person is locked out, or "
        "an application that ignores case confuses the two.",
        remedy="set username_configuration { case_sensitive = false } on a new pool; on an "
        "existing one accept this finding, since a change replaces the pool and deletes all users",
        python_remedy="leave case_sensitive out on a new pool; on an existing one accept this "
        "finding, "
        "since a change replaces the pool and deletes all users",
        source="API, UsernameConfigurationType.CaseSensitive; developer guide, «User pool case "
        "sensitivity»",
        check=_case_insensitive,
    ),
)
