"""AWS's units, placeholders, hosts and enumerated values."""

import re
from enum import StrEnum
from types import MappingProxyType

SECONDS_IN = MappingProxyType({"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1})
"""The units of token lifetimes, the largest first, with their seconds (API, TimeUnitsType)."""

DEFAULT_UNIT = MappingProxyType(
    {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
)
"""The unit of a lifetime without `token_validity_units` (API, CreateUserPoolClient)."""


def in_largest_unit(seconds: int) -> tuple[int, str]:
    """Return *seconds* in the largest unit that gives a whole number: 90 minutes, not 1.5 hours."""
    if seconds == 0:
        return 0, "seconds"
    return next((seconds // size, unit) for unit, size in SECONDS_IN.items() if seconds % size == 0)


def duration_text(seconds: int) -> str:
    """Return *seconds* as readable text: `1 day`, `90 minutes`, `3,650 days`."""
    count, unit = in_largest_unit(seconds)
    return f"{count:,} {unit.removesuffix('s') if count == 1 else unit}"


CODE = "{####}"
"""The placeholder for the code, or for the temporary password in an invitation."""

USERNAME = "{username}"
"""The placeholder for the user name in an invitation (API, MessageTemplateType)."""

ANY_LINK = "{##words##}"
"""Any link placeholder, whatever its words."""


def holds_placeholder(message: str, placeholder: str) -> bool:
    """Return whether *message* contains *placeholder*, or any link for `ANY_LINK`."""
    if placeholder == ANY_LINK:
        # `{####}`, the code, looks like a link without words.
        return re.search(r"\{##(?!##\}).+?##\}", message, re.DOTALL) is not None
    return placeholder in message


class RecoveryMechanism(StrEnum):
    """Where Cognito sends the code that resets a password."""

    VERIFIED_EMAIL = "verified_email"
    VERIFIED_PHONE_NUMBER = "verified_phone_number"
    ADMIN_ONLY = "admin_only"


class AuthFlow(StrEnum):
    """How an application may send credentials to Cognito's API."""

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
"""All flows of Cognito's API; those without a prefix are older (ExplicitAuthFlowsType)."""

PROVIDER_TYPES = (
    "SAML",
    "Facebook",
    "Google",
    "LoginWithAmazon",
    "SignInWithApple",
    "OIDC",
)
"""The types of identity providers (API, IdentityProviderTypeType)."""

REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH"
"""The flow that renews tokens with a refresh token (API, ExplicitAuthFlowsType)."""


class TimeUnit(StrEnum):
    """The units of the lifetimes of tokens (API, TimeUnitsType)."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


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
"""Attributes that Cognito manages in addition; clients can read them, pools never declare them."""

FILLED_BY_COGNITO = (*READ_ONLY_ATTRIBUTES, "username")
"""Attributes that a mapping may contain although no client can write them.

Every provider except SAML maps `username`, the name of a federated user (API,
AttributeMappingType).
"""


_ENDPOINTS = frozenset(
    {
        "attributes_url",
        "attributes_url_add_attributes",
        "authorize_url",
        "token_request_method",
        "token_url",
    }
)

DETAILS_FILLED_BY_COGNITO = MappingProxyType(
    {
        "Facebook": _ENDPOINTS,
        "Google": _ENDPOINTS | {"oidc_issuer"},
        "LoginWithAmazon": _ENDPOINTS,
        "OIDC": _ENDPOINTS | {"jwks_uri"},
        "SAML": frozenset(
            {"ActiveEncryptionCertificate", "SLORedirectBindingURI", "SSORedirectBindingURI"}
        ),
        "SignInWithApple": _ENDPOINTS - {"attributes_url"} | {"oidc_issuer", "private_key"},
    }
)
"""The keys of `provider_details` that Cognito adds or keeps if they are not set, by provider type.

API, DescribeIdentityProvider. The AWS provider shows their removal in each plan, and Cognito keeps
the values.
"""


USERNAME_FILLED_BY_COGNITO = MappingProxyType(
    {
        "Facebook": "id",
        "Google": "sub",
        "LoginWithAmazon": "user_id",
        "OIDC": "sub",
        "SignInWithApple": "sub",
    }
)
"""What Cognito maps to `username` if the mapping has none, by provider type.

API, AttributeMappingType; developer guide, «Specifying identity provider attribute mappings».
"""


class FirstAuthFactor(StrEnum):
    """Cognito's names of the first factors."""

    EMAIL_OTP = "EMAIL_OTP"
    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a factor
    SMS_OTP = "SMS_OTP"
    WEB_AUTHN = "WEB_AUTHN"


class UserVerification(StrEnum):
    """Whether an authenticator must verify the user, with a PIN or a fingerprint."""

    REQUIRED = "required"
    PREFERRED = "preferred"


class LoginProvider(StrEnum):
    """A social provider that identity pools support (API, CreateIdentityPool)."""

    AMAZON = "www.amazon.com"
    APPLE = "appleid.apple.com"
    FACEBOOK = "graph.facebook.com"
    GOOGLE = "accounts.google.com"
    TWITTER = "api.twitter.com"


class AmplifyVersion(StrEnum):
    """A version of the format `amplify_outputs.json`.

    Source: aws-amplify/amplify-backend, packages/client-config/src/client-config-schema.
    """

    V1_4 = "1.4"
    V1_5 = "1.5"


AMPLIFY_PROVIDERS = MappingProxyType(
    {
        "Facebook": "FACEBOOK",
        "Google": "GOOGLE",
        "LoginWithAmazon": "LOGIN_WITH_AMAZON",
        "SignInWithApple": "SIGN_IN_WITH_APPLE",
    }
)
"""The social providers of `amplify_outputs.json`, which has no others, by Cognito's type.

Source: the schema of versions 1.4 and 1.5.
"""

AMPLIFY_GEN_1_PROVIDERS = MappingProxyType(
    {
        "Facebook": "FACEBOOK",
        "Google": "GOOGLE",
        "LoginWithAmazon": "AMAZON",
        "SignInWithApple": "APPLE",
    }
)
"""The same for Amplify Gen 1 (aws-amplify, packages/core/src/parseAWSExports.ts)."""


class AmbiguousRoleResolution(StrEnum):
    """What Cognito does if it cannot determine the role of a user."""

    AUTHENTICATED_ROLE = "AuthenticatedRole"
    DENY = "Deny"


class MatchType(StrEnum):
    """How Cognito compares a claim. Without the claim no rule matches, not even `NOT_EQUAL`."""

    CONTAINS = "Contains"
    EQUALS = "Equals"
    NOT_EQUAL = "NotEqual"
    STARTS_WITH = "StartsWith"


class PreTokenGenerationVersion(StrEnum):
    """The version of the event, which decides what the function may change."""

    V1_0 = "V1_0"
    V2_0 = "V2_0"
    V3_0 = "V3_0"


class OnUnauthenticatedRequest(StrEnum):
    """What the load balancer does with a request without a session."""

    ALLOW = "allow"
    AUTHENTICATE = "authenticate"
    DENY = "deny"


class AssetCategory(StrEnum):
    """Where the pages show an image (API: AssetCategoryType)."""

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
    """The color mode of the browser for an image (API: ColorSchemeModeType)."""

    DARK = "DARK"
    DYNAMIC = "DYNAMIC"
    LIGHT = "LIGHT"


class AssetExtension(StrEnum):
    """The file type of an image (API: AssetExtensionType, which has no JPG)."""

    ICO = "ICO"
    JPEG = "JPEG"
    PNG = "PNG"
    SVG = "SVG"
    WEBP = "WEBP"


class MfaConfiguration(StrEnum):
    """Cognito's settings for who must use a second factor."""

    OFF = "OFF"
    OPTIONAL = "OPTIONAL"
    ON = "ON"


class OAuthFlow(StrEnum):
    """The grants for sign-in through Cognito's pages.

    For the grant `client_credentials`, which has no user, use `MachineToMachine`.
    """

    CODE = "code"
    IMPLICIT = "implicit"


CLIENT_CREDENTIALS = "client_credentials"
"""The grant with which a program gets a token for itself (API, OAuthFlowType)."""

OAUTH_FLOWS = (*OAuthFlow, CLIENT_CREDENTIALS)
"""All grants (API, OAuthFlowType)."""


class OAuthScope(StrEnum):
    """Cognito's own scopes."""

    COGNITO_ADMIN = "aws.cognito.signin.user.admin"
    EMAIL = "email"
    OPENID = "openid"
    PHONE = "phone"
    PROFILE = "profile"


class AttributesRequestMethod(StrEnum):
    """The HTTP method with which Cognito reads a user's attributes at the provider."""

    GET = "GET"
    POST = "POST"


class EventFilter(StrEnum):
    """When Cognito checks if a password has leaked (API: EventFilterType)."""

    PASSWORD_CHANGE = "PASSWORD_CHANGE"  # noqa: S105 - the name of an event
    SIGN_IN = "SIGN_IN"
    SIGN_UP = "SIGN_UP"


class CompromisedCredentialsEventAction(StrEnum):
    """What Cognito does about a leaked password."""

    BLOCK = "BLOCK"
    NO_ACTION = "NO_ACTION"


class AccountTakeoverEventAction(StrEnum):
    """What Cognito does at a risk level (API: AccountTakeoverEventActionType).

    `MFA_IF_CONFIGURED` allows sign-in without a second factor if the user has none; `MFA_REQUIRED`
    blocks it.
    """

    BLOCK = "BLOCK"
    MFA_IF_CONFIGURED = "MFA_IF_CONFIGURED"
    MFA_REQUIRED = "MFA_REQUIRED"
    NO_ACTION = "NO_ACTION"


class ContactAttribute(StrEnum):
    """An attribute that Cognito can verify with a code."""

    EMAIL = "email"
    PHONE_NUMBER = "phone_number"


class AliasAttribute(StrEnum):
    """An attribute that users may enter in place of the user name at sign-in."""

    EMAIL = "email"
    PHONE_NUMBER = "phone_number"
    PREFERRED_USERNAME = "preferred_username"


ALIAS_FORMS = MappingProxyType(
    {
        AliasAttribute.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"),
        AliasAttribute.PHONE_NUMBER: re.compile(r"\+\d+"),
    }
)
"""The form of the user names that Cognito refuses where the attribute is an alias: «Username cannot
be of email format, since user pool is configured for email alias» (API, AdminCreateUser).
`preferred_username` has no form of its own."""


class RotationFeature(StrEnum):
    """Whether Cognito replaces refresh tokens at each use."""

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class DeliveryMedium(StrEnum):
    """How Cognito sends an invitation."""

    EMAIL = "EMAIL"
    SMS = "SMS"


class MessageAction(StrEnum):
    """What Cognito does with the invitation instead of sending it once."""

    RESEND = "RESEND"
    SUPPRESS = "SUPPRESS"


RESERVED_WORDS = ("amazon", "aws", "cognito")
"""Words that a domain prefix must not contain between its hyphens.

aws-amplify/amplify-cli#1513; Cognito has refused `newcognito` (#3854) and accepted `awsome`
(badmintoncryer/cdk-preflight).
"""


CERTIFICATE_REGION = "us-east-1"
"""The region of a custom domain's certificate, in any region of the pool, due to CloudFront."""


CROSS_STACK_OUTPUT = "cross-stack-output-"
"""The start of the name of an output that another stack of the same app reads (CDKTF 0.21, in each
synthesized stack whose resources another stack refers to). Type, name and attribute follow."""


class UserPoolTier(StrEnum):
    """The tier of a pool, which AWS bills by active user."""

    LITE = "LITE"
    ESSENTIALS = "ESSENTIALS"
    PLUS = "PLUS"


class AdvancedSecurityMode(StrEnum):
    """What threat protection does about risks."""

    OFF = "OFF"
    AUDIT = "AUDIT"
    ENFORCED = "ENFORCED"


class CustomAuthMode(StrEnum):
    """What threat protection does in custom authentication, where `OFF` is not a value."""

    AUDIT = "AUDIT"
    ENFORCED = "ENFORCED"


MANAGED_LOGIN = 2
"""The version number of managed login; 1 is the classic pages (API, ManagedLoginVersion)."""


RUN_IN_BROWSER = frozenset({"data", "javascript", "vbscript"})
"""Schemes that a browser runs or shows in place, instead of opening an application."""

NEED_OPENID = (OAuthScope.EMAIL, OAuthScope.PHONE, OAuthScope.PROFILE)
"""The scopes that a client may request only together with `openid` (developer guide, «Scopes, M2M,
and resource servers»)."""

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts on the user's own machine (RFC 8252, section 7.3, and RFC 6761, section 6.3)."""
