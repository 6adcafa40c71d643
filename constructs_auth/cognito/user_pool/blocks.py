"""The blocks and lists of `aws_cognito_user_pool`, with every value that AWS would fill in."""

from collections.abc import Collection, Iterable

from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._iam import account_id, policy_document, role_name_prefix
from constructs_auth._tokens import Flag, Number, is_concrete
from constructs_auth.engine import (
    CognitoUserPoolAccountRecoverySetting,
    CognitoUserPoolAccountRecoverySettingRecoveryMechanism,
    CognitoUserPoolAdminCreateUserConfig,
    CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate,
    CognitoUserPoolDeviceConfiguration,
    CognitoUserPoolEmailConfiguration,
    CognitoUserPoolEmailMfaConfiguration,
    CognitoUserPoolPasswordPolicy,
    CognitoUserPoolSchema,
    CognitoUserPoolSchemaNumberAttributeConstraints,
    CognitoUserPoolSchemaStringAttributeConstraints,
    CognitoUserPoolSignInPolicy,
    CognitoUserPoolSmsConfiguration,
    CognitoUserPoolSoftwareTokenMfaConfiguration,
    CognitoUserPoolUserAttributeUpdateSettings,
    CognitoUserPoolUsernameConfiguration,
    CognitoUserPoolUserPoolAddOns,
    CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows,
    CognitoUserPoolVerificationMessageTemplate,
    CognitoUserPoolWebAuthnConfiguration,
    Construct,
    Fn,
    IamRole,
    IamRolePolicy,
    TerraformResourceLifecycle,
)
from constructs_auth.facts.words import ContactAttribute, FirstAuthFactor, UserPoolTier
from constructs_auth.values.account_recovery import AccountRecovery
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.attributes import (
    Attribute,
    BooleanAttribute,
    DateTimeAttribute,
    NumberAttribute,
    StandardAttribute,
    StringAttribute,
)
from constructs_auth.values.device_configuration import DeviceConfiguration, RememberDevices
from constructs_auth.values.email import CognitoEmail, Email, SesEmail
from constructs_auth.values.first_factors import FirstFactor, Passkey, factor_name
from constructs_auth.values.messages import (
    InvitationMessages,
    VerificationByCode,
    VerificationByLink,
    VerificationMessages,
)
from constructs_auth.values.mfa import EmailMfa, Mfa, SmsMfa, SoftwareTokenMfa, find_factor
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.sign_in import SignIn, Username, UsernameAttributes
from constructs_auth.values.sms import SmsConfiguration
from constructs_auth.values.user_pool_tier import UserPoolAddOns


def account_recovery_setting(
    recovery: AccountRecovery | AsItIs,
) -> CognitoUserPoolAccountRecoverySetting | None:
    """Return the mechanisms; the first has priority 1."""
    if recovery is AS_IT_IS:
        return None
    return CognitoUserPoolAccountRecoverySetting(
        recovery_mechanism=[
            CognitoUserPoolAccountRecoverySettingRecoveryMechanism(
                name=mechanism, priority=priority
            )
            for priority, mechanism in enumerate(recovery.mechanisms, start=1)
        ]
    )


def admin_create_user_config(
    allow_admin_create_user_only: Flag, messages: InvitationMessages | AsItIs
) -> CognitoUserPoolAdminCreateUserConfig:
    """Return the block with invitation messages, which apply even if everybody may sign up."""
    template = None
    if messages is not AS_IT_IS:
        template = CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate(
            email_message=_given(messages.email_message),
            email_subject=_given(messages.email_subject),
            sms_message=_given(messages.sms_message),
        )
    return CognitoUserPoolAdminCreateUserConfig(
        allow_admin_create_user_only=allow_admin_create_user_only,
        invite_message_template=template,
    )


def _given(message: str | AsItIs) -> str | None:
    return None if message is AS_IT_IS else message


def alias_attributes(sign_in: SignIn) -> list[str] | None:
    """Return the aliases, or `None` if users have no user names or no aliases."""
    return list(sign_in.alias_attributes) or None if isinstance(sign_in, Username) else None


def device_configuration(
    devices: DeviceConfiguration | None,
) -> CognitoUserPoolDeviceConfiguration | None:
    """Return both values or none: with only one, every plan shows a change (lgallard#158)."""
    if devices is None:
        return None
    return CognitoUserPoolDeviceConfiguration(
        challenge_required_on_new_device=devices.challenge_required_on_new_device,
        device_only_remembered_on_user_prompt=devices.remember is RememberDevices.ON_USER_PROMPT,
    )


def email_configuration(email: Email) -> CognitoUserPoolEmailConfiguration:
    """Return the sender, even Cognito's own: without it, Terraform misses a change back to it."""
    match email:
        case CognitoEmail():
            return CognitoUserPoolEmailConfiguration(
                email_sending_account="COGNITO_DEFAULT",
                reply_to_email_address=email.reply_to_email_address,
            )
        case SesEmail():
            return CognitoUserPoolEmailConfiguration(
                configuration_set=email.configuration_set,
                email_sending_account="DEVELOPER",
                from_email_address=email.from_email_address,
                reply_to_email_address=email.reply_to_email_address,
                source_arn=email.source_arn,
            )


def email_mfa_configuration(mfa: Mfa) -> CognitoUserPoolEmailMfaConfiguration | None:
    """Return message and subject together: the provider does not apply an empty block (#43917)."""
    factor = find_factor(mfa, EmailMfa)
    if factor is None:
        return None
    return CognitoUserPoolEmailMfaConfiguration(message=factor.message, subject=factor.subject)


def password_policy(policy: PasswordPolicy) -> CognitoUserPoolPasswordPolicy:
    """Return every value, even Cognito's defaults."""
    days = policy.temporary_password_validity_days
    return CognitoUserPoolPasswordPolicy(
        minimum_length=policy.minimum_length,
        password_history_size=policy.password_history_size or None,
        require_lowercase=policy.require_lowercase,
        require_numbers=policy.require_numbers,
        require_symbols=policy.require_symbols,
        require_uppercase=policy.require_uppercase,
        temporary_password_validity_days=None if days is AS_IT_IS else days,
    )


def sign_in_policy(
    tier: UserPoolTier, factors: Collection[FirstFactor] | AsItIs
) -> CognitoUserPoolSignInPolicy | None:
    """Return the first factors, always with the password, as Cognito requires; none on LITE."""
    if tier is UserPoolTier.LITE or factors is AS_IT_IS:
        return None
    names = {FirstAuthFactor.PASSWORD, *map(factor_name, factors)}
    return CognitoUserPoolSignInPolicy(allowed_first_auth_factors=sorted(names))


def sms_authentication_message(mfa: Mfa) -> str | None:
    """Return the message if SMS is a second factor; otherwise Cognito sends none."""
    factor = find_factor(mfa, SmsMfa)
    return None if factor is None else _given(factor.message)


def software_token_mfa_configuration(
    mfa: Mfa,
) -> CognitoUserPoolSoftwareTokenMfaConfiguration | None:
    """Return the block, or `None` when MFA is off: Cognito then rejects a factor."""
    if find_factor(mfa, SoftwareTokenMfa) is None:
        return None
    return CognitoUserPoolSoftwareTokenMfaConfiguration(enabled=True)


def user_attribute_update_settings(
    contacts: Iterable[ContactAttribute],
) -> CognitoUserPoolUserAttributeUpdateSettings | None:
    """Return the block, or `None` if no address needs it."""
    names: list[str] = [*contacts]
    if not names:
        return None
    return CognitoUserPoolUserAttributeUpdateSettings(
        attributes_require_verification_before_update=names
    )


def user_pool_add_ons(add_ons: UserPoolAddOns | None) -> CognitoUserPoolUserPoolAddOns | None:
    """Return the block only if it is set: Cognito requires the PLUS tier for it."""
    if add_ons is None:
        return None
    flows = None
    if add_ons.custom_auth_mode is not None:
        flows = CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows(
            custom_auth_mode=add_ons.custom_auth_mode
        )
    return CognitoUserPoolUserPoolAddOns(
        advanced_security_mode=add_ons.advanced_security_mode,
        advanced_security_additional_flows=flows,
    )


def username_attributes(sign_in: SignIn) -> list[str] | None:
    """Return the attributes, or `None` with user names: Cognito rejects both together."""
    return list(sign_in.attributes) if isinstance(sign_in, UsernameAttributes) else None


def username_configuration(
    case_sensitive: Flag | AsItIs,
) -> CognitoUserPoolUsernameConfiguration | None:
    """Return the block unless the pool is imported: adding it later replaces the pool."""
    if case_sensitive is AS_IT_IS:
        return None
    return CognitoUserPoolUsernameConfiguration(case_sensitive=case_sensitive)


def verification_message_template(
    messages: VerificationMessages | AsItIs,
) -> CognitoUserPoolVerificationMessageTemplate | None:
    """Return one kind of e-mail: Cognito rejects both together."""
    match messages:
        case AsItIs():
            return None
        case VerificationByCode():
            return CognitoUserPoolVerificationMessageTemplate(
                default_email_option="CONFIRM_WITH_CODE",
                email_message=messages.email_message,
                email_subject=messages.email_subject,
                sms_message=messages.sms_message,
            )
        case VerificationByLink():
            return CognitoUserPoolVerificationMessageTemplate(
                default_email_option="CONFIRM_WITH_LINK",
                email_message_by_link=messages.email_message,
                email_subject_by_link=messages.email_subject,
                sms_message=messages.sms_message,
            )


def web_authn_configuration(
    factors: Collection[FirstFactor],
) -> CognitoUserPoolWebAuthnConfiguration | None:
    """Return the block, or `None` unless passkeys are a first factor that sets something."""
    for factor in factors:
        if isinstance(factor, Passkey):
            party, verification = factor.relying_party_id, factor.user_verification
            if party is AS_IT_IS and verification is AS_IT_IS:
                return None
            return CognitoUserPoolWebAuthnConfiguration(
                relying_party_id=None if party is AS_IT_IS else party,
                user_verification=None if verification is AS_IT_IS else verification,
            )
    return None


def schema(attributes: Iterable[Attribute]) -> list[CognitoUserPoolSchema] | None:
    """Return the blocks in the order of their names, or `None`."""
    blocks = [_block(attribute) for attribute in sorted(attributes, key=_order)]
    return blocks or None


def _order(attribute: Attribute) -> str:
    """Sort by name; tokens come first, in their order."""
    return attribute.name if is_concrete(attribute.name) else ""


def _block(attribute: Attribute) -> CognitoUserPoolSchema:
    match attribute:
        case StandardAttribute(min_length=None):
            numbers = CognitoUserPoolSchemaNumberAttributeConstraints(min_value="0")
            return _typed(attribute, "Number", required=attribute.required, numbers=numbers)
        case StandardAttribute():
            strings = _lengths(attribute.min_length, attribute.max_length)
            return _typed(attribute, "String", required=attribute.required, strings=strings)
        case StringAttribute():
            strings = _lengths(attribute.min_length, attribute.max_length)
            return _typed(attribute, "String", strings=strings)
        case NumberAttribute():
            numbers = CognitoUserPoolSchemaNumberAttributeConstraints(
                min_value=_decimal(attribute.min_value), max_value=_decimal(attribute.max_value)
            )
            return _typed(attribute, "Number", numbers=numbers)
        case BooleanAttribute():
            return _typed(attribute, "Boolean")
        case DateTimeAttribute():
            return _typed(attribute, "DateTime")


def _typed(
    attribute: Attribute,
    data_type: str,
    *,
    required: Flag = False,
    strings: CognitoUserPoolSchemaStringAttributeConstraints | None = None,
    numbers: CognitoUserPoolSchemaNumberAttributeConstraints | None = None,
) -> CognitoUserPoolSchema:
    return CognitoUserPoolSchema(
        attribute_data_type=data_type,
        developer_only_attribute=False,
        mutable=attribute.mutable,
        name=attribute.name,
        number_attribute_constraints=numbers,
        required=required,
        string_attribute_constraints=strings,
    )


def _lengths(
    minimum: Number | AsItIs | None, maximum: Number | AsItIs | None
) -> CognitoUserPoolSchemaStringAttributeConstraints:
    return CognitoUserPoolSchemaStringAttributeConstraints(
        max_length=_decimal(maximum), min_length=_decimal(minimum)
    )


def _decimal(value: Number | AsItIs | None) -> str | None:
    """Return a bound in plain digits, as Cognito does; Terraform converts a token to text."""
    if value is None or value is AS_IT_IS:
        return None
    return str(value) if is_concrete(value) else Fn.tostring(value)


class SmsRole(AuthConstruct):
    """A role that only Cognito may assume, for this account and with this external id.

    Args:
        scope: The pool.
        construct_id: The id.
        lifecycle: The lifecycle of the pool, because a pool does not work without its role.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, lifecycle: TerraformResourceLifecycle | None
    ) -> None:
        super().__init__(scope, construct_id)
        self.external_id = scope.node.path
        self.role = IamRole(
            self,
            "Default",
            assume_role_policy=_trust_policy(account_id(scope), self.external_id),
            description=f"Lets Amazon Cognito send SMS for {scope.node.path}",
            lifecycle=lifecycle,
            name_prefix=role_name_prefix(scope.node.id, "sms"),
        )
        name_after(scope, self.role, construct_id)
        self.policy = IamRolePolicy(
            self,
            "publish",
            lifecycle=lifecycle,
            name="publish-sms",
            policy=policy_document({"Action": "sns:Publish", "Effect": "Allow", "Resource": "*"}),
            role=self.role.id,
        )
        name_after(scope, self.policy, construct_id)


def sms_configuration(
    sms: SmsConfiguration | AsItIs | None, role: SmsRole | None
) -> CognitoUserPoolSmsConfiguration | None:
    """Return the given role, else the created one, else `None`; a pool can never drop its role."""
    if sms is AS_IT_IS:
        return None
    if sms is not None:
        return CognitoUserPoolSmsConfiguration(
            external_id=sms.external_id,
            sns_caller_arn=sms.sns_caller_arn,
            sns_region=sms.sns_region,
        )
    if role is not None:
        return CognitoUserPoolSmsConfiguration(
            external_id=role.external_id, sns_caller_arn=role.role.arn
        )
    return None


def _trust_policy(account_id: str, external_id: str) -> str:
    return policy_document(
        {
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account_id, "sts:ExternalId": external_id}
            },
            "Effect": "Allow",
            "Principal": {"Service": "cognito-idp.amazonaws.com"},
        }
    )
