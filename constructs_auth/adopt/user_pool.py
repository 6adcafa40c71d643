"""A user pool of a state as a `UserPool`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from constructs_auth.adopt.parts import (
    AS_IT_IS,
    FLAGS_IN_SETS,
    FULL_LENGTH,
    LENGTHS,
    Override,
    block,
    blocks,
    lengths_of,
    member,
    members,
    sender_of,
    table_of,
    texts,
)
from constructs_auth.adopt.python import Argument, Call, Code, Expression, Items
from constructs_auth.facts.words import (
    AdvancedSecurityMode,
    AliasAttribute,
    ContactAttribute,
    CustomAuthMode,
    PreTokenGenerationVersion,
    RecoveryMechanism,
    StandardAttributeName,
    UserPoolTier,
    UserVerification,
)

_POLICY = {
    "minimum_length": 15,
    "password_history_size": 5,
    "require_lowercase": True,
    "require_numbers": True,
    "require_symbols": True,
    "require_uppercase": True,
    "temporary_password_validity_days": 3,
}
"""The defaults of `PasswordPolicy`."""

_KEPT_BY_AWS = (
    "admin_create_user_config",
    "deletion_protection",
    "password_policy",
    "user_pool_tier",
)
"""The arguments that the construct always writes, and that AWS keeps if they are left out."""

_REPLY_TO = "reply_to_email_address"
_DAYS = "temporary_password_validity_days"
_DEFAULT_MFA = "Mfa.optional(SoftwareTokenMfa())"
_TRIGGERS = (
    "create_auth_challenge",
    "custom_email_sender",
    "custom_message",
    "custom_sms_sender",
    "define_auth_challenge",
    "kms_key_id",
    "post_authentication",
    "post_confirmation",
    "pre_authentication",
    "pre_sign_up",
    "pre_token_generation",
    "user_migration",
    "verify_auth_challenge_response",
)


def arguments(
    values: Mapping[str, Any],
    *,
    construct_id: str,
    permitted: Collection[str],
    external_id: Expression,
) -> Iterator[Argument]:
    """Walk through the arguments of the construct, in the order of its signature.

    Args:
        values: The values of the state.
        construct_id: The id of the construct.
        permitted: The triggers whose permission becomes part of the construct.
        external_id: The variable with the external id of the role that sends SMS.
    """
    verified = texts(values, "auto_verified_attributes")
    contacts = _contacts(values)
    if values["name"] != construct_id:
        yield Argument(name="name", value=values["name"])
    yield from _sign_in(values)
    attributes = [one for one in map(_attribute, _schema(values)) if one is not None]
    if attributes:
        yield Argument(name="attributes", value=Items(attributes))
    if verified != (contacts or ("email",)):
        yield Argument(
            name="auto_verified_attributes",
            value=members(ContactAttribute, verified) or Items(),
            comment="" if verified else "Default of this library: the addresses of sign-in.",
        )
    first = texts(
        block(values, "user_attribute_update_settings"),
        "attributes_require_verification_before_update",
    )
    if first != verified:
        yield Argument(
            name="attributes_require_verification_before_update",
            value=members(ContactAttribute, first) or Items(),
            comment="Default of this library: the auto-verified addresses, so that nobody takes "
            "over an account\nwith a new address that is not verified.",
        )
    if block(values, "admin_create_user_config").get("allow_admin_create_user_only") is not True:
        yield Argument(
            name="allow_admin_create_user_only",
            value=False,
            comment="Default of this library: True. Everybody on the internet can sign up.",
        )
    yield from _password_policy(block(values, "password_policy"))
    yield from _passwordless(values)
    yield from _mfa(values)
    yield from _account_recovery(values, verified)
    yield from _device_configuration(block(values, "device_configuration"))
    yield from _email(block(values, "email_configuration"))
    yield from _sms(values, external_id)
    yield from _verification_messages(block(values, "verification_message_template"))
    yield from _invitation_messages(
        block(block(values, "admin_create_user_config"), "invite_message_template")
    )
    yield from _lambda_triggers(block(values, "lambda_config"), permitted)
    yield from _tier(values)
    if values.get("deletion_protection") != "ACTIVE":
        yield Argument(
            name="deletion_protection",
            value=False,
            comment="Default of this library: True. AWS then rejects the deletion of the pool.",
        )
    tags = values.get("tags")
    if tags:
        yield Argument(name="tags", value=table_of(tags))


def overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through the settings of the pool that the construct does not offer."""
    for name in _KEPT_BY_AWS:
        if not values.get(name):  # a state of an older provider
            yield Override(argument=name, value=None)
    for at, schema in enumerate(_schema(values)):
        for one in _schema_overrides(schema):
            yield replace(one, argument=f"schema.{at}.{one.argument}")
    if block(values, "software_token_mfa_configuration").get("enabled") is False:
        yield Override(argument="software_token_mfa_configuration.enabled", value=False)
    email = block(values, "email_configuration")
    if email.get("email_sending_account") == "DEVELOPER":
        if not email.get("from_email_address") and sender_of(str(email.get("source_arn"))):
            yield Override(argument="email_configuration.from_email_address", value=None)
    else:
        for name in ("configuration_set", "from_email_address", "source_arn"):
            if email.get(name):
                yield Override(argument=f"email_configuration.{name}", value=str(email[name]))


def _schema_overrides(schema: Mapping[str, Any]) -> Iterator[Override]:
    if schema.get("developer_only_attribute"):
        yield Override(argument="developer_only_attribute", value=True)
    for name in FLAGS_IN_SETS["schema"]:
        if name in schema and schema[name] is None:
            yield Override(argument=name, value=None)
    if schema["attribute_data_type"] == "String" and schema.get(LENGTHS) == []:
        yield Override(argument=LENGTHS, value=None)


def triggers_of(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the function of each trigger that is set, by the name of the trigger."""
    config = block(values, "lambda_config")
    found: dict[str, str] = {}
    for name in _TRIGGERS:
        if name == "kms_key_id":
            continue
        function = _function(config, name)
        if function:
            found[name] = function
    return found


def _contacts(values: Mapping[str, Any]) -> tuple[str, ...]:
    names = (*texts(values, "username_attributes"), *texts(values, "alias_attributes"))
    return tuple(one.value for one in ContactAttribute if one.value in names)


def _sign_in(values: Mapping[str, Any]) -> Iterator[Argument]:
    configuration = block(values, "username_configuration")
    case: Expression = AS_IT_IS if not configuration else bool(configuration["case_sensitive"])
    sensitive = (
        ()
        if case is False
        else (
            Argument(
                name="case_sensitive",
                value=case,
                comment="Default of this library: False. It can never be changed.",
            ),
        )
    )
    names = texts(values, "username_attributes")
    if names:
        if names == ("email",) and not sensitive:
            return
        listed = (
            ()
            if names == ("email",)
            else (Argument(name="attributes", value=members(ContactAttribute, names) or Items()),)
        )
        yield Argument(name="sign_in", value=Call("UsernameAttributes", (), (*listed, *sensitive)))
        return
    aliases = texts(values, "alias_attributes")
    listed = (
        (Argument(name="alias_attributes", value=members(AliasAttribute, aliases) or Items()),)
        if aliases
        else ()
    )
    yield Argument(name="sign_in", value=Call("Username", (), (*listed, *sensitive)))


def _schema(values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the attributes by name, as the construct writes them."""
    return sorted(blocks(values, "schema"), key=lambda one: str(one["name"]))


def _attribute(schema: Mapping[str, Any]) -> Call | None:
    name = str(schema["name"])
    standard = member(StandardAttributeName, name)
    kind = schema["attribute_data_type"]
    common = [
        *([Argument(name="required", value=True)] if schema.get("required") else []),
        *([] if schema.get("mutable") else [Argument(name="mutable", value=False)]),
    ]
    own = Argument(name="name", value=name if standard is None else standard)
    if kind == "String":
        limits = block(schema, LENGTHS)
        bounds = (limits.get("min_length"), limits.get("max_length"))
        default = lengths_of(name) if standard else FULL_LENGTH
        lengths = [
            Argument(name=keyword, value=int(bound) if bound else AS_IT_IS)
            for keyword, bound, usual in zip(
                ("min_length", "max_length"), bounds, default, strict=True
            )
            if bound != usual
        ]
        function = "StringAttribute" if standard is None else "StandardAttribute"
        return Call(function, (), (own, *common, *lengths))
    if standard is not None:
        return Call("StandardAttribute", (), (own, *common))
    if kind == "Number":
        limits = block(schema, "number_attribute_constraints")
        values = [
            Argument(name=keyword, value=int(limits[keyword]))
            for keyword in ("min_value", "max_value")
            if limits.get(keyword)
        ]
        return Call("NumberAttribute", (), (own, *common, *values))
    return Call(
        "BooleanAttribute" if kind == "Boolean" else "DateTimeAttribute", (), (own, *common)
    )


def _password_policy(policy: Mapping[str, Any]) -> Iterator[Argument]:
    if not policy:
        return
    found: dict[str, Expression] = {
        name: policy.get(name) or (0 if "require" not in name else False) for name in _POLICY
    }
    if not found[_DAYS]:
        found[_DAYS] = AS_IT_IS
    changed = {name: value for name, value in found.items() if value != _POLICY[name]}
    if not changed:
        return
    weaker = ", ".join(f"{name}={_POLICY[name]}" for name in changed)
    yield Argument(
        name="password_policy",
        value=Call(
            "PasswordPolicy",
            (),
            [Argument(name=name, value=value) for name, value in changed.items()],
        ),
        comment=f"Defaults of this library: {weaker}.",
    )


def _passwordless(values: Mapping[str, Any]) -> Iterator[Argument]:
    policy = block(values, "sign_in_policy")
    if not policy:
        if values.get("user_pool_tier") != "LITE":
            yield Argument(name="passwordless", value=AS_IT_IS)
        return
    passkeys = block(values, "web_authn_configuration")
    factors: list[Expression] = []
    for name in texts(policy, "allowed_first_auth_factors"):
        if name == "EMAIL_OTP":
            factors.append(Call("EmailOtp"))
        elif name == "SMS_OTP":
            factors.append(Call("SmsOtp"))
        elif name == "WEB_AUTHN":
            factors.append(_passkey(passkeys))
    if factors:
        yield Argument(name="passwordless", value=Items(factors))


def _passkey(found: Mapping[str, Any]) -> Call:
    party = str(found.get("relying_party_id") or "")
    given = [Argument(name="relying_party_id", value=party or AS_IT_IS)]
    verification = str(found.get("user_verification") or "")
    if verification != UserVerification.REQUIRED:
        named = member(UserVerification, verification)
        given.append(Argument(name="user_verification", value=named or AS_IT_IS))
    return Call("Passkey", (), given)


def _mfa(values: Mapping[str, Any]) -> Iterator[Argument]:
    configuration = values.get("mfa_configuration") or "OFF"
    if configuration == "OFF":
        yield Argument(
            name="mfa",
            value=Call("Mfa.off"),
            comment=f"Default of this library: {_DEFAULT_MFA}.",
        )
        return
    factors: list[Expression] = []
    if block(values, "software_token_mfa_configuration").get("enabled"):
        factors.append(Call("SoftwareTokenMfa"))
    message = values.get("sms_authentication_message")
    email = block(values, "email_mfa_configuration")
    if message or block(values, "sms_configuration") or not (factors or email):
        given = AS_IT_IS if not message else str(message)
        factors.append(Call("SmsMfa", (), (Argument(name="message", value=given),)))
    if email:
        factors.append(
            Call(
                "EmailMfa",
                (),
                [
                    Argument(name=name, value=email[name])
                    for name in ("subject", "message")
                    if email.get(name)
                ],
            )
        )
    method = "Mfa.required" if configuration == "ON" else "Mfa.optional"
    if factors == [Call("SoftwareTokenMfa")] and configuration == "OPTIONAL":
        return
    yield Argument(name="mfa", value=Call(method, factors))


def _account_recovery(values: Mapping[str, Any], verified: Sequence[str]) -> Iterator[Argument]:
    mechanisms = blocks(block(values, "account_recovery_setting"), "recovery_mechanism")
    if not mechanisms:
        yield Argument(name="account_recovery", value=AS_IT_IS)
        return
    names = [str(one["name"]) for one in sorted(mechanisms, key=lambda one: int(one["priority"]))]
    usual = (
        ["verified_email"]
        if "email" in verified
        else ["verified_phone_number" if "phone_number" in verified else "admin_only"]
    )
    if names != usual:
        yield Argument(
            name="account_recovery",
            value=Call(
                "AccountRecovery",
                (),
                (Argument(name="mechanisms", value=members(RecoveryMechanism, names) or Items()),),
            ),
        )


def _device_configuration(found: Mapping[str, Any]) -> Iterator[Argument]:
    if not found:
        return
    prompt = bool(found.get("device_only_remembered_on_user_prompt"))
    remember = "ON_USER_PROMPT" if prompt else "ALWAYS"
    challenge = (
        ()
        if found.get("challenge_required_on_new_device")
        else (Argument(name="challenge_required_on_new_device", value=False),)
    )
    code = Code(f"RememberDevices.{remember}", ("RememberDevices",))
    yield Argument(
        name="device_configuration",
        value=Call("DeviceConfiguration", (), (Argument(name="remember", value=code), *challenge)),
    )


def _email(found: Mapping[str, Any]) -> Iterator[Argument]:
    names = ("source_arn", "from_email_address", "reply_to_email_address", "configuration_set")
    if found.get("email_sending_account") == "DEVELOPER":
        sender = found.get("from_email_address") or sender_of(str(found.get("source_arn")))
        given = {**found, "from_email_address": sender}
        kept = [Argument(name=name, value=str(given[name])) for name in names if given.get(name)]
        yield Argument(name="email", value=Call("SesEmail", (), kept))
    elif found.get(_REPLY_TO):
        reply_to = Argument(name=_REPLY_TO, value=str(found[_REPLY_TO]))
        yield Argument(name="email", value=Call("CognitoEmail", (), (reply_to,)))


def _sms(values: Mapping[str, Any], external_id: Expression) -> Iterator[Argument]:
    found = block(values, "sms_configuration")
    if found:
        region = (
            (Argument(name="sns_region", value=str(found["sns_region"])),)
            if found.get("sns_region")
            else ()
        )
        yield Argument(
            name="sms",
            value=Call(
                "SmsConfiguration",
                (),
                (
                    Argument(name="sns_caller_arn", value=str(found.get("sns_caller_arn"))),
                    Argument(name="external_id", value=external_id),
                    *region,
                ),
            ),
        )
    elif _sends_sms(values):
        yield Argument(name="sms", value=AS_IT_IS)


def _sends_sms(values: Mapping[str, Any]) -> bool:
    """Return whether the construct would create a role that sends SMS."""
    mechanisms = blocks(block(values, "account_recovery_setting"), "recovery_mechanism")
    return (
        "phone_number" in (*_contacts(values), *texts(values, "auto_verified_attributes"))
        or bool(values.get("sms_authentication_message"))
        or "SMS_OTP" in texts(block(values, "sign_in_policy"), "allowed_first_auth_factors")
        or "verified_phone_number" in {one.get("name") for one in mechanisms}
    )


def _verification_messages(found: Mapping[str, Any]) -> Iterator[Argument]:
    """Leave the messages as they are: the provider keeps them if they are left out."""
    by_link = found.get("default_email_option") == "CONFIRM_WITH_LINK"
    suffix = "_by_link" if by_link else ""
    texts_of = {
        "email_subject": found.get(f"email_subject{suffix}"),
        "email_message": found.get(f"email_message{suffix}"),
        "sms_message": found.get("sms_message"),
    }
    other = "" if by_link else "_by_link"
    mixed = any(found.get(f"{name}{other}") for name in ("email_subject", "email_message"))
    if not all(texts_of.values()) or mixed:
        yield Argument(name="verification_messages", value=AS_IT_IS)
        return
    usual = {
        "email_subject": "Your verification code",
        "email_message": "Your confirmation code is {####}",
        "sms_message": "Your verification code is {####}",
    }
    if not by_link and texts_of == usual:
        return
    yield Argument(
        name="verification_messages",
        value=Call(
            "VerificationByLink" if by_link else "VerificationByCode",
            (),
            [Argument(name=name, value=str(value)) for name, value in texts_of.items()],
        ),
    )


def _invitation_messages(found: Mapping[str, Any]) -> Iterator[Argument]:
    if not found or not any(found.values()):
        yield Argument(name="invitation_messages", value=AS_IT_IS)
        return
    usual = {
        "email_subject": "Your temporary password",
        "email_message": "Your username is {username} and temporary password is {####}",
        "sms_message": "Your username is {username} and temporary password is {####}",
    }
    changed = [
        Argument(name=name, value=str(found[name]) if found.get(name) else AS_IT_IS)
        for name in usual
        if found.get(name) != usual[name]
    ]
    if changed:
        yield Argument(name="invitation_messages", value=Call("InvitationMessages", (), changed))


def _function(config: Mapping[str, Any], name: str) -> str:
    if name in {"custom_email_sender", "custom_sms_sender"}:
        return str(block(config, name).get("lambda_arn") or "")
    if name == "pre_token_generation":
        newer = block(config, "pre_token_generation_config")
        return str(newer.get("lambda_arn") or config.get(name) or "")
    return str(config.get(name) or "")


def _lambda_triggers(config: Mapping[str, Any], permitted: Collection[str]) -> Iterator[Argument]:
    found: list[Argument] = []
    others: list[Expression] = []
    for name in _TRIGGERS:
        function = _function(config, name)
        if not function:
            continue
        if name not in permitted and name != "kms_key_id":
            others.append(name)
        if name == "pre_token_generation":
            version = str(
                block(config, "pre_token_generation_config").get("lambda_version") or "V1_0"
            )
            value: Expression = Call(
                "PreTokenGeneration",
                (),
                (
                    Argument(name="function", value=function),
                    Argument(name="version", value=member(PreTokenGenerationVersion, version)),
                ),
            )
        else:
            value = function
        found.append(Argument(name=name, value=value))
    if others:
        found.append(
            Argument(
                name="without_permission",
                value=Items(others),
                comment="Something else lets the pool call these functions.",
            )
        )
    if found:
        yield Argument(name="lambda_triggers", value=Call("LambdaTriggers", (), found))


def _tier(values: Mapping[str, Any]) -> Iterator[Argument]:
    tier = values.get("user_pool_tier") or "ESSENTIALS"
    if tier != UserPoolTier.ESSENTIALS:
        yield Argument(name="user_pool_tier", value=member(UserPoolTier, tier))
    add_ons = block(values, "user_pool_add_ons")
    if add_ons:
        flows = block(add_ons, "advanced_security_additional_flows").get("custom_auth_mode")
        custom = (
            (Argument(name="custom_auth_mode", value=member(CustomAuthMode, flows)),)
            if flows
            else ()
        )
        mode = member(AdvancedSecurityMode, str(add_ons["advanced_security_mode"]))
        yield Argument(
            name="user_pool_add_ons",
            value=Call(
                "UserPoolAddOns",
                (),
                (Argument(name="advanced_security_mode", value=mode), *custom),
            ),
        )
