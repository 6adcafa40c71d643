"""Arguments, variables and keys that contain a secret, or may contain one.

There is one function for each command: `check` calls `names_cognito_secret` to find literal secrets
in Cognito's resources, `handoff` calls `names_secret` to find literal secrets anywhere in the
Terraform, and `review` calls `may_hold_secret` before it shows a value. Each covers all names of
the one before: a name stands in one tuple, and the patterns of the others contain it.

| the name is … | tuple | known to |
| --- | --- | --- |
| that of a secret of Cognito, or its ending | `COGNITO_SECRETS` | `check`, `handoff`, `review` |
| that of another secret, or its ending | `OTHER_SECRETS` | `handoff`, `review` |
| that of a secret, but as an ending also that of a setting | `WHOLE_NAMES` | `handoff`, `review` |
| a word that only may mean a secret, anywhere in a name | `_WORDS` | `review` |
| that of an input of Cognito that may contain a secret | `_INPUTS` | `review` |

`review` finds each of them anywhere in a name, in all spellings: `dbPasswordOld`, `API-KEY`.
"""

import re
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import lru_cache

from constructs_auth.facts.resource_types import (
    COGNITO_PREFIX,
    IDENTITY_PROVIDER,
    MANAGED_USER_POOL_CLIENT,
    USER,
    USER_POOL_CLIENT,
)

PROVIDER_DETAILS = "provider_details"
PROVIDER_DETAILS_SECRETS = ("client_secret", "private_key")
"""The keys of `provider_details` that are secrets (API, CreateIdentityProvider).

The provider marks neither as sensitive (terraform-provider-aws #9934).
"""

USER_PASSWORDS = ("password", "temporary_password")

SECRET_ARGUMENTS: Mapping[str, frozenset[str]] = {
    USER_POOL_CLIENT: frozenset({"client_secret"}),
    MANAGED_USER_POOL_CLIENT: frozenset({"client_secret"}),
    USER: frozenset(USER_PASSWORDS),
    IDENTITY_PROVIDER: frozenset({PROVIDER_DETAILS}),
}
"""The secret arguments by resource type: those that the provider's schema marks as sensitive
(5.100.0), and `provider_details`."""

UNREAD = frozenset(
    (kind, ("client_secret",)) for kind in (USER_POOL_CLIENT, MANAGED_USER_POOL_CLIENT)
)
"""Secrets that only Cognito sets and no rule reads: no sentence depends on one, so a plan with many
confidential clients is reviewed as quickly as any other."""

COGNITO_SECRETS = ("secret", "password", "private_key")
"""The endings of names of Cognito's secrets: those of `SECRET_ARGUMENTS` and their keys."""

OTHER_SECRETS = ("secret_key", "secret_string", "api_key")
"""The endings of names of other secrets: `secret_key` of the provider block and aws_iam_access_key,
`secret_string` of aws_secretsmanager_secret_version, `api_key` of AppSync and API Gateway."""

WHOLE_NAMES = ("access_key", "token", "session_token", "auth_token")
"""Secrets with exactly these names: `access_key` and `token` of the provider block, `auth_token`
of aws_elasticache_replication_group. Cognito's `access_token` is a unit of time."""

_WRITE_ONLY = "_wo"
"""The ending of the provider's write-only arguments, which exist for secrets: `private_key_wo` of
aws_acm_certificate, `value_wo` of aws_ssm_parameter. `private_key_wo_version` is none."""

_WORDS = ("passwd", "passphrase", "pwd", "credential")
"""Other words for the secrets above, in names of environment variables and tags, and AWS's
collective name for them."""

_PARAMETERS = frozenset(
    {"auth", "authorization", "code", "jwt", "key", "sas", "session", "sig", "signature"}
)
"""Parameters of a URL that contain a secret, beside those that `review` hides: a signature (S3,
Azure), a code or a session of a sign-in, a key of an API."""

_INPUTS = ("external_id", "client_metadata", "validation_data")
"""Inputs of Cognito that may contain a secret: the external id that protects a role (IAM, «The
confused deputy problem»), and the data that an application passes to its functions (API,
AdminCreateUser)."""

_SETTINGS = frozenset(
    {
        "access_token_validity",
        "compromised_credentials_risk_configuration",
        "compromised_credentials_risk_configuration.actions",
        "compromised_credentials_risk_configuration.actions.event_action",
        "compromised_credentials_risk_configuration.event_filter",
        "enable_token_revocation",
        "cognito_identity_providers.server_side_token_check",
        "generate_secret",
        "id_token_validity",
        "lambda_config.pre_token_generation",
        "lambda_config.pre_token_generation_config",
        "lambda_config.pre_token_generation_config.lambda_arn",
        "lambda_config.pre_token_generation_config.lambda_version",
        "password_policy",
        "password_policy.minimum_length",
        "password_policy.password_history_size",
        "password_policy.require_lowercase",
        "password_policy.require_numbers",
        "password_policy.require_symbols",
        "password_policy.require_uppercase",
        "password_policy.temporary_password_validity_days",
        "provider_details.token_request_method",
        "provider_details.token_url",
        "refresh_token_rotation",
        "refresh_token_rotation.feature",
        "refresh_token_rotation.retry_grace_period_seconds",
        "refresh_token_validity",
        "software_token_mfa_configuration",
        "software_token_mfa_configuration.enabled",
        "token_validity_units",
        "token_validity_units.access_token",
        "token_validity_units.id_token",
        "token_validity_units.refresh_token",
    }
)
"""Settings of Cognito with names like secrets that are not secret (provider 5.100.0 and 6.25.0)."""

SHOWN_ARGUMENTS: Mapping[str, frozenset[str]] = {
    "aws_acm_certificate": frozenset(
        {"domain_name", "key_algorithm", "subject_alternative_names", "validation_method"}
    ),
    "aws_acm_certificate_validation": frozenset({"certificate_arn"}),
    "aws_apigatewayv2_authorizer": frozenset(
        {"authorizer_type", "identity_sources", "jwt_configuration", "name"}
    ),
    "aws_api_gateway_authorizer": frozenset(
        {"authorizer_result_ttl_in_seconds", "identity_source", "name", "provider_arns", "type"}
    ),
    "aws_cloudwatch_log_group": frozenset(
        {"kms_key_id", "log_group_class", "name", "retention_in_days", "skip_destroy"}
    ),
    "aws_iam_role": frozenset({"max_session_duration", "name", "path", "permissions_boundary"}),
    "aws_iam_role_policy_attachment": frozenset({"policy_arn", "role"}),
    "aws_lambda_permission": frozenset(
        {"action", "function_name", "principal", "qualifier", "source_account", "source_arn"}
    ),
    "aws_route53_record": frozenset({"alias", "name", "ttl", "type"}),
    "aws_s3_bucket": frozenset({"bucket", "force_destroy", "object_lock_enabled"}),
    "aws_s3_bucket_public_access_block": frozenset(
        {
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets",
        }
    ),
    "aws_s3_bucket_versioning": frozenset({"versioning_configuration"}),
    "aws_wafv2_web_acl": frozenset({"default_action", "name", "rule", "scope"}),
    "aws_wafv2_web_acl_association": frozenset({"resource_arn", "web_acl_arn"}),
}
"""The arguments of other resource types whose values `review` shows, because they state what is
allowed or protected and none of them is free text (provider 5.100.0). For all others it shows only
the names, because anybody may write a secret into a map, a template or a text."""

_PERSONAL = frozenset({(USER, "attributes")})
"""Arguments with personal data."""

_OF_ALL_TYPES = (*COGNITO_SECRETS, *OTHER_SECRETS)
_COGNITO_SECRET = re.compile(rf"(?:\w*_)?(?:{'|'.join(COGNITO_SECRETS)})", re.IGNORECASE)
_SECRET = re.compile(
    rf"(?:\w*_)?(?:{'|'.join(_OF_ALL_TYPES)})|{'|'.join(WHOLE_NAMES)}", re.IGNORECASE
)
_BETWEEN_WORDS = re.compile(r"[-.]|(?<=[a-z0-9])(?=[A-Z])")
_IN_ALL_SPELLINGS = [
    name.replace("_", "[-._]?") for name in (*_OF_ALL_TYPES, *WHOLE_NAMES, *_WORDS)
]
_PART = re.compile("|".join((*_IN_ALL_SPELLINGS, *_INPUTS)), re.IGNORECASE)


FILES = (
    ".env",
    ".env.*",
    ".htpasswd",
    ".netrc",
    ".npmrc",
    ".pgpass",
    ".pypirc",
    "*.jks",
    "*.kdbx",
    "*.key",
    "*.p12",
    "*.p8",
    "*.pem",
    "*.pfx",
    "*.tfvars",
    "credentials",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
)
"""The names of files that usually hold credentials or keys (documentation of the tools that read
them: OpenSSH, npm, PostgreSQL, the AWS CLI, Terraform, Apple's keys)."""


def names_secret_file(path: str) -> bool:
    """Return whether the file *path* usually holds credentials or keys."""
    name = path.rpartition("/")[2].lower()
    return any(fnmatch(name, pattern) for pattern in FILES)


def shows_values(kind: str, argument: str) -> bool:
    """Return whether `review` shows the value of *argument*, unless it may be a secret itself."""
    return kind.startswith(COGNITO_PREFIX) or argument in SHOWN_ARGUMENTS.get(kind, ())


def names_secret_parameter(name: str) -> bool:
    """Return whether the parameter *name* of a URL contains a secret."""
    last = re.split(r"[-._\[\]]", name.lower().rstrip("]"))[-1]
    return last in _PARAMETERS or _PART.search(name) is not None


def names_cognito_secret(name: str) -> bool:
    """Return whether *name* is that of a variable or a local value with a secret of Cognito."""
    return _COGNITO_SECRET.fullmatch(_with_underscores(name)) is not None


def names_secret(name: str) -> bool:
    """Return whether *name* is that of a variable or an argument, of any type, with a secret."""
    return _SECRET.fullmatch(_with_underscores(name)) is not None or name.endswith(_WRITE_ONLY)


def _with_underscores(name: str) -> str:
    """Return `dbPassword` and `db-password` as `db_Password` and `db_password`."""
    return _BETWEEN_WORDS.sub("_", name)


@lru_cache(maxsize=4096)
def is_personal(kind: str, way: tuple[str, ...]) -> bool:
    """Return whether an argument contains personal data, which reports hide but is not a secret.

    Args:
        kind: The resource type.
        way: The path of the argument, without indexes.
    """
    return bool(way) and (kind, way[0]) in _PERSONAL


@lru_cache(maxsize=4096)
def may_hold_secret(kind: str, way: tuple[str, ...]) -> bool:
    """Return whether an argument of the resource type *kind* may contain a secret or personal data.

    Args:
        kind: The resource type, such as `aws_cognito_identity_provider`.
        way: The path of the argument, without indexes: `("provider_details", "client_secret")`.
    """
    if is_personal(kind, way):
        return True
    is_cognito = kind.startswith(COGNITO_PREFIX)
    return any(
        (_PART.search(name) or name.endswith(_WRITE_ONLY))
        and not (is_cognito and ".".join(way[:depth]) in _SETTINGS)
        for depth, name in enumerate(way, start=1)
    )
