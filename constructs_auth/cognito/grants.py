"""Grants: IAM policies for one user pool or for the settings of one application."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._iam import policy_document
from constructs_auth._place import stack_of
from constructs_auth._registry import first_owner
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._references import resolved_text
from constructs_auth.cognito.app_settings import AppSettings
from constructs_auth.cognito.user_pool.reference import UserPoolRef, check_pool
from constructs_auth.engine import Construct, IamRolePolicy
from constructs_auth.facts import limits
from constructs_auth.facts.templates import interpolated
from constructs_auth.values.user_pool_grant import (
    Role,
    UserPoolAction,
    iam_actions_of,
    role_name_of,
)


class UserPoolGrant(AuthConstruct):
    """Allow an IAM role to perform certain actions in one user pool.

    It is an inline policy of the role, but a separate resource. Thus a role whose Lambda function
    is a trigger of the pool can have it without a dependency cycle.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool. An `ExistingUserPool` needs its `account_id`.
        role: The role, in the account of the stack: its construct, its name or its ARN. A token
            must be the name.
        actions: What the role may do, at least one action.
        name: The name of the policy, unique in the role: 1 to 128 letters, digits and
            `_ + = , . @ -`. By default the path of the construct: `auth-support`.

    Attributes:
        user_pool: The pool.
        actions: What the role may do.
        name: The name of the policy.
        role_name: The name of the role.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that IAM does not accept, or a pool whose ARN is not known.
            Synthesis reports two policies with the same name.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        role: Role,
        actions: Collection[UserPoolAction],
        name: str | None = None,
    ) -> None:
        check_pool("UserPoolGrant.user_pool", user_pool)
        role_name = role_name_of("UserPoolGrant.role", role)
        kept = _checked_actions(actions)
        name = _checked_policy_name(
            "UserPoolGrant.name", name, scope=scope, construct_id=construct_id
        )
        statement = {
            "Action": iam_actions_of(kept),
            "Effect": "Allow",
            "Resource": user_pool.user_pool_arn,
        }

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.actions = kept
        self.name = name
        self.role_name = role_name
        self.resource = _create_role_policy(self, name=name, role=role_name, statements=[statement])

    def find_problems(self) -> Sequence[str]:
        """Return an error if the role is an ARN token, or another policy has the same name."""
        return tuple(_role_policy_problems(self, name=self.name, role=self.role_name))


def _checked_actions(actions: Collection[UserPoolAction]) -> tuple[UserPoolAction, ...]:
    subject = "UserPoolGrant.actions"
    remedy = "name members of UserPoolAction"
    kept = _checks.items(
        subject,
        actions,
        lambda label, value: _checks.known_member(label, value, UserPoolAction),
        remedy=remedy,
    )
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(sorted(kept))


class AppSettingsGrant(AuthConstruct):
    """Allow an IAM role to read the settings of an application: only these parameters and secret.

    It allows `ssm:GetParameter` and `ssm:GetParameters` (one call takes ten names), but not
    `GetParametersByPath`, which also returns other parameters at the path. It allows
    `secretsmanager:GetSecretValue`, and `kms:Decrypt` for this secret if you set a key. The policy
    of that key must allow access through IAM policies, as the default key policy does.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        settings: The settings.
        role: The role, in the account of the stack: its construct, its name or its ARN. A token
            must be the name.
        name: The name of the policy, unique in the role: 1 to 128 letters, digits and
            `_ + = , . @ -`. By default the path of the construct: `auth-web-reads`.

    Attributes:
        settings: The settings.
        name: The name of the policy.
        role_name: The name of the role.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that IAM does not accept. Synthesis reports two policies with the
            same name.
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
        name = _checked_policy_name(
            "AppSettingsGrant.name", name, scope=scope, construct_id=construct_id
        )

        super().__init__(scope, construct_id)
        self.settings = settings
        self.name = name
        self.role_name = role_name
        self.resource = _create_role_policy(
            self, name=name, role=role_name, statements=_statements(settings)
        )

    def find_problems(self) -> Sequence[str]:
        """Return an error if the role is an ARN token, or another policy has the same name."""
        return tuple(_role_policy_problems(self, name=self.name, role=self.role_name))


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
            # Secrets Manager uses the ARN as context, so this allows no other decryption.
            statements.append(
                {
                    "Action": "kms:Decrypt",
                    "Condition": {"StringEquals": {"kms:EncryptionContext:SecretARN": arn}},
                    "Effect": "Allow",
                    "Resource": settings.client_secret.kms_key_id,
                }
            )
    return statements


def _checked_policy_name(
    subject: str, name: str | None, *, scope: Construct, construct_id: str
) -> str:
    """Check *name*, or derive it from the construct's path, which differs between stacks.

    Raises:
        InvalidValueError: A name that IAM does not accept.
    """
    if name is None:
        stack_of("scope", scope)
        path = f"{scope.node.path}-{construct_id}"
        name = re.sub(r"[^\w+=,.@-]", "-", path, flags=re.ASCII)
    _checks.text(
        subject, name, limits.POLICY_NAME, remedy="choose a shorter name with these characters"
    )
    return name


def _create_role_policy(
    owner: Construct, *, name: str, role: str, statements: list[Mapping[str, object]]
) -> IamRolePolicy:
    """Create the policy *name* of *role* as the main resource of *owner*."""
    return IamRolePolicy(
        owner, "Default", name=name, policy=policy_document(*statements), role=role
    )


def _role_policy_problems(owner: Construct, *, name: str, role: str) -> Iterator[str]:
    """Yield errors for a role that is an ARN token, and for a policy name that is already used."""
    role = resolved_text(owner, role)
    if (interpolated(role) or "").endswith(".arn"):
        yield (
            f"role: must be the name of the role if it is a token, got {role}; use the "
            "construct of the role, or its name"
        )
    first = first_owner(owner, "role policy", *_role_key(owner, role), name)
    if first is not owner and is_concrete(name):
        yield (
            f"name: must be unique in the role, got {name!r}, the name of "
            f"{first.node.path}; choose another name, or one policy overwrites the other"
        )


def _role_key(owner: Construct, role: str) -> tuple[str, ...]:
    """Return what identifies the role: its name, or the token together with the stack."""
    return (role,) if is_concrete(role) else (owner.node.path.partition("/")[0], role)
