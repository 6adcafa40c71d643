"""The blocks and lists of `aws_cognito_user_pool`, with every value that AWS would else fill in."""

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


def account_recovery_setting(recovery: AccountRecovery) -> CognitoUserPoolAccountRecoverySetting:
    """The first mechanism has priority 1."""
    return CognitoUserPoolAccountRecoverySetting(
        recovery_mechanism=[
            CognitoUserPoolAccountRecoverySettingRecoveryMechanism(
                name=mechanism, priority=priority
            )
            for priority, mechanism in enumerate(recovery.mechanisms, start=1)
        ]
    )


def admin_create_user_config(
    allow_admin_create_user_only: Flag, messages: InvitationMessages
) -> CognitoUserPoolAdminCreateUserConfig:
    """An administrator may invite users, also where everybody may sign up."""
    return CognitoUserPoolAdminCreateUserConfig(
        allow_admin_create_user_only=allow_admin_create_user_only,
        invite_message_template=CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate(
            email_message=messages.email_message,
            email_subject=messages.email_subject,
            sms_message=messages.sms_message,
        ),
    )


def alias_attributes(sign_in: SignIn) -> list[str] | None:
    """Nothing where users have no names, or names alone."""
    return list(sign_in.alias_attributes) or None if isinstance(sign_in, Username) else None


def device_configuration(
    devices: DeviceConfiguration | None,
) -> CognitoUserPoolDeviceConfiguration | None:
    """Both or no value: with one alone every plan shows a change (lgallard#158)."""
    if devices is None:
        return None
    return CognitoUserPoolDeviceConfiguration(
        challenge_required_on_new_device=devices.challenge_required_on_new_device,
        device_only_remembered_on_user_prompt=devices.remember is RememberDevices.ON_USER_PROMPT,
    )


def email_configuration(email: Email) -> CognitoUserPoolEmailConfiguration:
    """The sender, also where it is Cognito's own: left out, a change back would not be seen."""
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
    """Message and subject always: an empty block is not applied (#43917)."""
    factor = find_factor(mfa, EmailMfa)
    if factor is None:
        return None
    return CognitoUserPoolEmailMfaConfiguration(message=factor.message, subject=factor.subject)


def password_policy(policy: PasswordPolicy) -> CognitoUserPoolPasswordPolicy:
    """Every value, also those that are Cognito's own."""
    return CognitoUserPoolPasswordPolicy(
        minimum_length=policy.minimum_length,
        password_history_size=policy.password_history_size or None,
        require_lowercase=policy.require_lowercase,
        require_numbers=policy.require_numbers,
        require_symbols=policy.require_symbols,
        require_uppercase=policy.require_uppercase,
        temporary_password_validity_days=policy.temporary_password_validity_days,
    )


def sign_in_policy(
    tier: UserPoolTier, factors: Collection[FirstFactor]
) -> CognitoUserPoolSignInPolicy | None:
    """The password always: Cognito wants it among the first factors. Lite has no such policy."""
    if tier is UserPoolTier.LITE:
        return None
    names = {FirstAuthFactor.PASSWORD, *map(factor_name, factors)}
    return CognitoUserPoolSignInPolicy(allowed_first_auth_factors=sorted(names))


def sms_authentication_message(mfa: Mfa) -> str | None:
    """Only where SMS is a second factor: without one, Cognito sends no such message."""
    factor = find_factor(mfa, SmsMfa)
    return None if factor is None else factor.message


def software_token_mfa_configuration(
    mfa: Mfa,
) -> CognitoUserPoolSoftwareTokenMfaConfiguration | None:
    """Nothing when MFA is off: Cognito refuses a factor then."""
    if find_factor(mfa, SoftwareTokenMfa) is None:
        return None
    return CognitoUserPoolSoftwareTokenMfaConfiguration(enabled=True)


def user_attribute_update_settings(
    contacts: Iterable[ContactAttribute],
) -> CognitoUserPoolUserAttributeUpdateSettings | None:
    """Nothing when no address needs it."""
    names: list[str] = [*contacts]
    if not names:
        return None
    return CognitoUserPoolUserAttributeUpdateSettings(
        attributes_require_verification_before_update=names
    )


def user_pool_add_ons(add_ons: UserPoolAddOns | None) -> CognitoUserPoolUserPoolAddOns | None:
    """Nothing unless asked for: Cognito takes the block as a wish for the tier Plus."""
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
    """Nothing where users have names: Cognito refuses both kinds of sign-in at once."""
    return list(sign_in.attributes) if isinstance(sign_in, UsernameAttributes) else None


def username_configuration(case_sensitive: Flag) -> CognitoUserPoolUsernameConfiguration:
    """Always: adding the block to a pool that has none replaces the pool."""
    return CognitoUserPoolUsernameConfiguration(case_sensitive=case_sensitive)


def verification_message_template(
    messages: VerificationMessages,
) -> CognitoUserPoolVerificationMessageTemplate:
    """One kind of e-mail alone: Cognito refuses both."""
    match messages:
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
    """Nothing unless passkeys are a first factor."""
    for factor in factors:
        if isinstance(factor, Passkey):
            return CognitoUserPoolWebAuthnConfiguration(
                relying_party_id=factor.relying_party_id,
                user_verification=factor.user_verification,
            )
    return None


def schema(attributes: Iterable[Attribute]) -> list[CognitoUserPoolSchema] | None:
    """Give the blocks in the order of their names, or nothing."""
    blocks = [_block(attribute) for attribute in sorted(attributes, key=_order)]
    return blocks or None


def _order(attribute: Attribute) -> str:
    """By name; names that only Terraform knows go first, as they came."""
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
    minimum: Number | None, maximum: Number | None
) -> CognitoUserPoolSchemaStringAttributeConstraints:
    return CognitoUserPoolSchemaStringAttributeConstraints(
        max_length=_decimal(maximum), min_length=_decimal(minimum)
    )


def _decimal(value: Number | None) -> str | None:
    """Write a bound as Cognito does, in plain digits; a token becomes text in Terraform."""
    if value is None:
        return None
    return str(value) if is_concrete(value) else Fn.tostring(value)


class SmsRole(AuthConstruct):
    """A role that only Cognito, only for this account and only with our external id, may assume.

    Args:
        scope: The pool.
        construct_id: The id.
        lifecycle: The pool's own: a role that goes before its pool breaks the pool.
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
    sms: SmsConfiguration | None, role: SmsRole | None
) -> CognitoUserPoolSmsConfiguration | None:
    """The given role, else the one that was made, else nothing: it can never be taken out."""
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
