"""The user pool: a directory of users, and how they sign in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import NoneType

from constructs_auth import _checks
from constructs_auth._construct import name_or_id
from constructs_auth._tokens import Flag, is_concrete
from constructs_auth.cognito.user_pool import blocks
from constructs_auth.cognito.user_pool.blocks import SmsRole, schema, sms_configuration
from constructs_auth.cognito.user_pool.defaults import (
    checked_attributes,
    checked_factors,
    checked_verified,
    checked_verified_first,
    default_account_recovery,
    defaults_at,
    sends_sms,
)
from constructs_auth.cognito.user_pool.lambda_triggers import allow_invocations, lambda_config
from constructs_auth.cognito.user_pool.members import UserPoolMembers
from constructs_auth.engine import (
    CognitoUserPool,
    Construct,
    TerraformResourceLifecycle,
)
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    ContactAttribute,
    UserPoolTier,
)
from constructs_auth.stack import add_outputs_of
from constructs_auth.values.account_recovery import AccountRecovery
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.attributes import Attribute
from constructs_auth.values.device_configuration import DeviceConfiguration
from constructs_auth.values.email import CognitoEmail, Email, SesEmail
from constructs_auth.values.first_factors import FirstFactor, factor_name
from constructs_auth.values.lambda_triggers import LambdaTriggers
from constructs_auth.values.messages import (
    InvitationMessages,
    VerificationByCode,
    VerificationByLink,
    VerificationMessages,
)
from constructs_auth.values.mfa import Mfa
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.sign_in import SignIn, Username, UsernameAttributes
from constructs_auth.values.sms import SmsConfiguration
from constructs_auth.values.user_pool_tier import UserPoolAddOns


class UserPool(UserPoolMembers):
    """A directory of users.

    Its clients, domains, groups, resource servers and identity providers are constructs of their
    own, such as `UserPoolClient`. `add_client` and the like create the same ones.

    **Changing** *name* or *sign_in* replaces the pool. The new pool has no users. An existing
    attribute can never be changed.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the pool; the new one has no users.
        name: The name in the console, 1 to 128 characters. By default *construct_id*.
        sign_in: The name that users sign in with. By default their e-mail address.
        attributes: Custom attributes, and constraints of standard attributes. By default none. You
            can add attributes later, but not remove them.
        auto_verified_attributes: Which addresses Cognito verifies at sign-up. By default those that
            users sign in with, otherwise the e-mail address. For none, pass an empty collection.
        attributes_require_verification_before_update: Which addresses keep their old value until
            the new one is verified. By default the auto-verified ones.
        allow_admin_create_user_only: Whether only an administrator creates users. By default
            `True`; `False` opens sign-up to everybody on the internet.
        password_policy: The rules for passwords. By default `PasswordPolicy()`; with the profile
            `NIST`, without required kinds of character.
        passwordless: First factors that users may sign in with instead of a password. By default
            none. `AS_IT_IS` leaves out the sign-in policy.
        mfa: Who must use a second factor. By default users may set up an authenticator application;
            with the profile `STRICT` they must.
        account_recovery: How users recover their account. By default by e-mail if Cognito verifies
            it, otherwise by phone, otherwise through an administrator. `AS_IT_IS` leaves it out.
        device_configuration: Whether Cognito remembers devices. By default it remembers none.
        email: The sender of e-mail. By default Cognito: 50 messages a day.
        sms: The role that sends SMS. By default this library creates one if the pool sends SMS.
            `AS_IT_IS` creates none, and leaves the setting out.
        verification_messages: Messages that verify an address. By default with a code. `AS_IT_IS`
            leaves them out.
        invitation_messages: Messages to users whom an administrator creates. `AS_IT_IS` leaves them
            out.
        lambda_triggers: The functions that Cognito calls. By default none.
        user_pool_tier: The tier. By default ESSENTIALS, AWS's own default; with the profile
            `STRICT`, PLUS.
        user_pool_add_ons: Threat protection, which needs the PLUS tier. By default none; with the
            profile `STRICT`, enforced.
        deletion_protection: Whether AWS rejects the deletion of the pool. By default `True`.
        prevent_destroy: Whether Terraform rejects a plan that destroys the pool. By default
            `False`: with `True`, `terraform destroy` fails until you remove it.
        tags: Tags of the pool, in addition to those of the stack. By default none.

    Attributes:
        sign_in: The names that users sign in with.
        attributes: The attributes of users.
        auto_verified_attributes: Which addresses Cognito verifies at sign-up.
        password_policy: The rules for passwords.
        passwordless: First factors in place of a password.
        mfa: Who must use a second factor.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept. Synthesis reports combinations that
            cannot work.
    """

    _creates_resource_next = True

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str | None = None,
        sign_in: SignIn = UsernameAttributes(),
        attributes: Collection[Attribute] = (),
        auto_verified_attributes: Collection[ContactAttribute] | None = None,
        attributes_require_verification_before_update: Collection[ContactAttribute] | None = None,
        allow_admin_create_user_only: Flag = True,
        password_policy: PasswordPolicy | None = None,
        passwordless: Collection[FirstFactor] | AsItIs = (),
        mfa: Mfa | None = None,
        account_recovery: AccountRecovery | AsItIs | None = None,
        device_configuration: DeviceConfiguration | None = None,
        email: Email = CognitoEmail(),
        sms: SmsConfiguration | AsItIs | None = None,
        verification_messages: VerificationMessages | AsItIs = VerificationByCode(),
        invitation_messages: InvitationMessages | AsItIs = InvitationMessages(),
        lambda_triggers: LambdaTriggers = LambdaTriggers(),
        user_pool_tier: UserPoolTier | None = None,
        user_pool_add_ons: UserPoolAddOns | None = None,
        deletion_protection: bool = True,
        prevent_destroy: bool = False,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        defaults = defaults_at(scope)
        add_ons = defaults.add_ons if user_pool_add_ons is None else user_pool_add_ons
        mfa = defaults.mfa if mfa is None else mfa
        password_policy = defaults.password_policy if password_policy is None else password_policy
        tier = defaults.tier if user_pool_tier is None else user_pool_tier
        _checks.kind("UserPool.sign_in", sign_in, UsernameAttributes, Username)
        _checks.kind("UserPool.password_policy", password_policy, PasswordPolicy)
        _checks.kind("UserPool.mfa", mfa, Mfa)
        _checks.kind(
            "UserPool.account_recovery", account_recovery, AccountRecovery, AsItIs, NoneType
        )
        _checks.kind(
            "UserPool.device_configuration", device_configuration, DeviceConfiguration, NoneType
        )
        _checks.kind("UserPool.email", email, CognitoEmail, SesEmail)
        _checks.kind("UserPool.sms", sms, SmsConfiguration, AsItIs, NoneType)
        _checks.kind(
            "UserPool.verification_messages",
            verification_messages,
            VerificationByCode,
            VerificationByLink,
            AsItIs,
        )
        _checks.kind(
            "UserPool.invitation_messages", invitation_messages, InvitationMessages, AsItIs
        )
        _checks.kind("UserPool.lambda_triggers", lambda_triggers, LambdaTriggers)
        _checks.kind("UserPool.user_pool_add_ons", add_ons, UserPoolAddOns, NoneType)
        name = name_or_id("UserPool", name, construct_id)
        _checks.text("UserPool.name", name, limits.USER_POOL_NAME, remedy="give another name")
        _checks.flag("UserPool.allow_admin_create_user_only", allow_admin_create_user_only)
        _checks.known_flag("UserPool.deletion_protection", deletion_protection)
        _checks.known_flag("UserPool.prevent_destroy", prevent_destroy)
        tier = _checks.member("UserPool.user_pool_tier", tier, UserPoolTier)
        pool_tags = _checks.tags("UserPool.tags", tags)
        attributes = checked_attributes(attributes)
        factors = () if passwordless is AS_IT_IS else checked_factors(passwordless)
        verified = checked_verified(auto_verified_attributes, sign_in)
        first = attributes_require_verification_before_update
        verified_first = checked_verified_first(first, verified)
        recovery = account_recovery or default_account_recovery(verified)

        super().__init__(scope, construct_id)
        self.sign_in = sign_in
        self.attributes = attributes
        self.auto_verified_attributes = verified
        self.password_policy = password_policy
        self.passwordless = factors
        self.user_pool_tier = tier
        self.user_pool_add_ons = add_ons
        self.mfa = mfa
        self._problems = (*_lite_problems(tier, password_policy, factors),)
        lifecycle = TerraformResourceLifecycle(prevent_destroy=True) if prevent_destroy else None
        needs_role = sms is None and sends_sms(sign_in, verified, mfa, factors, recovery)
        role = SmsRole(self, "sms_role", lifecycle=lifecycle) if needs_role else None
        with self._creating_resource():
            self.resource = CognitoUserPool(
                self,
                "Default",
                account_recovery_setting=blocks.account_recovery_setting(recovery),
                admin_create_user_config=blocks.admin_create_user_config(
                    allow_admin_create_user_only, invitation_messages
                ),
                alias_attributes=blocks.alias_attributes(sign_in),
                auto_verified_attributes=list(verified) or None,
                deletion_protection="ACTIVE" if deletion_protection else "INACTIVE",
                depends_on=None if role is None else [role.policy],
                device_configuration=blocks.device_configuration(device_configuration),
                email_configuration=blocks.email_configuration(email),
                email_mfa_configuration=blocks.email_mfa_configuration(mfa),
                lambda_config=lambda_config(lambda_triggers),
                lifecycle=lifecycle,
                mfa_configuration=mfa.configuration,
                name=name,
                password_policy=blocks.password_policy(password_policy),
                schema=schema(attributes),
                sign_in_policy=blocks.sign_in_policy(
                    tier, AS_IT_IS if passwordless is AS_IT_IS else factors
                ),
                sms_authentication_message=blocks.sms_authentication_message(mfa),
                sms_configuration=sms_configuration(sms, role),
                software_token_mfa_configuration=blocks.software_token_mfa_configuration(mfa),
                tags=pool_tags or None,
                user_attribute_update_settings=blocks.user_attribute_update_settings(
                    verified_first
                ),
                user_pool_add_ons=blocks.user_pool_add_ons(add_ons),
                user_pool_tier=tier,
                username_attributes=blocks.username_attributes(sign_in),
                username_configuration=blocks.username_configuration(sign_in.case_sensitive),
                verification_message_template=blocks.verification_message_template(
                    verification_messages
                ),
                web_authn_configuration=blocks.web_authn_configuration(factors),
            )
        allow_invocations(self, lambda_triggers, user_pool=self.resource)

    def add_url_outputs(self, prefix: str | None = None) -> None:
        """Define the outputs `<prefix>_issuer` and `<prefix>_jwks_url`.

        Args:
            prefix: The prefix of the names. By default `user_pool` for the first pool of the stack,
                and the Terraform name of every other pool.

        Raises:
            InvalidValueError: An output has the name of another.
        """
        outputs = {
            "issuer": (self.issuer, "The iss claim of every token."),
            "jwks_url": (self.jwks_url, "The public keys that tokens are checked with."),
        }
        add_outputs_of(self, outputs, prefix=prefix, default_prefix="user_pool")

    def find_problems(self) -> Sequence[str]:
        """Return errors for settings that the tier LITE does not have."""
        return self._problems


def _lite_problems(
    tier: UserPoolTier, password_policy: PasswordPolicy, factors: Collection[FirstFactor]
) -> Iterator[str]:
    """Yield errors for passwordless factors and a password history on the tier LITE."""
    if tier is not UserPoolTier.LITE:
        return
    remedy = "set user_pool_tier=UserPoolTier.ESSENTIALS, or leave it out"
    for factor in factors:
        yield f"passwordless: must be empty on the tier LITE, got {factor_name(factor)}; {remedy}"
    history = password_policy.password_history_size
    if is_concrete(history) and history:
        yield (
            f"password_policy: must have no password history on the tier LITE, got {history}; "
            f"set password_history_size=0, or {remedy}"
        )
