"""Identity pools and their roles."""

import json

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, both

IDENTITIES = "aws_cognito_identity_pool"
ROLES, ROLE = "aws_cognito_identity_pool_roles_attachment", "aws_iam_role"
ATTACHED = "aws_iam_role_policy_attachment"
SERVICE = "cognito-identity.amazonaws.com"
AUD = {"StringEquals": {f"{SERVICE}:aud": "${aws_cognito_identity_pool.it.id}"}}
AMR = {"ForAnyValue:StringLike": {f"{SERVICE}:amr": "authenticated"}}
ROLE_ARN = "${aws_iam_role.it.arn}"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


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
        says=(f"{ROLES}.it: roles: must not use {ROLE}.it, which has {ADMINISTRATOR}",),
        good=with_policy("${aws_iam_policy.reads_orders.arn}"),
        unknown=with_policy(ADMINISTRATOR, role="${local.role}"),
    ),
    Case(
        rule="CG506",
        bad=alone(ROLES, roles={"unauthenticated": ROLE_ARN}),
        says=(f"{ROLES}.it: roles: must have no role for unauthenticated",),
        good=alone(ROLES, roles={"authenticated": ROLE_ARN}),
        unknown=alone(ROLES, roles=UNKNOWN),
        mended=alone(ROLES, roles={}),
    ),
)
