"""The stack: the AWS provider, the state, the versions, the outputs and the guards."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from constructs_auth import _checks
from constructs_auth._acceptance import address_of, given_day, given_reason, known_rule
from constructs_auth._engine import (
    AwsProvider,
    AwsProviderDefaultTags,
    Construct,
    TerraformOutput,
    TerraformStack,
)
from constructs_auth._guards import StackValidation
from constructs_auth._regions import check_known_region
from constructs_auth._tags import checked_tags
from constructs_auth.errors import InvalidValueError
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.profile import STANDARD, Profile, checked_profile
from constructs_auth.rules.rule import Severity
from constructs_auth.state._backends import Backend, backend_warnings, define_backend
from constructs_auth.state.local_backend import LocalBackend
from constructs_auth.state.s3_backend import S3Backend

REQUIRED_VERSION = ">= 1.11.0, < 2.0.0"
"""Terraform 1.11 is the first whose S3 state locks itself with `use_lockfile`."""

PROVIDER_VERSION = "5.100.0"
"""The first AWS provider that will do; the exact one belongs into the lock file of its user."""

_NEXT_PROVIDER = "7.0.0"
_US_EAST_1 = "us-east-1"


class AuthStack(TerraformStack):
    """One Terraform root module: provider, state and what is defined in it.

    A construct directly below it has its id as Terraform name: `UserPool(stack, "users")` is
    `aws_cognito_user_pool.users`.

    Args:
        scope: The app.
        construct_id: The name of the stack: of its folder, and of what `cdktf deploy` takes.
        region: The AWS region of everything in it.
        backend: Where the state goes: `S3Backend`, or `LocalBackend` until there is a bucket.
        tags: Tags of every resource (the provider's `default_tags`). By default none.
        profile: What the rules ask for, and from which pools take their defaults: `STANDARD`,
            `STRICT` or `NIST`. By default `STANDARD`: all that costs nothing.
        fail_on: From which severity on a finding stops the synthesis. By default
            `Severity.ERROR`: only what Cognito would reject; the others are printed.

    Raises:
        InvalidValueError: A region or a tag that AWS does not accept, or another kind of backend.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        region: str,
        backend: Backend,
        tags: Mapping[str, str] | None = None,
        profile: Profile = STANDARD,
        fail_on: Severity = Severity.ERROR,
    ) -> None:
        _checks.region("AuthStack.region", region)
        _checks.kind("AuthStack.backend", backend, S3Backend, LocalBackend)
        self.fail_on = _checks.known_member("AuthStack.fail_on", fail_on, Severity)
        self.profile = checked_profile("AuthStack.profile", profile)
        self._accepted: list[Accepted] = []
        default_tags = checked_tags("AuthStack.tags", tags)
        super().__init__(scope, construct_id)
        self.inspected = False
        self.region = region
        # A scope of their own, for CDKTF takes the ids `backend` and `aws` in it.
        self._settings = Construct(self, "terraform")
        self._default_tags = [AwsProviderDefaultTags(tags=default_tags)] if default_tags else None
        self.provider = AwsProvider(
            self._settings, "aws", region=region, default_tags=self._default_tags
        )
        self._backend = backend
        define_backend(self._settings, backend)
        self.add_override("terraform.required_version", REQUIRED_VERSION)
        self._provider_version = PROVIDER_VERSION
        self.require_provider(PROVIDER_VERSION)
        self.node.add_validation(StackValidation(self))

    @property
    def accepted_findings(self) -> tuple[Accepted, ...]:
        """The findings that were accepted with `accept_finding`."""
        return tuple(self._accepted)

    def accept_finding(
        self,
        rule: str,
        construct: Construct,
        *,
        reason: str,
        until: date | None = None,
    ) -> None:
        """Accept that *construct* breaks *rule*; every report prints it with the reason.

        Args:
            rule: The id of the rule or its name, such as `CG201` or `no-implicit-grant`.
            construct: A construct of this package, or a resource of the bindings.
            reason: Why it is right here, in a sentence.
            until: The last day on which it is accepted; a day later the finding is back. By
                default for ever.

        Raises:
            InvalidValueError: No such rule, no reason, or a construct without a resource.
        """
        self._accepted.append(
            Accepted(
                rule=known_rule(rule),
                address=address_of(construct),
                reason=given_reason(reason),
                until=given_day(until),
            )
        )

    def require_provider(self, version: str) -> None:
        """Ask for *version* of the AWS provider or a newer one; of several, the newest counts.

        Args:
            version: Such as `6.13.0`.

        Raises:
            InvalidValueError: Not three numbers, or a version from 7.0.0, which is not known yet.
        """
        subject = "AuthStack.require_provider"
        remedy = "write one such as '6.13.0'"
        if not isinstance(version, str) or re.fullmatch(r"\d+\.\d+\.\d+", version) is None:
            raise InvalidValueError(
                subject, "must be a version of three numbers", got=version, remedy=remedy
            )
        if _numbers(version) >= _numbers(_NEXT_PROVIDER):
            raise InvalidValueError(
                subject, f"must be below {_NEXT_PROVIDER}", got=version, remedy=remedy
            )
        self._provider_version = max(self._provider_version, version, key=_numbers)
        self.add_override(
            "terraform.required_providers.aws",
            {
                "source": "hashicorp/aws",
                "version": f">= {self._provider_version}, < {_NEXT_PROVIDER}",
            },
        )

    def provider_in_us_east_1(self) -> AwsProvider:
        """Give the provider of us-east-1, where certificates of CloudFront are; made once."""
        return self.provider_in(_US_EAST_1)

    def provider_in(self, region: str) -> AwsProvider:
        """Give the provider of another region, with the tags of the stack; made once.

        Args:
            region: A region that is known now. The stack's own gives the stack's own provider.

        Raises:
            InvalidValueError: Something else than the name of an AWS region, or a token.
        """
        check_known_region("AuthStack.provider_in", region)
        if self.region == region:
            return self.provider
        child = f"aws_{region}"
        found = self._settings.node.try_find_child(child)
        if isinstance(found, AwsProvider):
            return found
        return AwsProvider(
            self._settings,
            child,
            alias=region.replace("-", "_"),
            region=region,
            default_tags=self._default_tags,
        )

    def add_output(
        self, name: str, value: str, *, description: str, sensitive: bool = False
    ) -> None:
        """Define the Terraform output *name*.

        Args:
            name: What `terraform output` takes.
            value: What it gives.
            description: What it is, for the reader of the plan.
            sensitive: Whether Terraform hides it. By default `False`.

        Raises:
            InvalidValueError: No description, or a name that is the id of something in the stack.
        """
        if self.node.try_find_child(name) is not None:
            raise InvalidValueError(
                f"output {name}",
                "must have a name that is no id in the stack",
                got=name,
                remedy="choose another name",
            )
        if not description:
            raise InvalidValueError(
                f"output {name}",
                "must have a description",
                got=description,
                remedy="say what it is in a few words",
            )
        TerraformOutput(
            self,
            name,
            value=value,
            description=description,
            sensitive=True if sensitive else None,
            static_id=True,
        )

    def find_problems(self) -> Sequence[str]:
        """Nothing about the stack itself cannot work; asked when the app is synthesized."""
        return ()

    def find_warnings(self) -> Sequence[str]:
        """Say what is to be said of the state; asked when the app is synthesized."""
        return backend_warnings(self._backend)


def auth_stack_of(
    construct: Construct,
    *,
    remedy: str = "define the outputs yourself, with cdktf.TerraformOutput",
) -> AuthStack:
    """Give the stack that *construct* is in.

    Args:
        construct: What needs it.
        remedy: What to do in a stack of another kind.

    Raises:
        InvalidValueError: It is in a stack of another kind.
    """
    stack = TerraformStack.of(construct)
    if not isinstance(stack, AuthStack):
        raise InvalidValueError(
            construct.node.path,
            "must be in an AuthStack",
            got=type(stack).__name__,
            remedy=remedy,
        )
    return stack


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
