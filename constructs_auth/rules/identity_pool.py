"""Which users get AWS credentials from an identity pool, and through which roles."""

import json
from collections.abc import Iterator, Mapping

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    count_within,
    is_flag,
    is_text,
    text_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    separately,
    surely,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Reference, Resource

IDENTITY_POOL, ROLES, ROLE = (
    types.IDENTITY_POOL,
    types.IDENTITY_POOL_ROLES_ATTACHMENT,
    types.IAM_ROLE,
)
_PROVIDERS = "cognito_identity_providers"
_ROLES, _MAPPING = "roles", "role_mapping"
_POLICY = "assume_role_policy"
_SERVICE = "cognito-identity.amazonaws.com"
_ADMINISTRATORS = ("/AdministratorAccess", "/PowerUserAccess", "/IAMFullAccess")
_ATTACHMENT = types.IAM_ROLE_POLICY_ATTACHMENT


def _name(pool: Resource, _context: Context) -> Answers:
    return text_within(pool.body, "identity_pool_name", limits.IDENTITY_POOL_NAME)


def _mappings(roles: Resource, _context: Context) -> Answers:
    yield from count_within(roles.body, _MAPPING, limits.ROLE_MAPPINGS)
    for mapping in roles.body.blocks(_MAPPING):
        yield from count_within(mapping, "mapping_rule", limits.MAPPING_RULES)


def _no_guests(pool: Resource, _context: Context) -> Answers:
    return is_flag(pool.body, "allow_unauthenticated_identities", wanted=False, default=False)


def _no_classic_flow(pool: Resource, _context: Context) -> Answers:
    return is_flag(pool.body, "allow_classic_flow", wanted=False, default=False)


def _checks_tokens(pool: Resource, _context: Context) -> Answers:
    for provider in pool.body.blocks(_PROVIDERS):
        yield from is_flag(provider, "server_side_token_check", wanted=True, default=False)


def _of_one_pool(role: Resource, context: Context) -> Answers:
    return _conditioned(role, context, "aud", "the identity pool")


def _of_one_kind_of_user(role: Resource, context: Context) -> Answers:
    return _conditioned(role, context, "amr", "signed-in users")


def _conditioned(role: Resource, context: Context, key: str, whom: str) -> Answers:
    is_readable = surely(lambda: _trusts(role) is not None)
    if not is_readable and not _is_used_by_pool(role, context.configuration):
        return
    wanted = f"{_SERVICE}:{key}"
    for statement in _trusts(role):
        conditions = statement.get("Condition")
        tests = conditions.values() if isinstance(conditions, Mapping) else ()
        if not any(isinstance(test, Mapping) and wanted in test for test in tests):
            yield Violation(text=f"must trust {whom} alone by a condition on {wanted}", at=_POLICY)


def _trusts(role: Resource) -> list[Mapping[str, object]]:
    """Return the statements that trust Cognito's identity pools.

    Terraform expressions inside the policy's texts stay unchanged.
    """
    raw = role.body.values.get(_POLICY)
    try:
        policy = json.loads(raw) if isinstance(raw, str) else None
    except (ValueError, RecursionError):
        policy = None
    if not isinstance(policy, Mapping):
        role.body.value(_POLICY)
        return []
    statements = policy.get("Statement")
    listed = statements if isinstance(statements, list) else [statements]
    return [one for one in listed if isinstance(one, Mapping) and _is_trust(one)]


def _is_trust(statement: Mapping[str, object]) -> bool:
    principal = statement.get("Principal")
    federated = principal.get("Federated") if isinstance(principal, Mapping) else None
    names = federated if isinstance(federated, list) else [federated]
    return statement.get("Effect") == "Allow" and _SERVICE in names


def _is_used_by_pool(role: Resource, configuration: Configuration) -> bool:
    """Return whether an identity pool of the configuration gives *role* to its users."""
    return any(
        isinstance(reference, Reference) and reference.address == role.static_address
        for attachment in configuration.of_type(ROLES)
        for argument in (_ROLES, _MAPPING)
        for reference in attachment.references.get(argument, ())
    )


def _deny_if_ambiguous(roles: Resource, _context: Context) -> Answers:
    for mapping in roles.body.blocks(_MAPPING):
        yield from is_text(mapping, "ambiguous_role_resolution", "Deny")


def _no_administrators(roles: Resource, context: Context) -> Answers:
    handed_out = dict.fromkeys(
        role
        for argument in (_ROLES, _MAPPING)
        for role in context.configuration.named_in(roles, argument, ROLE)
        if isinstance(role, Resource) and role.type == ROLE
    )
    return separately(*(_no_administrator(role, context) for role in handed_out))


def _no_administrator(role: Resource, context: Context) -> Answers:
    for arn in _policies(role, context):
        if arn.endswith(_ADMINISTRATORS):
            yield Violation(text=f"must not use {role.address}, which has {arn}", at=_ROLES)


def _policies(role: Resource, context: Context) -> Iterator[str]:
    """Walk through the known ARNs; a policy of the same configuration does not belong to AWS."""
    attached = context.configuration.members(role, _ATTACHMENT, "role", by="name")
    for attachment in attached.resources:
        arn = attachment.body.peek_text("policy_arn")
        if isinstance(arn, str):
            yield arn
    yield from role.body.texts("managed_policy_arns").known
    if not attached.complete:
        raise UnknownValueError(Unknown("which policies the roles have is not known"), at=_ROLES)


def _no_role_for_guests(roles: Resource, _context: Context) -> Answers:
    if "unauthenticated" in roles.body.entries(_ROLES):
        yield Violation(text="must have no role for unauthenticated", at=_ROLES)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVK08",
        slug="identity-pool-name-characters",
        title="An identity pool must have a name that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=IDENTITY_POOL,
        why="Cognito refuses the identity pool at apply.",
        remedy=f"choose a name of 1 to {limits.IDENTITY_POOL_NAME.maximum} letters, digits, "
        "spaces and _ + = , . @ -",
        source="identity pools API, IdentityPoolName",
        check=_name,
    ),
    Rule(
        id="CVK09",
        slug="role-mapping-number",
        title=f"Roles must be mapped for at most {limits.ROLE_MAPPINGS.maximum} providers with "
        f"{limits.MAPPING_RULES.maximum} rules each",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=ROLES,
        why=f"Cognito refuses more than {limits.ROLE_MAPPINGS.maximum} mappings at apply, and "
        f"the provider more than {limits.MAPPING_RULES.maximum} rules.",
        remedy="use fewer rules, or groups of the user pool with a role each and the type Token",
        source="identity pools API, RoleMappingMap; AWS provider 5.100.0, mapping_rule, at "
        "most 25; badmintoncryer/cdk-preflight, «The number of rules in the request "
        "exceeded 25»",
        check=_mappings,
    ),
    Rule(
        id="CG501",
        slug="no-guest-identities",
        title="An identity pool must not allow guests",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=IDENTITY_POOL,
        why="Anybody on the internet who knows the id of the pool gets AWS credentials.",
        remedy="set allow_unauthenticated_identities = false",
        source="identity pools API, CreateIdentityPool.AllowUnauthenticatedIdentities",
        baselines=(
            "Security Hub Cognito.2",
            "cdk-nag COG7",
            "Checkov CKV_AWS_366",
            "Prowler cognito_identity_pool_guest_access_disabled",
        ),
        check=_no_guests,
    ),
    Rule(
        id="CG502",
        slug="no-classic-flow",
        title="An identity pool must not allow the classic flow",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=IDENTITY_POOL,
        why="In the classic flow the application chooses the role, and the credentials lack the "
        "limits of the enhanced flow.",
        remedy="set allow_classic_flow = false",
        source="identity pools API, CreateIdentityPool.AllowClassicFlow; developer guide, "
        "«Identity pools authentication flow»",
        check=_no_classic_flow,
    ),
    Rule(
        id="CG503",
        slug="server-side-token-check",
        title="An identity pool must check with the user pool that a token is still valid",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=IDENTITY_POOL,
        why="Otherwise a user who is signed out everywhere, disabled or deleted still gets AWS "
        "credentials until the token expires.",
        remedy="set server_side_token_check = true in each of cognito_identity_providers",
        source="identity pools API, CognitoIdentityProvider.ServerSideTokenCheck",
        check=_checks_tokens,
    ),
    Rule(
        id="CG504",
        slug="role-of-one-identity-pool",
        title="A role for an identity pool must trust only that pool",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type=ROLE,
        why="Without the condition, an attacker can create an identity pool in any AWS account, "
        "and its users can assume the role.",
        remedy='add Condition { StringEquals { "cognito-identity.amazonaws.com:aud" = <the id of '
        "the identity pool> } } to assume_role_policy",
        source="developer guide, «IAM roles», trust policies",
        check=_of_one_pool,
    ),
    Rule(
        id="CG504B",
        slug="role-names-its-users",
        title="A role for an identity pool must state for which users it is",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=ROLE,
        why="Without the condition, guests of the pool can assume the role of signed-in users.",
        remedy='add Condition { "ForAnyValue:StringLike" { "cognito-identity.amazonaws.com:amr" = '
        '"authenticated" } } to assume_role_policy',
        source="developer guide, «IAM roles», trust policies",
        check=_of_one_kind_of_user,
    ),
    Rule(
        id="CG505",
        slug="deny-ambiguous-roles",
        title="A user whose role is ambiguous must get none",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=ROLES,
        why="With AuthenticatedRole, a user who is in no group, or matches no rule, gets the "
        "default role.",
        remedy='set ambiguous_role_resolution = "Deny"',
        source="identity pools API, AmbiguousRoleResolutionType",
        check=_deny_if_ambiguous,
    ),
    Rule(
        id="CG505B",
        slug="no-administrator-roles",
        title="Identity pool roles must not grant administrator access",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=ROLES,
        why="Every user who signs in gets credentials that may do anything in the AWS account.",
        remedy="name a policy_arn that allows only what these users need",
        source="developer guide, «IAM roles», least privilege",
        check=_no_administrators,
    ),
    Rule(
        id="CG506",
        slug="no-role-for-guests",
        title="An identity pool must have no role for guests",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=ROLES,
        why="As soon as the pool allows guests, everybody on the internet has this role.",
        remedy="remove unauthenticated from roles",
        source="identity pools API, SetIdentityPoolRoles",
        baselines=("Security Hub Cognito.2",),
        check=_no_role_for_guests,
    ),
)
