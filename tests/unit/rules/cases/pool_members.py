"""Resource servers, groups, identity pools and their roles."""

import json

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, both, in_pool

SERVER, GROUP = "aws_cognito_resource_server", "aws_cognito_user_group"
IDENTITIES = "aws_cognito_identity_pool"
ROLES, ROLE = "aws_cognito_identity_pool_roles_attachment", "aws_iam_role"
ATTACHED = "aws_iam_role_policy_attachment"
SERVICE = "cognito-identity.amazonaws.com"
AUD = {"StringEquals": {f"{SERVICE}:aud": "${aws_cognito_identity_pool.it.id}"}}
AMR = {"ForAnyValue:StringLike": {f"{SERVICE}:amr": "authenticated"}}
ROLE_ARN = "${aws_iam_role.it.arn}"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def server(**values: object) -> Resources:
    """Make one resource server."""
    return alone(SERVER, **values)


def trusting(service: str, **condition: object) -> Resources:
    """Make a role that trusts an identity provider under a condition."""
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": service},
        "Condition": condition,
    }
    return alone(ROLE, assume_role_policy=json.dumps({"Statement": [statement]}))


def handed_out(policy: object) -> Resources:
    """Make a role with a trust policy, which an identity pool hands out."""
    return both(
        alone(ROLE, assume_role_policy=policy), alone(ROLES, roles={"authenticated": ROLE_ARN})
    )


def with_policy(arn: object, role: str = "${aws_iam_role.it.name}") -> Resources:
    """Make a role with a policy, which an identity pool hands out."""
    return both(handed_out("{}"), alone(ATTACHED, role=role, policy_arn=arn))


def rules(number: int, mappings: int = 1) -> Resources:
    """Make role mappings with a number of rules each."""
    mapping = {"mapping_rule": [{"claim": "team"}] * number}
    return alone(ROLES, role_mapping=[mapping] * mappings)


CASES = (
    Case(
        rule="CVK01",
        bad=server(identifier="my api"),
        says=(
            f"{SERVER}.it: identifier: must be 1 to 256 characters, printable ASCII without "
            "spaces, \" and \\, got 'my api'",
        ),
        good=server(identifier="https://orders.acme.example"),
        unknown=server(identifier=UNKNOWN),
    ),
    Case(
        rule="CVK01B",
        bad=in_pool(SERVER, {}, a={"identifier": "orders"}, b={"identifier": "orders"}),
        says=(
            f"{SERVER}.b: identifier: must be its own in the pool, got 'orders', that of "
            f"{SERVER}.a",
        ),
        good=in_pool(SERVER, {}, a={"identifier": "orders"}, b={"identifier": "prices"}),
        unknown=in_pool(SERVER, {}, a={"identifier": UNKNOWN}),
    ),
    Case(
        rule="CVK02",
        bad=server(name="orders/v1"),
        says=(
            f"{SERVER}.it: name: must be 1 to 256 characters, letters, digits, spaces and "
            "_ + = , . @ -, got 'orders/v1'",
        ),
        good=server(name="Orders, v1"),
        unknown=server(name=UNKNOWN),
    ),
    Case(
        rule="CVK03",
        bad=server(scope=[{"scope_name": f"s{at}"} for at in range(101)]),
        says=(f"{SERVER}.it: scope: must be 0 to 100 scopes, got 101",),
        good=server(),
        unknown=server(dynamic={"scope": {"for_each": UNKNOWN}}),
    ),
    Case(
        rule="CVK03B",
        bad=server(scope=[{"scope_name": "orders/read", "scope_description": ""}]),
        says=(
            f"{SERVER}.it: scope[0].scope_name: must be 1 to 256 characters, printable ASCII "
            "without spaces, \", / and \\, got 'orders/read'",
            f"{SERVER}.it: scope[0].scope_description: must be 1 to 256 characters, got 0",
        ),
        good=server(scope={"scope_name": "orders:read", "scope_description": "Read orders"}),
        unknown=server(scope=[{"scope_name": UNKNOWN, "scope_description": "Read"}]),
    ),
    Case(
        rule="CVK04",
        bad=in_pool(SERVER, {}, **{f"s{at}": {} for at in range(27)}),
        says=(f"{SERVER}.s25: : must be one of at most 25 of its pool, got 27",),
        good=in_pool(SERVER, {}, **{f"s{at}": {} for at in range(25)}),
        unknown=server(user_pool_id="${local.pool}"),
    ),
    Case(
        rule="CVK05",
        bad=alone(GROUP, name="the admins"),
        says=(
            f"{GROUP}.it: name: must be 1 to 128 characters, printable characters without "
            "spaces, got 'the admins'",
        ),
        good=alone(GROUP, name="admins"),
        unknown=alone(GROUP, name=UNKNOWN),
    ),
    Case(
        rule="CVK05B",
        bad=alone(GROUP, description="a" * 2049),
        says=(f"{GROUP}.it: description: must be 0 to 2048 characters, got 2049",),
        good=alone(GROUP, description=""),
        unknown=alone(GROUP, description=UNKNOWN),
    ),
    Case(
        rule="CVK05C",
        bad=alone(GROUP, precedence=-1),
        says=(f"{GROUP}.it: precedence: must be from 0 to 2147483647, got -1",),
        good=alone(GROUP, precedence=0),
        unknown=alone(GROUP, precedence=UNKNOWN),
    ),
    Case(
        rule="CVK05D",
        bad=alone(GROUP, precedence=0),
        says=(f"{GROUP}.it: precedence: must be at least 1, got 0",),
        good=alone(GROUP, precedence=1),
        unknown=alone(GROUP, precedence=UNKNOWN),
    ),
    Case(
        rule="CVK05E",
        bad=in_pool(GROUP, {}, a={"name": "staff"}, b={"name": "staff"}),
        says=(f"{GROUP}.b: name: must be its own in the pool, got 'staff', that of {GROUP}.a",),
        good=in_pool(GROUP, {}, a={"name": "staff"}, b={"name": "Staff"}),
        unknown=in_pool(GROUP, {}, a={"name": UNKNOWN}),
    ),
    Case(
        rule="CVK08",
        bad=alone(IDENTITIES, identity_pool_name="bad/name"),
        says=(
            f"{IDENTITIES}.it: identity_pool_name: must be 1 to 128 characters, letters, digits, "
            "spaces and _ + = , . @ -, got 'bad/name'",
        ),
        good=alone(IDENTITIES, identity_pool_name="users"),
        unknown=alone(IDENTITIES, identity_pool_name=UNKNOWN),
    ),
    Case(
        rule="CVK09",
        bad=rules(26, mappings=2),
        says=(
            f"{ROLES}.it: role_mapping[0].mapping_rule: must be 1 to 25 rules, got 26",
            f"{ROLES}.it: role_mapping[1].mapping_rule: must be 1 to 25 rules, got 26",
        ),
        good=rules(25, mappings=10),
        unknown=alone(ROLES, role_mapping=UNKNOWN),
    ),
    Case(
        rule="CVK09",
        bad=alone(ROLES, role_mapping=[{}] * 11),
        says=(f"{ROLES}.it: role_mapping: must be 0 to 10 providers, got 11",),
        good=alone(ROLES),
        unknown=None,
    ),
    Case(
        rule="CG501",
        bad=alone(IDENTITIES, allow_unauthenticated_identities=True),
        says=(f"{IDENTITIES}.it: allow_unauthenticated_identities: must be false, got true",),
        good=alone(IDENTITIES),
        unknown=alone(IDENTITIES, allow_unauthenticated_identities=UNKNOWN),
    ),
    Case(
        rule="CG502",
        bad=alone(IDENTITIES, allow_classic_flow=True),
        says=(f"{IDENTITIES}.it: allow_classic_flow: must be false, got true",),
        good=alone(IDENTITIES, allow_classic_flow=False),
        unknown=alone(IDENTITIES, allow_classic_flow=UNKNOWN),
    ),
    Case(
        rule="CG503",
        bad=alone(IDENTITIES, cognito_identity_providers=[{"client_id": "1"}]),
        says=(
            f"{IDENTITIES}.it: cognito_identity_providers[0].server_side_token_check: must be "
            "true, got null",
        ),
        good=alone(IDENTITIES, cognito_identity_providers={"server_side_token_check": True}),
        unknown=alone(IDENTITIES, cognito_identity_providers=UNKNOWN),
    ),
    Case(
        rule="CG504",
        bad=trusting(SERVICE, **AMR),
        says=(
            f"{ROLE}.it: assume_role_policy: must trust the identity pool alone by a condition on "
            f"{SERVICE}:aud",
        ),
        good=trusting(SERVICE, **AUD, **AMR),
        unknown=handed_out("${data.aws_iam_policy_document.trust.json}"),
    ),
    Case(
        rule="CG504B",
        bad=trusting(SERVICE, **AUD),
        says=(
            f"{ROLE}.it: assume_role_policy: must trust signed-in users alone by a condition on "
            f"{SERVICE}:amr",
        ),
        good=trusting("token.actions.githubusercontent.com"),
        unknown=handed_out(UNKNOWN),
    ),
    Case(
        rule="CG505",
        bad=alone(ROLES, role_mapping={"ambiguous_role_resolution": "AuthenticatedRole"}),
        says=(
            f"{ROLES}.it: role_mapping[0].ambiguous_role_resolution: must be Deny, got "
            "'AuthenticatedRole'",
        ),
        good=alone(ROLES, role_mapping=[{"ambiguous_role_resolution": "Deny"}]),
        unknown=alone(ROLES, role_mapping={"ambiguous_role_resolution": UNKNOWN}),
    ),
    Case(
        rule="CG505B",
        bad=with_policy(ADMINISTRATOR),
        says=(f"{ROLES}.it: roles: must not hand out {ROLE}.it, which has {ADMINISTRATOR}",),
        good=with_policy("${aws_iam_policy.reads_orders.arn}"),
        unknown=with_policy(ADMINISTRATOR, role="${local.role}"),
    ),
    Case(
        rule="CG506",
        bad=alone(ROLES, roles={"unauthenticated": ROLE_ARN}),
        says=(f"{ROLES}.it: roles: must have no role for unauthenticated",),
        good=alone(ROLES, roles={"authenticated": ROLE_ARN}),
        unknown=alone(ROLES, roles=UNKNOWN),
    ),
)
