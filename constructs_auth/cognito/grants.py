"""The grant: what a role may do in one user pool, and nowhere else."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._iam import policy_document
from constructs_auth._registry import first_owner
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._references import written
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
    """Lets an IAM role do named things in one user pool.

    It is a policy of the role, as a resource of its own: a role whose Lambda function is a trigger
    of the pool can have it without a cycle.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool, of this program or an `ExistingUserPool` whose account is known.
        role: The role, in the account of the stack: its construct, its name or its ARN, of which
            the name is taken. A token must stand for the name.
        actions: What it may do, at least one.
        name: The name of the policy, of which a role has each once: 1 to 128 letters, digits and
            `_ + = , . @ -`. By default the path of the construct: `auth-support`.

    Attributes:
        user_pool: The pool.
        actions: What the role may do.
        name: The name of the policy.
        role_name: The name of the role.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that IAM does not accept, or a pool whose ARN is not known. Two
            policies of one name are found when the app is synthesized.
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
        self.resource = _make_role_policy(self, name=name, role=role_name, statements=[statement])

    def find_problems(self) -> Sequence[str]:
        """Name what IAM refuses or forgets; asked when the app is synthesized."""
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
        name = _checked_policy_name(
            "AppSettingsGrant.name", name, scope=scope, construct_id=construct_id
        )

        super().__init__(scope, construct_id)
        self.settings = settings
        self.name = name
        self.role_name = role_name
        self.resource = _make_role_policy(
            self, name=name, role=role_name, statements=_statements(settings)
        )

    def find_problems(self) -> Sequence[str]:
        """Name what IAM refuses or forgets; asked when the app is synthesized."""
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


def _checked_policy_name(
    subject: str, name: str | None, *, scope: Construct, construct_id: str
) -> str:
    """Check *name*, or give the path of the construct: another stack has another one.

    Raises:
        InvalidValueError: A name that IAM does not accept.
    """
    if name is None:
        path = f"{scope.node.path}-{construct_id}"
        name = re.sub(r"[^\w+=,.@-]", "-", path, flags=re.ASCII)
    _checks.text(subject, name, limits.POLICY_NAME, remedy="give a shorter name of that kind")
    return name


def _make_role_policy(
    owner: Construct, *, name: str, role: str, statements: list[Mapping[str, object]]
) -> IamRolePolicy:
    """Make the policy *name* of *role*, the main resource of *owner*."""
    return IamRolePolicy(
        owner, "Default", name=name, policy=policy_document(*statements), role=role
    )


def _role_policy_problems(owner: Construct, *, name: str, role: str) -> Iterator[str]:
    """Name what IAM refuses, and a policy that would take the place of another one."""
    role = written(owner, role)
    if (interpolated(role) or "").endswith(".arn"):
        yield (
            f"role: must be the name of a role where it is a token, got {role}; give the "
            "construct of the role, or its name"
        )
    first = first_owner(owner, "role policy", *_whose(owner, role), name)
    if first is not owner and is_concrete(name):
        yield (
            f"name: must be the policy's own in its role, got {name!r}, the name of "
            f"{first.node.path}; choose another name, or one of the two would vanish"
        )


def _whose(owner: Construct, role: str) -> tuple[str, ...]:
    """A name is that of one role; a token means another one in each stack."""
    return (role,) if is_concrete(role) else (owner.node.path.partition("/")[0], role)
