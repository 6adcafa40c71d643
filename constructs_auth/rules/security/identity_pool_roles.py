"""Which roles an identity pool hands out, and to whom."""

import json
from collections.abc import Iterator, Mapping

from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._identity_pool import ROLE, ROLES, is_handed_out, roles_handed_out
from constructs_auth.rules.ask import is_text
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SERVICE = "cognito-identity.amazonaws.com"
_POLICY, _MAPPING = "assume_role_policy", "role_mapping"
_ADMINISTRATORS = ("/AdministratorAccess", "/PowerUserAccess", "/IAMFullAccess")
_ATTACHMENT = "aws_iam_role_policy_attachment"


def _of_one_pool(role: Resource, context: Context) -> Answers:
    return _conditioned(role, context, "aud", "the identity pool")


def _of_one_kind_of_user(role: Resource, context: Context) -> Answers:
    return _conditioned(role, context, "amr", "signed-in users")


def _conditioned(role: Resource, context: Context, key: str, whom: str) -> Answers:
    statements = _trusts(role)
    if isinstance(statements, Unknown):
        if is_handed_out(role, context.configuration):
            yield undecided_at(_POLICY, statements)
        return
    wanted = f"{_SERVICE}:{key}"
    for statement in statements:
        conditions = statement.get("Condition")
        tests = conditions.values() if isinstance(conditions, Mapping) else ()
        if not any(isinstance(test, Mapping) and wanted in test for test in tests):
            yield Violation(text=f"must trust {whom} alone by a condition on {wanted}", at=_POLICY)


def _trusts(role: Resource) -> list[Mapping[str, object]] | Unknown:
    """Give the statements that trust Cognito's identity pools.

    What Terraform fills in is left as it stands: it is inside of the texts of the policy.
    """
    value = role.body.peek(_POLICY)
    raw = role.body.values.get(_POLICY)
    try:
        policy = json.loads(raw) if isinstance(raw, str) else None
    except ValueError:
        policy = None
    if not isinstance(policy, Mapping):
        return value if isinstance(value, Unknown) else []
    statements = policy.get("Statement")
    found = statements if isinstance(statements, list) else [statements]
    return [one for one in found if isinstance(one, Mapping) and _is_trust(one)]


def _is_trust(statement: Mapping[str, object]) -> bool:
    principal = statement.get("Principal")
    federated = principal.get("Federated") if isinstance(principal, Mapping) else None
    names = federated if isinstance(federated, list) else [federated]
    return statement.get("Effect") == "Allow" and _SERVICE in names


def _deny_if_ambiguous(roles: Resource, _context: Context) -> Answers:
    mappings = roles.body.peek_blocks(_MAPPING)
    if isinstance(mappings, Unknown):
        yield undecided_at(_MAPPING, mappings)
        return
    for mapping in mappings:
        yield from is_text(mapping, "ambiguous_role_resolution", "Deny")


def _no_administrators(roles: Resource, context: Context) -> Answers:
    for role in roles_handed_out(roles, context.configuration):
        for arn in _policies(role, context):
            if isinstance(arn, Unknown):
                yield undecided_at("roles", arn)
            elif arn.endswith(_ADMINISTRATORS):
                yield Violation(
                    text=f"must not hand out {role.address}, which has {arn}", at="roles"
                )


def _policies(role: Resource, context: Context) -> Iterator[str | Unknown]:
    attached = context.configuration.members(role, _ATTACHMENT, "role", by="name")
    arns = [attachment.body.peek_text("policy_arn") for attachment in attached.resources]
    own = role.body.peek_texts("managed_policy_arns")
    for arn in (*arns, *(() if isinstance(own, Unknown) else own)):
        # A policy that the same configuration makes is no policy of AWS.
        if isinstance(arn, str):
            yield arn
    if not attached.complete:
        yield Unknown("which policies roles have is not known")


def _no_guests(roles: Resource, _context: Context) -> Answers:
    given = roles.body.peek_entries("roles")
    if isinstance(given, Unknown):
        yield undecided_at("roles", given)
    elif "unauthenticated" in given:
        yield Violation(text="must have no role for unauthenticated", at="roles")


ROLE_OF_ONE_POOL = Rule(
    id="CG504",
    title="A role for an identity pool trusts that pool alone",
    family=Family.SECURITY,
    severity=Severity.CRITICAL,
    resource_type=ROLE,
    why="Without the condition, users of every identity pool of every AWS account can take the "
    "role: anybody makes a pool and is in.",
    remedy='add Condition { StringEquals { "cognito-identity.amazonaws.com:aud" = <the id of the '
    "identity pool> } } to assume_role_policy",
    source="developer guide, «IAM roles», trust policies",
    check=_of_one_pool,
)

ROLE_OF_ONE_KIND = Rule(
    id="CG504B",
    title="A role for an identity pool says for which users it is",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=ROLE,
    why="Without the condition, guests of the pool can take the role of signed-in users.",
    remedy='add Condition { "ForAnyValue:StringLike" { "cognito-identity.amazonaws.com:amr" = '
    '"authenticated" } } to assume_role_policy',
    source="developer guide, «IAM roles», trust policies",
    check=_of_one_kind_of_user,
)

DENY_IF_AMBIGUOUS = Rule(
    id="CG505",
    title="A user without a clear role gets none",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=ROLES,
    why="With AuthenticatedRole, whoever is in no group, or matches no rule, gets the default "
    "role.",
    remedy='set ambiguous_role_resolution = "Deny"',
    source="cognito-identity API, AmbiguousRoleResolutionType",
    check=_deny_if_ambiguous,
)

NO_ADMINISTRATORS = Rule(
    id="CG505B",
    title="No user of an identity pool is an administrator of the account",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=ROLES,
    why="Every user who signs in holds credentials that may do anything in the AWS account.",
    remedy="attach a policy of what these users need",
    source="developer guide, «IAM roles», least privilege",
    check=_no_administrators,
)

NO_ROLE_FOR_GUESTS = Rule(
    id="CG506",
    title="There is no role for guests",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=ROLES,
    why="Once somebody allows guests, everybody on the internet has this role.",
    remedy="take unauthenticated out of roles",
    source="cognito-identity API, SetIdentityPoolRoles",
    baselines=("Security Hub Cognito.2",),
    check=_no_guests,
)
