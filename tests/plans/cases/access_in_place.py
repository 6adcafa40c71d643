"""What changes who may do what in AWS."""

from tests.plans import things
from tests.plans.case import PlanCase, Thing
from tests.plans.things import IDENTITY_POOL_ID, POOL_ID, role

_FILES = things.identity_pool()
_ROLES = things.roles_attachment(identity_pool_id=IDENTITY_POOL_ID)
_GROUP = things.group(user_pool_id=POOL_ID)
_USER = things.user(user_pool_id=POOL_ID)
_SAML = f"arn:aws:iam::{things.ACCOUNT}:saml-provider/adfs"


def _mapped(**changes: object) -> Thing:
    return _ROLES.inner("role_mapping", **changes)


CASES = (
    PlanCase.of("guests_allowed", _FILES, _FILES.set(allow_unauthenticated_identities=True)),
    PlanCase.of("classic_flow_on", _FILES, _FILES.set(allow_classic_flow=True)),
    PlanCase.of(
        "server_side_token_check_off",
        _FILES,
        _FILES.inner("cognito_identity_providers", server_side_token_check=False),
    ),
    PlanCase.of(
        "identity_pool_provider_removed", _FILES, _FILES.set(cognito_identity_providers=[])
    ),
    PlanCase(
        name="identity_pool_provider_removed_with_its_mapping",
        before=(_FILES, _ROLES),
        after=(_FILES.set(cognito_identity_providers=[]), _ROLES.set(role_mapping=[])),
    ),
    PlanCase.of(
        "login_provider_removed",
        _FILES.set(supported_login_providers={"graph.facebook.com": "7346241598935552"}),
        _FILES,
    ),
    PlanCase.of("saml_provider_removed", _FILES.set(saml_provider_arns=[_SAML]), _FILES),
    PlanCase.of(
        "role_mapping_ambiguous", _ROLES, _mapped(ambiguous_role_resolution="AuthenticatedRole")
    ),
    PlanCase.of(
        "role_mapping_rule_changed",
        _ROLES,
        _mapped(
            mapping_rule=[
                {
                    "claim": "custom:team",
                    "match_type": "Contains",
                    "role_arn": role("admins"),
                    "value": "files",
                }
            ]
        ),
    ),
    PlanCase.of("group_role_changed", _GROUP, _GROUP.set(role_arn=role("everything"))),
    PlanCase.of("group_precedence_changed", _GROUP, _GROUP.set(precedence=10)),
    PlanCase.of("user_disabled", _USER, _USER.set(enabled=False)),
)
