"""What changes a pool that stays."""

from collections.abc import Mapping

from tests.plans import things
from tests.plans.case import PlanCase, Thing
from tests.plans.things import function

_POOL = things.pool()
_PLUS = things.pool(
    user_pool_tier="PLUS",
    user_pool_add_ons=[
        {
            "advanced_security_mode": "ENFORCED",
            "advanced_security_additional_flows": [{"custom_auth_mode": "ENFORCED"}],
        }
    ],
)
_SMS = [{"external_id": "acme-external", "sns_caller_arn": things.role("sms")}]
_EMAIL = [
    {
        "email_sending_account": "DEVELOPER",
        "from_email_address": "no-reply@acme.example",
        "source_arn": things.SENDER,
    }
]
_CODES = [{"message": "Code {####}", "subject": "Code"}]
_TRIGGERS = {
    "pre_sign_up": function("check-sign-up"),
    "post_authentication": function("audit"),
    "pre_token_generation_config": [{"lambda_arn": function("claims"), "lambda_version": "V2_0"}],
}
_SENDER = {
    "custom_email_sender": [{"lambda_arn": function("send"), "lambda_version": "V1_0"}],
    "kms_key_id": f"arn:aws:kms:{things.REGION}:{things.ACCOUNT}:key/old",
}
_TEAM = {
    "name": "team",
    "attribute_data_type": "String",
    "developer_only_attribute": False,
    "mutable": True,
    "required": False,
    "string_attribute_constraints": [{"max_length": "64", "min_length": "1"}],
}
_RISK = things.risk_configuration(user_pool_id=things.POOL_ID)


def _without_flags(attribute: Mapping[str, object]) -> dict[str, object]:
    left_out = {"developer_only_attribute", "required"}
    return {name: value for name, value in attribute.items() if name not in left_out}


def _triggered(**changes: object) -> Thing:
    triggers = {name: value for name, value in {**_TRIGGERS, **changes}.items() if value}
    return things.pool(lambda_config=[triggers])


def _sending(**changes: object) -> Thing:
    return things.pool(lambda_config=[{**_SENDER, **changes}])


def _recovered_by(*names: str) -> Thing:
    mechanisms = [{"name": name, "priority": at} for at, name in enumerate(names, start=1)]
    return things.pool(account_recovery_setting=[{"recovery_mechanism": mechanisms}])


def _first_factors(*names: str) -> Thing:
    return things.pool(
        mfa_configuration="OFF",
        software_token_mfa_configuration=None,
        sign_in_policy=[{"allowed_first_auth_factors": list(names)}],
        web_authn_configuration=[
            {"relying_party_id": "acme.example", "user_verification": "required"}
        ],
    )


def _reacting(**changes: object) -> Thing:
    takeover = _RISK.arguments["account_takeover_risk_configuration"][0]
    return _RISK.set(
        account_takeover_risk_configuration=[
            {**takeover, "actions": [{**takeover["actions"][0], **changes}]}
        ]
    )


CASES = (
    PlanCase.of("deletion_protection_off", _POOL, _POOL.set(deletion_protection="INACTIVE")),
    PlanCase.of("deletion_protection_left_out", _POOL, _POOL.set(deletion_protection=None)),
    PlanCase(
        name="deletion_protection_off_and_domain_deleted",
        before=(_POOL, things.domain()),
        after=(_POOL.set(deletion_protection="INACTIVE"),),
    ),
    PlanCase.of(
        "mfa_off",
        _POOL,
        _POOL.set(mfa_configuration="OFF", software_token_mfa_configuration=None),
    ),
    PlanCase.of(
        "mfa_left_out",
        _POOL,
        _POOL.set(mfa_configuration=None, software_token_mfa_configuration=None),
    ),
    PlanCase.of("mfa_optional", _POOL.set(mfa_configuration="ON"), _POOL),
    PlanCase.of("mfa_required", _POOL, _POOL.set(mfa_configuration="ON")),
    PlanCase.of(
        "mfa_software_token_removed",
        _POOL.set(sms_configuration=_SMS),
        _POOL.set(sms_configuration=_SMS, software_token_mfa_configuration=None),
    ),
    PlanCase.of(
        "mfa_email_removed",
        _POOL.set(
            email_configuration=_EMAIL,
            email_mfa_configuration=_CODES,
        ),
        _POOL.set(email_configuration=_EMAIL),
    ),
    PlanCase.of(
        "mfa_email_added_with_its_sender",
        _POOL,
        _recovered_by("verified_email", "verified_phone_number").set(
            email_configuration=_EMAIL, email_mfa_configuration=_CODES
        ),
    ),
    PlanCase.of(
        "mfa_required_and_code_removed",
        _first_factors("PASSWORD", "EMAIL_OTP"),
        _first_factors("PASSWORD").set(
            mfa_configuration="ON", software_token_mfa_configuration=[{"enabled": True}]
        ),
    ),
    PlanCase.of(
        "mfa_off_with_email_removed",
        _POOL.set(email_configuration=_EMAIL, email_mfa_configuration=_CODES),
        _POOL.set(
            email_configuration=_EMAIL,
            mfa_configuration="OFF",
            software_token_mfa_configuration=None,
        ),
    ),
    PlanCase.of(
        "mfa_off_with_apps_disabled",
        _POOL,
        _POOL.set(mfa_configuration="OFF", software_token_mfa_configuration=[{"enabled": False}]),
    ),
    PlanCase.of(
        "threat_protection_audit",
        _PLUS,
        _PLUS.inner("user_pool_add_ons", advanced_security_mode="AUDIT"),
    ),
    PlanCase.of("threat_protection_left_out", _PLUS, _PLUS.set(user_pool_add_ons=None)),
    PlanCase.of(
        "threat_protection_custom_audit",
        _PLUS,
        _PLUS.inner(
            "user_pool_add_ons",
            advanced_security_additional_flows=[{"custom_auth_mode": "AUDIT"}],
        ),
    ),
    PlanCase.of(
        "tier_lowered",
        _POOL.set(user_pool_tier="PLUS"),
        _POOL,
    ),
    PlanCase.of(
        "threat_protection_enforced",
        _PLUS.inner("user_pool_add_ons", advanced_security_mode="AUDIT"),
        _PLUS,
    ),
    PlanCase.of(
        "risk_high_action_lowered",
        _RISK,
        _reacting(high_action=[{"event_action": "MFA_IF_CONFIGURED", "notify": False}]),
    ),
    PlanCase.of(
        "risk_event_filter_shrinks",
        _RISK,
        _RISK.inner("compromised_credentials_risk_configuration", event_filter=["SIGN_UP"]),
    ),
    PlanCase.of(
        "risk_compromised_credentials_allowed",
        _RISK,
        _RISK.inner(
            "compromised_credentials_risk_configuration",
            actions=[{"event_action": "NO_ACTION"}],
        ),
    ),
    PlanCase.of(
        "risk_addresses_skipped",
        _RISK,
        _RISK.set(risk_exception_configuration=[{"skipped_ip_range_list": ["198.51.100.0/24"]}]),
    ),
    PlanCase.of(
        "password_policy_weakened",
        _POOL,
        _POOL.inner(
            "password_policy",
            minimum_length=8,
            password_history_size=0,
            require_symbols=False,
            temporary_password_validity_days=30,
        ),
    ),
    PlanCase.of(
        "password_policy_tightened", _POOL, _POOL.inner("password_policy", minimum_length=15)
    ),
    PlanCase.of(
        "self_sign_up_opened",
        _POOL,
        _POOL.set(admin_create_user_config=[{"allow_admin_create_user_only": False}]),
    ),
    PlanCase.of(
        "self_sign_up_closed",
        _POOL.set(admin_create_user_config=[{"allow_admin_create_user_only": False}]),
        _POOL,
    ),
    PlanCase.of("trigger_removed", _triggered(), _triggered(pre_sign_up=None)),
    PlanCase.of("trigger_added", _POOL, _triggered(pre_token_generation_config=None)),
    PlanCase.of(
        "trigger_changed", _triggered(), _triggered(post_authentication=function("audit-new"))
    ),
    PlanCase(
        name="trigger_of_new_function",
        before=(_triggered(),),
        after=(
            _triggered(pre_sign_up="${terraform_data.function.id}"),
            things.new_value("function"),
        ),
    ),
    PlanCase.of("triggers_left_out", _triggered(), _POOL),
    PlanCase.of(
        "token_trigger_version",
        _triggered(),
        _triggered(
            pre_token_generation_config=[
                {"lambda_arn": function("claims"), "lambda_version": "V1_0"}
            ]
        ),
    ),
    PlanCase.of(
        "custom_sender_changed",
        _sending(),
        _sending(
            custom_email_sender=[{"lambda_arn": function("send-new"), "lambda_version": "V1_0"}]
        ),
    ),
    PlanCase.of(
        "custom_sender_key_changed",
        _sending(),
        _sending(kms_key_id=f"arn:aws:kms:{things.REGION}:{things.ACCOUNT}:key/new"),
    ),
    PlanCase.of("email_sender_to_cognito", _POOL.set(email_configuration=_EMAIL), _POOL),
    PlanCase.of(
        "email_sender_changed",
        _POOL.set(email_configuration=_EMAIL),
        _POOL.set(email_configuration=[{**_EMAIL[0], "from_email_address": "login@acme.example"}]),
    ),
    PlanCase.of(
        "sms_role_changed",
        _POOL.set(sms_configuration=_SMS),
        _POOL.set(
            sms_configuration=[
                {"external_id": "other-external", "sns_caller_arn": things.role("sms-new")}
            ]
        ),
    ),
    PlanCase.of(
        "auto_verification_off",
        _POOL,
        _POOL.set(auto_verified_attributes=[], user_attribute_update_settings=None),
    ),
    PlanCase.of(
        "auto_verification_on",
        _POOL,
        _POOL.set(auto_verified_attributes=["email", "phone_number"], sms_configuration=_SMS),
    ),
    PlanCase.of(
        "recovery_by_sms_first",
        _recovered_by("verified_email", "verified_phone_number"),
        _recovered_by("verified_phone_number", "verified_email"),
    ),
    PlanCase.of(
        "recovery_by_admin_only", _recovered_by("verified_email"), _recovered_by("admin_only")
    ),
    PlanCase.of(
        "first_factor_removed",
        _first_factors("PASSWORD", "WEB_AUTHN"),
        _first_factors("PASSWORD"),
    ),
    PlanCase.of(
        "first_factor_email_added",
        _first_factors("PASSWORD"),
        _first_factors("PASSWORD", "EMAIL_OTP"),
    ),
    PlanCase.of(
        "relying_party_changed",
        _first_factors("PASSWORD", "WEB_AUTHN"),
        _first_factors("PASSWORD", "WEB_AUTHN").inner(
            "web_authn_configuration", relying_party_id="login.acme.example"
        ),
    ),
    PlanCase.of(
        "passkeys_left_out",
        _first_factors("PASSWORD", "WEB_AUTHN"),
        _first_factors("PASSWORD").set(web_authn_configuration=None),
    ),
    PlanCase.of("schema_removed", _POOL.set(schema=[_TEAM]), _POOL),
    PlanCase.of(
        "schema_changed",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[{**_TEAM, "mutable": False}]),
    ),
    PlanCase.of("schema_added", _POOL, _POOL.set(schema=[_TEAM])),
    PlanCase.of(
        "schema_added_beside_flags_left_out",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[_without_flags(_TEAM), {**_without_flags(_TEAM), "name": "plan"}]),
    ),
    PlanCase.of(
        "schema_standard_attribute_added",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[_TEAM, {**_TEAM, "name": "nickname"}]),
    ),
    PlanCase.of(
        "schema_standard_attribute_required",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[_TEAM, {**_TEAM, "name": "nickname", "required": True}]),
    ),
    PlanCase.of(
        "schema_constraints_left_out",
        _POOL.set(schema=[{**_TEAM, "string_attribute_constraints": [{}]}]),
        _POOL.set(schema=[{**_TEAM, "string_attribute_constraints": []}]),
    ),
    PlanCase.of(
        "schema_constraints_changed",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[{**_TEAM, "string_attribute_constraints": [{"max_length": "128"}]}]),
    ),
    PlanCase.of(
        "schema_prefix_written",
        _POOL.set(schema=[_TEAM]),
        _POOL.set(schema=[{**_TEAM, "name": "custom:team"}]),
    ),
    PlanCase.of(
        "device_configuration_removed",
        _POOL.set(
            device_configuration=[
                {
                    "challenge_required_on_new_device": True,
                    "device_only_remembered_on_user_prompt": True,
                }
            ]
        ),
        _POOL,
    ),
)
