"""Of which types the settings of a user pool are."""

from collections.abc import Mapping
from types import NoneType

from constructs_auth import _checks
from constructs_auth.values.account_recovery import AccountRecovery
from constructs_auth.values.device_configuration import DeviceConfiguration
from constructs_auth.values.email import CognitoEmail, SesEmail
from constructs_auth.values.lambda_triggers import LambdaTriggers
from constructs_auth.values.messages import (
    InvitationMessages,
    VerificationByCode,
    VerificationByLink,
)
from constructs_auth.values.mfa import Mfa
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.sign_in import Username, UsernameAttributes
from constructs_auth.values.sms import SmsConfiguration
from constructs_auth.values.user_pool_tier import UserPoolAddOns

_KINDS: Mapping[str, tuple[type, ...]] = {
    "sign_in": (UsernameAttributes, Username),
    "password_policy": (PasswordPolicy,),
    "mfa": (Mfa,),
    "account_recovery": (AccountRecovery, NoneType),
    "device_configuration": (DeviceConfiguration, NoneType),
    "email": (CognitoEmail, SesEmail),
    "sms": (SmsConfiguration, NoneType),
    "verification_messages": (VerificationByCode, VerificationByLink),
    "invitation_messages": (InvitationMessages,),
    "lambda_triggers": (LambdaTriggers,),
    "user_pool_add_ons": (UserPoolAddOns, NoneType),
}


def check_kinds(settings: Mapping[str, object]) -> None:
    """Refuse a setting of another type than it has.

    Args:
        settings: The settings by their keyword.

    Raises:
        InvalidValueError: Such a setting.
    """
    for keyword, value in settings.items():
        _checks.kind(f"UserPool.{keyword}", value, *_KINDS[keyword])
