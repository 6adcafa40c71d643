"""The grant to read the settings of an application, and nothing beside them."""

from collections.abc import Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.cognito._role_policy import (
    checked_policy_name,
    make_role_policy,
    role_policy_problems,
)
from constructs_auth.cognito.app_settings import AppSettings
from constructs_auth.engine import Construct
from constructs_auth.values.iam_role import Role, role_name_of


class AppSettingsGrant(AuthConstruct):
    """Lets an IAM role read the settings of an application: exactly these parameters and secret.

    It allows `ssm:GetParameter` and `ssm:GetParameters` (one call takes ten names), not
    `GetParametersByPath`, which gives whatever else is at the path too; and
    `secretsmanager:GetSecretValue`, with `kms:Decrypt` for this secret where it has a key of yours.
    A policy of that key must allow the account's own policies, as the default one does.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        settings: The settings.
        role: The role, in the account of the stack: its construct, its name or its ARN, of which
            the name is taken. A token must stand for the name.
        name: The name of the policy, of which a role has each once: 1 to 128 letters, digits and
            `_ + = , . @ -`. By default the path of the construct: `auth-web-reads`.

    Attributes:
        settings: The settings.
        name: The name of the policy.
        role_name: The name of the role.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that IAM does not accept. Two policies of one name are found
            when the app is synthesized.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: AppSettings,
        role: Role,
        name: str | None = None,
    ) -> None:
        _checks.kind("AppSettingsGrant.settings", settings, AppSettings)
        role_name = role_name_of("AppSettingsGrant.role", role)
        name = checked_policy_name(
            "AppSettingsGrant.name", name, scope=scope, construct_id=construct_id
        )

        super().__init__(scope, construct_id)
        self.settings = settings
        self.name = name
        self.role_name = role_name
        self.resource = make_role_policy(
            self, name=name, role=role_name, statements=_statements(settings)
        )

    def find_problems(self) -> Sequence[str]:
        """Name what IAM refuses or forgets; asked when the app is synthesized."""
        return tuple(role_policy_problems(self, name=self.name, role=self.role_name))


def _statements(settings: AppSettings) -> list[Mapping[str, object]]:
    statements: list[Mapping[str, object]] = [
        {
            "Action": ["ssm:GetParameter", "ssm:GetParameters"],
            "Effect": "Allow",
            "Resource": [parameter.arn for parameter in settings.parameters.values()],
        }
    ]
    if settings.secret is not None and settings.client_secret is not None:
        arn = settings.secret.arn
        statements.append(
            {"Action": "secretsmanager:GetSecretValue", "Effect": "Allow", "Resource": arn}
        )
        if settings.client_secret.kms_key_id is not None:
            # Secrets Manager encrypts with the ARN as context, so the key opens nothing else.
            statements.append(
                {
                    "Action": "kms:Decrypt",
                    "Condition": {"StringEquals": {"kms:EncryptionContext:SecretARN": arn}},
                    "Effect": "Allow",
                    "Resource": settings.client_secret.kms_key_id,
                }
            )
    return statements
