"""AWS's own words: units, placeholders, hosts, and the values that both wings know."""

import re
from enum import StrEnum
from types import MappingProxyType

SECONDS_IN = MappingProxyType({"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1})
"""The units of token lifetimes, the largest first, with their seconds (API, TimeUnitsType)."""

DEFAULT_UNIT = MappingProxyType(
    {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
)
"""The unit of a lifetime whose `token_validity_units` are left out (API, CreateUserPoolClient)."""


CODE = "{####}"
"""Stands for the code, or for the temporary password in an invitation."""

USERNAME = "{username}"
"""Stands for the user's name, in an invitation (API, MessageTemplateType)."""

ANY_LINK = "{##words##}"
"""Stands for every link, whatever its words."""


def holds_placeholder(message: str, placeholder: str) -> bool:
    """Say whether *message* holds *placeholder*, or any link where it is `ANY_LINK`."""
    if placeholder == ANY_LINK:
        # `{####}`, the code, has the marks of a link and no words.
        return re.search(r"\{##(?!##\}).+?##\}", message, re.DOTALL) is not None
    return placeholder in message


class RecoveryMechanism(StrEnum):
    """Where Cognito sends the code that resets a password."""

    VERIFIED_EMAIL = "verified_email"
    VERIFIED_PHONE_NUMBER = "verified_phone_number"
    ADMIN_ONLY = "admin_only"


class AuthFlow(StrEnum):
    """How an application may hand credentials to Cognito's API."""

    ADMIN_USER_PASSWORD = "ALLOW_ADMIN_USER_PASSWORD_AUTH"  # noqa: S105 - the name of a flow
    CUSTOM = "ALLOW_CUSTOM_AUTH"
    USER = "ALLOW_USER_AUTH"
    USER_PASSWORD = "ALLOW_USER_PASSWORD_AUTH"  # noqa: S105 - the name of a flow
    USER_SRP = "ALLOW_USER_SRP_AUTH"


AUTH_FLOWS = (
    "ADMIN_NO_SRP_AUTH",
    "CUSTOM_AUTH_FLOW_ONLY",
    "USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_TOKEN_EXCHANGE_DELEGATION",
    "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
)
"""All flows of Cognito's API, those without the prefix from before 2019 (ExplicitAuthFlowsType)."""

PROVIDER_TYPES = (
    "SAML",
    "Facebook",
    "Google",
    "LoginWithAmazon",
    "SignInWithApple",
    "OIDC",
)
"""API, IdentityProviderTypeType."""

REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH"
"""The flow in which a refresh token renews the others (API, ExplicitAuthFlowsType)."""

TIME_UNITS = tuple(reversed(SECONDS_IN))
"""The units of token lifetimes, the smallest first (API, TimeUnitsType)."""


class StandardAttributeName(StrEnum):
    """The attributes of OpenID Connect that every user pool has."""

    ADDRESS = "address"
    BIRTHDATE = "birthdate"
    EMAIL = "email"
    FAMILY_NAME = "family_name"
    GENDER = "gender"
    GIVEN_NAME = "given_name"
    LOCALE = "locale"
    MIDDLE_NAME = "middle_name"
    NAME = "name"
    NICKNAME = "nickname"
    PHONE_NUMBER = "phone_number"
    PICTURE = "picture"
    PREFERRED_USERNAME = "preferred_username"
    PROFILE = "profile"
    UPDATED_AT = "updated_at"
    WEBSITE = "website"
    ZONEINFO = "zoneinfo"


READ_ONLY_ATTRIBUTES = ("email_verified", "phone_number_verified")
"""What Cognito keeps beside the standard attributes; readable, never declared."""

FILLED_BY_COGNITO = (*READ_ONLY_ATTRIBUTES, "username")
"""What a mapping may fill although no client may write it: of `username`, the name of a federated
user, every provider but SAML's fills it (API, AttributeMappingType)."""


class FirstAuthFactor(StrEnum):
    """Cognito's own names of the first factors."""

    EMAIL_OTP = "EMAIL_OTP"
    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a factor
    SMS_OTP = "SMS_OTP"
    WEB_AUTHN = "WEB_AUTHN"


class UserVerification(StrEnum):
    """Whether a passkey must check the person, by a PIN or a finger print."""

    REQUIRED = "required"
    PREFERRED = "preferred"


class LoginProvider(StrEnum):
    """A social provider that an identity pool knows by itself (API, CreateIdentityPool)."""

    AMAZON = "www.amazon.com"
    APPLE = "appleid.apple.com"
    FACEBOOK = "graph.facebook.com"
    GOOGLE = "accounts.google.com"
    TWITTER = "api.twitter.com"


class AmbiguousRoleResolution(StrEnum):
    """What a user gets for whom no role can be told."""

    AUTHENTICATED_ROLE = "AuthenticatedRole"
    DENY = "Deny"


class MatchType(StrEnum):
    """How a claim has to match; without the claim no rule matches, not even `NOT_EQUAL`."""

    CONTAINS = "Contains"
    EQUALS = "Equals"
    NOT_EQUAL = "NotEqual"
    STARTS_WITH = "StartsWith"


class PreTokenGenerationVersion(StrEnum):
    """What the function gets and may change."""

    V1_0 = "V1_0"
    V2_0 = "V2_0"
    V3_0 = "V3_0"


class OnUnauthenticatedRequest(StrEnum):
    """What becomes of a request without a session."""

    ALLOW = "allow"
    AUTHENTICATE = "authenticate"
    DENY = "deny"


class AssetCategory(StrEnum):
    """Where an image is shown (API: AssetCategoryType)."""

    AUTH_APP_GRAPHIC = "AUTH_APP_GRAPHIC"
    EMAIL_GRAPHIC = "EMAIL_GRAPHIC"
    FAVICON_ICO = "FAVICON_ICO"
    FAVICON_SVG = "FAVICON_SVG"
    FORM_BACKGROUND = "FORM_BACKGROUND"
    FORM_LOGO = "FORM_LOGO"
    IDP_BUTTON_ICON = "IDP_BUTTON_ICON"
    PAGE_BACKGROUND = "PAGE_BACKGROUND"
    PAGE_FOOTER_BACKGROUND = "PAGE_FOOTER_BACKGROUND"
    PAGE_FOOTER_LOGO = "PAGE_FOOTER_LOGO"
    PAGE_HEADER_BACKGROUND = "PAGE_HEADER_BACKGROUND"
    PAGE_HEADER_LOGO = "PAGE_HEADER_LOGO"
    PASSKEY_GRAPHIC = "PASSKEY_GRAPHIC"
    PASSWORD_GRAPHIC = "PASSWORD_GRAPHIC"  # noqa: S105 - the name of an image
    SMS_GRAPHIC = "SMS_GRAPHIC"


class ColorMode(StrEnum):
    """In which colours of the browser an image is shown (API: ColorSchemeModeType)."""

    DARK = "DARK"
    DYNAMIC = "DYNAMIC"
    LIGHT = "LIGHT"


class AssetExtension(StrEnum):
    """The kind of an image (API: AssetExtensionType, which has no JPG)."""

    ICO = "ICO"
    JPEG = "JPEG"
    PNG = "PNG"
    SVG = "SVG"
    WEBP = "WEBP"


class MfaConfiguration(StrEnum):
    """Cognito's own words for who must use a second factor."""

    OFF = "OFF"
    OPTIONAL = "OPTIONAL"
    ON = "ON"


class OAuthFlow(StrEnum):
    """The grants in which a user signs in at Cognito's pages.

    The grant `client_credentials`, which has no user, is `MachineToMachine`.
    """

    CODE = "code"
    IMPLICIT = "implicit"


CLIENT_CREDENTIALS = "client_credentials"
"""The grant in which a program gets a token for itself (API, OAuthFlowType)."""

OAUTH_FLOWS = (*OAuthFlow, CLIENT_CREDENTIALS)
"""All grants (API, OAuthFlowType)."""


class OAuthScope(StrEnum):
    """The scopes that Cognito knows by itself."""

    COGNITO_ADMIN = "aws.cognito.signin.user.admin"
    EMAIL = "email"
    OPENID = "openid"
    PHONE = "phone"
    PROFILE = "profile"


class AttributesRequestMethod(StrEnum):
    """How Cognito asks the provider for a user's attributes."""

    GET = "GET"
    POST = "POST"


class EventFilter(StrEnum):
    """Where a password is looked up among those that leaked (API: EventFilterType)."""

    PASSWORD_CHANGE = "PASSWORD_CHANGE"  # noqa: S105 - the name of an event
    SIGN_IN = "SIGN_IN"
    SIGN_UP = "SIGN_UP"


class CompromisedCredentialsEventAction(StrEnum):
    """What is done with a password that leaked."""

    BLOCK = "BLOCK"
    NO_ACTION = "NO_ACTION"


class AccountTakeoverEventAction(StrEnum):
    """What is done at a risk level (API: AccountTakeoverEventActionType).

    `MFA_IF_CONFIGURED` lets a user in who has no second factor, `MFA_REQUIRED` does not.
    """

    BLOCK = "BLOCK"
    MFA_IF_CONFIGURED = "MFA_IF_CONFIGURED"
    MFA_REQUIRED = "MFA_REQUIRED"
    NO_ACTION = "NO_ACTION"


class ContactAttribute(StrEnum):
    """An attribute that Cognito can verify by sending a code."""

    EMAIL = "email"
    PHONE_NUMBER = "phone_number"


class AliasAttribute(StrEnum):
    """An attribute that stands for the user name at sign-in."""

    EMAIL = "email"
    PHONE_NUMBER = "phone_number"
    PREFERRED_USERNAME = "preferred_username"


class RotationFeature(StrEnum):
    """Cognito's own words for whether refresh tokens are replaced at each use."""

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class DeliveryMedium(StrEnum):
    """By what an invitation is sent."""

    EMAIL = "EMAIL"
    SMS = "SMS"


class MessageAction(StrEnum):
    """What happens with the invitation instead of sending it once."""

    RESEND = "RESEND"
    SUPPRESS = "SUPPRESS"


RESERVED_WORDS = ("amazon", "aws", "cognito")
"""What no prefix may hold (aws-amplify/amplify-cli#1513 and #3854)."""


CERTIFICATE_REGION = "us-east-1"
"""Where the certificate of a custom domain is, wherever the pool is: Cognito uses CloudFront."""


class UserPoolTier(StrEnum):
    """The feature plan, billed by active user."""

    LITE = "LITE"
    ESSENTIALS = "ESSENTIALS"
    PLUS = "PLUS"


class AdvancedSecurityMode(StrEnum):
    """What threat protection does with what it finds."""

    OFF = "OFF"
    AUDIT = "AUDIT"
    ENFORCED = "ENFORCED"


class CustomAuthMode(StrEnum):
    """What threat protection does in custom authentication, where it cannot be told `OFF`."""

    AUDIT = "AUDIT"
    ENFORCED = "ENFORCED"


MANAGED_LOGIN = 2
"""The version of the sign-in pages that is not the classic one (API, ManagedLoginVersion)."""


LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""What never leaves the user's own machine (RFC 8252, section 7.3, and RFC 6761, section 6.3)."""
