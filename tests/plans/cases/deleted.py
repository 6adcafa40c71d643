"""What goes away, or moves."""

from tests.plans import things
from tests.plans.case import PlanCase
from tests.plans.things import IDENTITY_POOL_ID, POOL_ARN, POOL_ID

_POOL = things.pool()
_UNPROTECTED = things.pool(deletion_protection="INACTIVE")
_PROTECTED_BY_TERRAFORM = things.pool(lifecycle={"prevent_destroy": True})

CASES = (
    PlanCase.of("pool_deleted", _UNPROTECTED, None),
    PlanCase.of("protected_pool_deleted", _POOL, None),
    PlanCase(
        name="pool_deleted_with_members",
        before=(_POOL, things.client(), things.domain(), things.group()),
        after=(),
    ),
    PlanCase.of("pool_at_another_address", _POOL, _POOL.named("people")),
    PlanCase(
        name="pool_moved",
        before=(_POOL,),
        after=(_POOL.named("people"),),
        more={
            "moved": {"from": "aws_cognito_user_pool.users", "to": "aws_cognito_user_pool.people"}
        },
    ),
    PlanCase(
        name="pool_forgotten",
        before=(_POOL,),
        after=(),
        more={
            "removed": {
                "from": "aws_cognito_user_pool.users",
                "lifecycle": {"destroy": False},
            }
        },
    ),
    PlanCase.of("client_deleted", things.client(user_pool_id=POOL_ID), None),
    PlanCase.of("managed_client_deleted", things.managed_client(user_pool_id=POOL_ID), None),
    PlanCase.of("domain_deleted", things.domain(user_pool_id=POOL_ID), None),
    PlanCase.of("custom_domain_deleted", things.custom_domain(user_pool_id=POOL_ID), None),
    PlanCase.of("provider_deleted", things.identity_provider(user_pool_id=POOL_ID), None),
    PlanCase(
        name="provider_deleted_with_its_place_in_clients",
        before=(
            things.identity_provider(user_pool_id=POOL_ID),
            things.client(
                user_pool_id=POOL_ID, supported_identity_providers=["COGNITO", "Corp", "Okta"]
            ),
        ),
        after=(things.client(user_pool_id=POOL_ID),),
    ),
    PlanCase.of("server_deleted", things.resource_server(user_pool_id=POOL_ID), None),
    PlanCase.of("group_deleted", things.group(user_pool_id=POOL_ID), None),
    PlanCase.of("user_deleted", things.user(user_pool_id=POOL_ID), None),
    PlanCase.of("member_deleted", things.user_in_group(user_pool_id=POOL_ID), None),
    PlanCase.of("risk_deleted", things.risk_configuration(user_pool_id=POOL_ID), None),
    PlanCase.of(
        "style_deleted",
        things.ui_customization(user_pool_id=POOL_ID, client_id=things.CLIENT_ID),
        None,
    ),
    PlanCase.of("identity_pool_deleted", things.identity_pool(), None),
    PlanCase.of("roles_deleted", things.roles_attachment(identity_pool_id=IDENTITY_POOL_ID), None),
    PlanCase.of("tags_deleted", things.principal_tag(identity_pool_id=IDENTITY_POOL_ID), None),
    PlanCase.of("web_acl_deleted", things.web_acl_association(resource_arn=POOL_ARN), None),
    PlanCase(
        name="prevent_destroy_replaced",
        before=(_POOL, things.client()),
        after=(_PROTECTED_BY_TERRAFORM.set(name="acme-people"), things.client()),
        errored=True,
    ),
    PlanCase(
        name="prevent_destroy_client",
        before=(things.client(user_pool_id=POOL_ID),),
        after=(
            things.client(
                user_pool_id=POOL_ID, generate_secret=False, lifecycle={"prevent_destroy": True}
            ),
        ),
        errored=True,
    ),
)
