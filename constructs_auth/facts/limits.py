"""The limits of single values in Cognito: each range, pattern and quota once, with its source."""

import re

from constructs_auth.facts.limit_kinds import (
    PRINTABLE as _PRINTABLE,
    Range as Range,  # noqa: PLC0414 - exported
    Text as Text,  # noqa: PLC0414 - exported
    matches as matches,  # noqa: PLC0414 - exported
)

_NAME = r"[\w\s+=,.@-]+"
_NAME_ALLOWED = "letters, digits, spaces and _ + = , . @ -"
_NO_SPACES = f"[{_PRINTABLE}]+"
_NO_SPACES_ALLOWED = "printable characters without spaces"
_ASCII_ALLOWED = 'printable ASCII without spaces, " and \\'

# The user pool
USER_POOL_NAME = Text(
    minimum=1, maximum=128, pattern=_NAME, allowed=_NAME_ALLOWED, shape="UserPoolNameType"
)
CUSTOM_ATTRIBUTE_NAME = Text(
    minimum=1,
    maximum=20,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="CustomAttributeNameType",
)
SCHEMA_ATTRIBUTES = Range(
    minimum=1, maximum=50, unit="attributes", shape="SchemaAttributesListType"
)
STRING_ATTRIBUTE_LENGTH = Range(
    minimum=0,
    maximum=2048,
    unit="characters",
    shape=None,
    source="developer guide, quotas: an attribute value has at most 2,048 bytes",
)
PASSWORD_LENGTH = Range(
    minimum=6, maximum=99, unit="characters", shape="PasswordPolicyMinLengthType"
)
PASSWORD_HISTORY = Range(minimum=0, maximum=24, unit="passwords", shape="PasswordHistorySizeType")
TEMPORARY_PASSWORD_DAYS = Range(
    minimum=1,
    maximum=365,
    unit="days",
    shape=None,
    source="TemporaryPasswordValidityDaysType allows 0, which the API documents as unset: 7 days",
)
TEMPORARY_PASSWORD_DAYS_OR_DEFAULT = Range(
    minimum=0, maximum=365, unit="days", shape="TemporaryPasswordValidityDaysType"
)
RECOVERY_MECHANISMS = Range(minimum=1, maximum=2, unit="mechanisms", shape="RecoveryMechanismsType")
RECOVERY_PRIORITY = Range(minimum=1, maximum=2, shape="PriorityType")
RELYING_PARTY_ID = Text(minimum=1, maximum=127, shape="RelyingPartyIdType")
TAG_KEY = Text(minimum=1, maximum=128, shape="TagKeysType")
TAG_VALUE = Text(minimum=0, maximum=256, shape="TagValueType")
LOG_CONFIGURATIONS = Range(
    minimum=0, maximum=2, unit="configurations", shape="LogConfigurationListType"
)

# Messages
_MESSAGE_ALLOWED = "printable characters and white space"
EMAIL_SUBJECT = Text(
    minimum=1,
    maximum=140,
    pattern=rf"[{_PRINTABLE}\s]+",
    allowed=_MESSAGE_ALLOWED,
    shape="EmailVerificationSubjectType",
)
EMAIL_MESSAGE = Text(
    minimum=6,
    maximum=20000,
    pattern=rf"[{_PRINTABLE}\s*]*\{{####\}}[{_PRINTABLE}\s*]*",
    allowed=_MESSAGE_ALLOWED,
    shape="EmailVerificationMessageType",
)
EMAIL_MESSAGE_BY_LINK = Text(
    minimum=6,
    maximum=20000,
    pattern=rf"[{_PRINTABLE}\s*]*\{{##[{_PRINTABLE}\s*]*##\}}[{_PRINTABLE}\s*]*",
    allowed=_MESSAGE_ALLOWED,
    shape="EmailVerificationMessageByLinkType",
)
SMS_MESSAGE = Text(
    minimum=6,
    maximum=140,
    pattern=r".*\{####\}.*",
    allowed="one line of text",
    shape="SmsVerificationMessageType",
)
EMAIL_INVITATION = Text(
    minimum=6,
    maximum=20000,
    pattern=rf"[{_PRINTABLE}\s*]*",
    allowed=_MESSAGE_ALLOWED,
    shape="EmailInviteMessageType",
)
SMS_INVITATION = Text(
    minimum=6,
    maximum=140,
    pattern=r"(?s).*",
    shape="SmsInviteMessageType",
)
SES_CONFIGURATION_SET = Text(
    minimum=1,
    maximum=64,
    pattern=r"^[a-zA-Z0-9_-]+$",
    allowed="letters, digits, _ and -",
    shape="SESConfigurationSet",
)
ARN = Text(
    minimum=20,
    maximum=2048,
    pattern=(
        r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:"
        r"[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?"
    ),
    allowed="arn:partition:service:region:account:resource",
    shape="ArnType",
)
QUALIFIER = Text(
    minimum=1,
    maximum=128,
    pattern=r"[\w-]+",
    allowed="letters, digits, _ and -",
    shape=None,
    source="Lambda API, Qualifier; without $LATEST, for ArnType has no $",
)

# The app client
CLIENT_NAME = Text(
    minimum=1, maximum=128, pattern=_NAME, allowed=_NAME_ALLOWED, shape="ClientNameType"
)
REDIRECT_URL = Text(
    minimum=1,
    maximum=1024,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="RedirectUrlType",
)
CALLBACK_URLS = Range(minimum=0, maximum=100, unit="URLs", shape="CallbackURLsListType")
LOGOUT_URLS = Range(minimum=0, maximum=100, unit="URLs", shape="LogoutURLsListType")
SCOPE = Text(
    minimum=1,
    maximum=256,
    pattern=r"[\x21\x23-\x5B\x5D-\x7E]+",
    allowed=_ASCII_ALLOWED,
    shape="ScopeType",
)
SCOPES = Range(minimum=0, maximum=50, unit="scopes", shape="ScopeListType")
AUTH_SESSION_SECONDS = Range(
    minimum=180,
    maximum=900,
    unit="seconds",
    shape=None,
    source="AuthSessionValidityType states 3 to 15 minutes",
)
PROVIDER_NAME = Text(
    minimum=1,
    maximum=32,
    pattern=rf"[{_PRINTABLE}\p{{Z}}]+",
    allowed="printable characters and spaces",
    shape="ProviderNameType",
)
ATTRIBUTE_NAME = Text(minimum=1, maximum=2048, shape="ClientPermissionType")
ROTATION_GRACE_SECONDS = Range(
    minimum=0, maximum=60, unit="seconds", shape="RetryGracePeriodSecondsType"
)
ACCESS_TOKEN_SECONDS = Range(
    minimum=300,
    maximum=86_400,
    unit="seconds",
    shape=None,
    source="API, CreateUserPoolClient: 5 minutes to 1 day; the model counts in units of choice",
)
REFRESH_TOKEN_SECONDS = Range(
    minimum=3_600,
    maximum=315_360_000,
    unit="seconds",
    shape=None,
    source="API, CreateUserPoolClient: 60 minutes to 10 years of 365 days",
)

# The domain and the branding of its pages
DOMAIN_PREFIX = Text(
    minimum=1,
    maximum=63,
    pattern=r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
    allowed="lower-case letters, digits and -, no - at either end",
    shape="DomainType",
)
CUSTOM_DOMAIN = Text(
    minimum=1,
    maximum=63,
    shape=None,
    source="DomainType, of whose pattern without dots only the length holds for a full domain",
)
HOSTED_ZONE_ID = Text(
    minimum=1,
    maximum=32,
    pattern=r"[A-Z0-9]+",
    allowed="capital letters and digits",
    shape=None,
    source="Route 53 API, ResourceId; its ids are capital letters and digits",
)
MANAGED_LOGIN_VERSION = Range(
    minimum=1,
    maximum=2,
    shape=None,
    source="API, CreateUserPoolDomain: 1 is the classic hosted UI, 2 is managed login",
)
ASSETS = Range(minimum=0, maximum=40, unit="assets", shape="AssetListType")
ASSET_BYTES = Range(minimum=0, maximum=1_000_000, unit="bytes", shape="AssetBytesType")
RESOURCE_ID = Text(
    minimum=1,
    maximum=40,
    pattern=r"^[\w\- ]+$",
    allowed="letters, digits, spaces, _ and -",
    shape="ResourceIdType",
)
BRANDING_BYTES = Range(
    minimum=0,
    maximum=2 * 1024 * 1024,
    unit="bytes",
    shape=None,
    source="API, CreateManagedLoginBranding: a request has at most 2 megabytes",
)
CSS_BYTES = Range(minimum=0, maximum=131_072, unit="bytes", shape="CSSType")
IMAGE_BYTES = Range(minimum=0, maximum=131_072, unit="bytes", shape="ImageFileType")
# Resources of others
USER_POOL_ID = Text(
    minimum=1,
    maximum=55,
    pattern=r"[\w-]+_[0-9a-zA-Z]+",
    allowed="the region, _ and letters and digits",
    shape="UserPoolIdType",
)
CLIENT_ID = Text(
    minimum=1, maximum=128, pattern=r"[\w+]+", allowed="letters and digits", shape="ClientIdType"
)
ACCOUNT_ID = Text(
    minimum=12,
    maximum=12,
    pattern=r"\d+",
    allowed="digits",
    shape=None,
    source="AWS account ids are 12 digits (Account Management API, AccountId)",
)

# Resource servers
RESOURCE_SERVER_IDENTIFIER = Text(
    minimum=1,
    maximum=256,
    pattern=r"[\x21\x23-\x5B\x5D-\x7E]+",
    allowed=_ASCII_ALLOWED,
    shape="ResourceServerIdentifierType",
)
RESOURCE_SERVER_NAME = Text(
    minimum=1, maximum=256, pattern=_NAME, allowed=_NAME_ALLOWED, shape="ResourceServerNameType"
)
RESOURCE_SERVER_SCOPE_NAME = Text(
    minimum=1,
    maximum=256,
    pattern=r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+",
    allowed='printable ASCII without spaces, ", / and \\',
    shape="ResourceServerScopeNameType",
)
RESOURCE_SERVER_SCOPE_DESCRIPTION = Text(
    minimum=1, maximum=256, shape="ResourceServerScopeDescriptionType"
)
RESOURCE_SERVER_SCOPES = Range(
    minimum=0, maximum=100, unit="scopes", shape="ResourceServerScopeListType"
)

# Identity providers
OWN_PROVIDER_NAME = Text(
    minimum=3,
    maximum=32,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape=None,
    source="API, ProviderNameTypeV2: its pattern needs 3 characters, none of them a space",
)
IDP_IDENTIFIER = Text(
    minimum=1,
    maximum=40,
    pattern=r"[\w\s+=.@-]+",
    allowed="letters, digits, spaces and _ + = . @ -",
    shape="IdpIdentifierType",
)
IDP_IDENTIFIERS = Range(minimum=0, maximum=50, unit="identifiers", shape="IdpIdentifiersListType")
ATTRIBUTE_MAPPING_KEY = Text(minimum=1, maximum=32, shape="AttributeMappingKeyType")

# Groups and users
GROUP_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="GroupNameType",
)
GROUP_DESCRIPTION = Text(minimum=0, maximum=2048, shape="DescriptionType")
GROUP_PRECEDENCE = Range(
    minimum=1,
    maximum=2_147_483_647,
    shape=None,
    source="API, PrecedenceType: an integer from 0; but the AWS provider creates a group with 0 "
    "without any precedence, so that it comes last instead of first (5.100.0, user_group.go)",
)
USERNAME = Text(
    minimum=1,
    maximum=128,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="UsernameType",
)
RESOURCE_SERVERS = Range(
    minimum=0,
    maximum=25,
    unit="resource servers",
    shape=None,
    source="developer guide, quotas: 25 resource servers for a pool, more on request",
)
ATTRIBUTE_VALUE = Text(minimum=0, maximum=2048, shape="AttributeValueType")

# Tenants
TENANT_ID = Text(
    minimum=1,
    maximum=48,
    pattern=r"[a-z][a-z0-9_-]*",
    allowed="lower-case letters, digits, _ and -, beginning with a letter",
    shape=None,
    source="ours: a Terraform name with room for a suffix (Terraform language, Identifiers)",
)
TENANT_STACKS = Range(
    minimum=1,
    maximum=1000,
    unit="stacks",
    shape=None,
    source="ours: 1,000 pools is AWS's usual quota for an account (developer guide, quotas)",
)

# The identity pool, which has a separate API
_IDENTITY_POOLS = "cognito-identity"
IDENTITY_POOL_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=_NAME,
    allowed=_NAME_ALLOWED,
    shape="IdentityPoolName",
    service=_IDENTITY_POOLS,
)
DEVELOPER_PROVIDER_NAME = Text(
    minimum=1,
    maximum=100,
    pattern=r"[\w._-]+",
    allowed="letters, digits and . _ -",
    shape=None,
    source="API, DeveloperProviderName: up to 128 characters, of which the AWS provider takes 100 "
    "(5.100.0, validate.go)",
)
LOGIN_PROVIDER_APP_ID = Text(
    minimum=1,
    maximum=128,
    pattern=r"[\w.;_/-]+",
    allowed="letters, digits and . ; _ / -",
    shape="IdentityProviderId",
    service=_IDENTITY_POOLS,
)
ROLE_MAPPINGS = Range(
    minimum=0, maximum=10, unit="providers", shape="RoleMappingMap", service=_IDENTITY_POOLS
)
MAPPING_RULES = Range(
    minimum=1,
    maximum=25,
    unit="rules",
    shape=None,
    source="API, RulesConfigurationType: up to 25 for a provider, as the AWS provider has it; "
    "only MappingRulesList allows 400",
)
CLAIM_NAME = Text(
    minimum=1,
    maximum=64,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="ClaimName",
    service=_IDENTITY_POOLS,
)
CLAIM_VALUE = Text(minimum=1, maximum=128, shape="ClaimValue", service=_IDENTITY_POOLS)
PRINCIPAL_TAGS = Range(
    minimum=0, maximum=50, unit="tags", shape="PrincipalTags", service=_IDENTITY_POOLS
)
PRINCIPAL_TAG_KEY = Text(minimum=1, maximum=128, shape="PrincipalTagID", service=_IDENTITY_POOLS)
PRINCIPAL_TAG_CLAIM = Text(
    minimum=1, maximum=256, shape="PrincipalTagValue", service=_IDENTITY_POOLS
)

# Grants, and the settings of applications
ROLE_NAME = Text(
    minimum=1,
    maximum=64,
    pattern=r"[\w+=,.@-]+",
    allowed="letters, digits and _ + = , . @ -",
    shape="roleNameType",
    service="iam",
)
POLICY_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=r"[\w+=,.@-]+",
    allowed="letters, digits and _ + = , . @ -",
    shape="policyNameType",
    service="iam",
)
SETTINGS_PREFIX = Text(
    minimum=2,
    maximum=490,
    pattern=r"(/[a-zA-Z0-9_.-]+)+",
    allowed="a path of letters, digits and _ . - with a / before each part",
    shape=None,
    source="Systems Manager API, PutParameter, Name; Secrets Manager API, NameType: 512 characters,"
    " less what follows the prefix",
)
SETTINGS_LEVELS = Range(
    minimum=1,
    maximum=14,
    unit="levels",
    shape=None,
    source="Systems Manager API, PutParameter, Name: 15 levels, the last for the parameter",
)
RECOVERY_WINDOW_DAYS = Range(
    minimum=7,
    maximum=30,
    unit="days",
    shape=None,
    source="Secrets Manager API, DeleteSecret, RecoveryWindowInDays",
)

# API Gateway and Application Load Balancers
AUTHORIZER_NAME = Text(
    minimum=1,
    maximum=128,
    shape=None,
    source="API Gateway V2 API, StringWithLengthBetween1And128; the AWS provider for both APIs",
)
HTTP_API_IDENTITY_SOURCE = Text(
    minimum=1,
    maximum=256,
    pattern=r"\$request\.(header|querystring)\.[A-Za-z0-9_-]+",
    allowed="$request.header.<name> or $request.querystring.<name>",
    shape=None,
    source="API Gateway V2 API, CreateAuthorizer, IdentitySource, for a JWT authorizer",
)
REST_API_IDENTITY_SOURCE = Text(
    minimum=1,
    maximum=256,
    pattern=r"method\.request\.header\.[A-Za-z0-9_-]+",
    allowed="method.request.header.<name>",
    shape=None,
    source="API Gateway API, CreateAuthorizer, identitySource, for COGNITO_USER_POOLS",
)
AUTHORIZER_TTL_SECONDS = Range(
    minimum=0,
    maximum=3_600,
    unit="seconds",
    shape="IntegerWithLengthBetween0And3600",
    service="apigatewayv2",
)
RULE_PRIORITY = Range(
    minimum=1,
    maximum=50_000,
    shape="RulePriority",
    service="elbv2",
)
RULE_HOST = Text(
    minimum=1,
    maximum=128,
    pattern=r"[A-Za-z0-9*?-]*\.[A-Za-z0-9*?.-]*",
    allowed="letters, digits and - . * ? with at least one .",
    shape=None,
    source="Elastic Load Balancing V2 API, HostHeaderConditionConfig",
)
RULE_PATH = Text(
    minimum=1,
    maximum=128,
    pattern=r"[A-Za-z0-9_.$/~\"'@:+&*?-]+",
    allowed="letters, digits and _ - . $ / ~ \" ' @ : + & * ?",
    shape=None,
    source="Elastic Load Balancing V2 API, RuleCondition, for a path-pattern",
)
CONDITION_VALUES = Range(
    minimum=1,
    maximum=5,
    unit="values",
    shape=None,
    source="Quotas for your Application Load Balancers: condition values per rule, not adjustable",
)
LOAD_BALANCER_SESSION_SECONDS = Range(
    minimum=1,
    maximum=604_800,
    unit="seconds",
    shape=None,
    source="ELB user guide, authenticate users: 7 days, or shorter, down to 1 second",
)
EXTRA_PARAMETERS = Range(
    minimum=0,
    maximum=10,
    unit="parameters",
    shape=None,
    source="Elastic Load Balancing V2 API, AuthenticateCognitoActionConfig",
)
COOKIE_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=r"[!#$%&'*+.^_`|~0-9A-Za-z-]+",
    allowed="letters, digits and other characters of a token, no spaces",
    shape=None,
    source="RFC 6265, section 4.1.1: cookie-name; a length that leaves room for the session",
)

# Threat protection, logs and web ACLs
EMAIL_NOTIFICATION = Text(
    minimum=6,
    maximum=20000,
    pattern=rf"[{_PRINTABLE}\s*]+",
    allowed=_MESSAGE_ALLOWED,
    shape="EmailNotificationBodyType",
)
IP_RANGES = Range(minimum=0, maximum=200, unit="IP ranges", shape="BlockedIPRangeListType")
S3_ARN = Text(
    minimum=3,
    maximum=1024,
    pattern=r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
    allowed="arn:partition:s3:::bucket",
    shape="S3ArnType",
)
LOG_GROUP_NAME = Text(
    minimum=1,
    maximum=512,
    pattern=r"[\.\-_/#A-Za-z0-9]+",
    allowed="ASCII letters, digits and . - _ / #",
    shape="LogGroupName",
    service="logs",
)
LOG_RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""The retention periods of CloudWatch Logs (CloudWatch Logs API, PutRetentionPolicy)."""

_WAF = "wafv2"
WEB_ACL_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=r"^[\w\-]+$",
    allowed="letters, digits, _ and -",
    shape="EntityName",
    service=_WAF,
)
RATE_LIMIT = Range(
    minimum=10,
    maximum=2_000_000_000,
    unit="requests",
    shape="RateLimit",
    service=_WAF,
)
RULE_OVERRIDES = Range(
    minimum=0, maximum=100, unit="rules", shape="RuleActionOverrides", service=_WAF
)

# IAM Identity Center
_WITH_SPACES = f"[{_PRINTABLE}\\t\\n\\r \xa0\u3000]+"
_WITH_SPACES_ALLOWED = "printable characters and spaces"
IDENTITY_STORE_ID = Text(
    minimum=1,
    maximum=93,
    pattern=(
        r"(arn:aws[a-z-]*:identitystore::\d{12}:identitystore/)?"
        r"(d-[0-9a-f]{10}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    ),
    allowed="d- and 10 digits or letters from a to f",
    shape="IdentityStoreId",
    service="identitystore",
)
WORKFORCE_USER_NAME = Text(
    minimum=1,
    maximum=128,
    pattern=_NO_SPACES,
    allowed=_NO_SPACES_ALLOWED,
    shape="UserName",
    service="identitystore",
)
WORKFORCE_TEXT = Text(
    minimum=1,
    maximum=1024,
    pattern=_WITH_SPACES,
    allowed=_WITH_SPACES_ALLOWED,
    shape="SensitiveStringType",
    service="identitystore",
)
WORKFORCE_GROUP_NAME = Text(
    minimum=1,
    maximum=1024,
    pattern=_WITH_SPACES,
    allowed=_WITH_SPACES_ALLOWED,
    shape="GroupDisplayName",
    service="identitystore",
)
WORKFORCE_RESERVED_NAMES = ("AWSAdministrators", "Administrator")
"""Names that neither a user nor a group may have (API, CreateUser and CreateGroup)."""
APPLICATION_ARN = Text(
    minimum=10,
    maximum=1224,
    pattern=(
        r"arn:aws(-[a-z]{1,5}){0,3}:sso::\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/"
        r"apl-[a-zA-Z0-9]{16}"
    ),
    allowed="arn:aws:sso::<account>:application/ssoins-<id>/apl-<id>",
    shape="ApplicationArn",
    service="sso-admin",
)

# The state bucket
BUCKET_NAME = Text(
    minimum=3,
    maximum=63,
    pattern=r"(?!.*\.\.)(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]*[a-z0-9]",
    allowed="lower-case letters, digits, . and -",
    shape=None,
    source="S3 user guide, general purpose bucket naming rules",
)
NONCURRENT_DAYS = Range(
    minimum=1,
    maximum=2_147_483_647,
    unit="days",
    shape=None,
    source="S3 API, NoncurrentVersionExpiration: a positive integer of 32 bits",
)
NEWER_NONCURRENT_VERSIONS = Range(
    minimum=1,
    maximum=100,
    unit="versions",
    shape=None,
    source="S3 API, NoncurrentVersionExpiration: S3 keeps up to 100 newer versions",
)

REGION = r"[a-z]{2,4}(-[a-z]+)+-[0-9]"
"""The name of an AWS region, such as `eu-west-1` (documentation of AWS regions)."""

_DOMAIN_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"


def is_domain(text: str) -> bool:
    """Return whether *text* is a lower-case domain name, or `localhost` (RFC 1123, section 2.1)."""
    if text == "localhost":
        return True
    return re.fullmatch(rf"({_DOMAIN_LABEL}\.)+(?!\d+$){_DOMAIN_LABEL}", text) is not None


EMAILS_A_DAY = 50
"""E-mail messages a day from Cognito's own sender («Quotas in Amazon Cognito»)."""

TRIGGER_SECONDS = 5
"""How long Cognito waits for a Lambda trigger («Customizing user pool workflows»)."""
