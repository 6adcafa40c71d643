"""What is left out of the configuration and stays as it is in Cognito: a plan shows nothing."""

from tests.plans import things
from tests.plans.case import PlanCase, Thing
from tests.plans.things import POOL_ID

_POOL = things.pool()
_CLIENT = things.client(user_pool_id=POOL_ID)
_SMS = [
    {
        "external_id": "acme-external",
        "sns_caller_arn": things.role("sms"),
        "sns_region": "eu-west-1",
    }
]


def _left_out(thing: Thing, *arguments: str) -> tuple[PlanCase, ...]:
    return tuple(
        PlanCase.of(f"{thing.name}_{argument}_left_out", thing, thing.set(**{argument: None}))
        for argument in arguments
    )


CASES = (
    *_left_out(
        _POOL,
        "password_policy",
        "sign_in_policy",
        "user_pool_tier",
        "account_recovery_setting",
        "admin_create_user_config",
        "username_configuration",
        "verification_message_template",
    ),
    *_left_out(_POOL.set(sms_configuration=_SMS), "sms_configuration"),
    *_left_out(
        _CLIENT,
        "access_token_validity",
        "allowed_oauth_flows",
        "allowed_oauth_flows_user_pool_client",
        "allowed_oauth_scopes",
        "enable_token_revocation",
        "explicit_auth_flows",
        "id_token_validity",
        "logout_urls",
        "prevent_user_existence_errors",
        "read_attributes",
        "refresh_token_validity",
        "supported_identity_providers",
        "write_attributes",
    ),
    *_left_out(things.domain(user_pool_id=POOL_ID), "managed_login_version"),
)
