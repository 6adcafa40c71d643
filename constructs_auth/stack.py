"""The stack: the AWS provider, the state, the versions, the outputs and the checks."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._inspection import Inspection
from constructs_auth._place import (
    TakenIdsNamed,
    place_of,
    remember_place,
    stack_of,
)
from constructs_auth._tokens import is_token
from constructs_auth.engine import (
    AwsProvider,
    AwsProviderDefaultTags,
    Construct,
    LocalBackend as CdktfLocalBackend,
    S3Backend as CdktfS3Backend,
    TerraformOutput,
    TerraformStack,
    is_instance,
    reject_foreign_elements,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import versions
from constructs_auth.judge import Judge
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.profile import STANDARD, Profile, checked_profile
from constructs_auth.rules.rule import Severity
from constructs_auth.state.backends import LocalBackend, S3Backend

_FOLDER = re.compile(r"(?![.-])[^\s/\\*?\[\]{}!\x00-\x1f]{1,255}")
_US_EAST_1 = "us-east-1"
_REFUSED_BY_CDKTF = "terraform.tfstate"

Backend: TypeAlias = S3Backend | LocalBackend
"""The backends of a state."""

OutputValue: TypeAlias = str | Mapping[str, str]
"""The value of an output: a text, or a map of texts."""


class AuthStack(TerraformStack):
    """One Terraform root module, with its provider, its state and its resources.

    The id of a construct directly below the stack is its Terraform name: `UserPool(stack, "users")`
    is `aws_cognito_user_pool.users`.

    Args:
        scope: The app.
        construct_id: The name of the stack, for its folder and for `cdktf deploy`.
        region: The AWS region of its resources.
        backend: The backend of the state: `S3Backend`, or `LocalBackend` until there is a bucket.
        tags: Tags of every resource (the provider's `default_tags`). By default none.
        profile: The requirements of the rules, and the defaults of pools: `STANDARD`, `STRICT` or
            `NIST`. By default `STANDARD`, which requires nothing that costs extra.
        fail_on: The lowest severity of a finding that stops the synthesis. By default
            `Severity.ERROR`: only settings that Cognito would reject. Synthesis prints the other
            findings.

    Raises:
        InvalidValueError: A region or a tag that AWS does not accept, or a value that is not a
            backend.
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
        bound = _checks.known_member("AuthStack.fail_on", fail_on, Severity)
        requirements = checked_profile("AuthStack.profile", profile)
        default_tags = _checks.tags("AuthStack.tags", tags)
        _checks.kind("AuthStack.scope", scope, Construct)
        check_stack_id("AuthStack.construct_id", construct_id)
        with TakenIdsNamed("AuthStack.construct_id", construct_id):
            super().__init__(scope, construct_id)
        remember_place(self, scope, construct_id)
        self._judge = Judge.of(self)
        self._judge.profile = requirements
        self._judge.fail_on = bound
        for warning in _backend_warnings(backend, construct_id):
            self._judge.warn(warning)
        self.region = region
        # In a separate scope, because CDKTF uses the ids `backend` and `aws` in it.
        self._settings = Construct(self, "terraform")
        self._default_tags = [AwsProviderDefaultTags(tags=default_tags)] if default_tags else None
        self.provider = AwsProvider(
            self._settings, "aws", region=region, default_tags=self._default_tags
        )
        _define_backend(self._settings, backend)
        self.add_override(
            "terraform.required_version", f">= {versions.TERRAFORM}, < {versions.NEXT_TERRAFORM}"
        )
        self._provider_version = versions.PROVIDER
        self.require_provider(versions.PROVIDER)

    @property
    def profile(self) -> Profile:
        """The requirements of the rules, and the defaults of pools."""
        return self._judge.profile

    @property
    def fail_on(self) -> Severity:
        """The lowest severity of a finding that stops the synthesis."""
        return self._judge.fail_on

    def prepare_stack(self) -> None:
        """Resolve the references between stacks. The framework calls it at synthesis.

        Raises:
            InvalidValueError: A construct of the other framework that does not work in this stack.
        """
        reject_foreign_elements(self)
        super().prepare_stack()

    @property
    def accepted_findings(self) -> tuple[Accepted, ...]:
        """The findings that `accept_finding` accepted."""
        return self._judge.accepted_findings

    def accept_finding(
        self,
        rule: str,
        construct: Construct | str,
        *,
        reason: str,
        until: date | None = None,
    ) -> None:
        """Accept that *construct* breaks *rule*; `Judge.accept_finding` explains the arguments."""
        self._judge.accept_finding(rule, construct, reason=reason, until=until)

    def require_provider(self, version: str) -> None:
        """Require at least *version* of the AWS provider; after several calls, the newest applies.

        Args:
            version: A version such as `6.13.0`.

        Raises:
            InvalidValueError: Not three numbers, or 7.0.0 or newer, which this library does not
                know.
        """
        subject = "AuthStack.require_provider"
        remedy = "write one such as '6.13.0'"
        if not isinstance(version, str) or re.fullmatch(r"\d+\.\d+\.\d+", version) is None:
            raise InvalidValueError(
                subject, "must be a version of three numbers", got=version, remedy=remedy
            )
        if _numbers(version) >= _numbers(versions.NEXT_PROVIDER):
            raise InvalidValueError(
                subject, f"must be below {versions.NEXT_PROVIDER}", got=version, remedy=remedy
            )
        self._provider_version = max(self._provider_version, version, key=_numbers)
        self.add_override(
            "terraform.required_providers.aws",
            {
                "source": "hashicorp/aws",
                "version": f">= {self._provider_version}, < {versions.NEXT_PROVIDER}",
            },
        )

    def provider_in_us_east_1(self) -> AwsProvider:
        """Return the provider of us-east-1, the region of CloudFront certificates."""
        return self.provider_in(_US_EAST_1)

    def provider_in(self, region: str) -> AwsProvider:
        """Return the provider of another region, with the tags of the stack.

        Args:
            region: A region that is not a token. For the stack's region, return the stack's
                provider.

        Raises:
            InvalidValueError: The text is not the name of an AWS region, or is a token.
        """
        _checks.known_region("AuthStack.provider_in", region)
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
        self, name: str, value: OutputValue, *, description: str, sensitive: bool = False
    ) -> None:
        """Define the Terraform output *name*.

        Args:
            name: The name for `terraform output`: letters, digits, `_` and `-`, not a digit first.
            value: The value of the output: a text, or a map of texts.
            description: The description, for readers of the plan.
            sensitive: Whether Terraform hides it. By default `False`.

        Raises:
            InvalidValueError: No description, or a name that Terraform does not accept or that is
                an id in the stack.
        """
        _add_output(self, name, value, description=description, sensitive=sensitive)

    def inspect(self) -> Inspection:
        """Return the problems and warnings of every construct, and the findings of the rules.

        Call `prepare_stack` first, for cross-stack references.
        """
        return self._judge.inspect()


def auth_stack_of(
    construct: Construct,
    *,
    remedy: str,
) -> AuthStack:
    """Return the `AuthStack` of *construct*.

    Args:
        construct: The construct that needs the stack.
        remedy: The remedy in the error for another type of stack.

    Raises:
        InvalidValueError: The construct is in another type of stack.
    """
    stack = stack_of("scope", construct)
    if not isinstance(stack, AuthStack):
        raise InvalidValueError(
            place_of(construct).path,
            "must be in an AuthStack",
            got=type(stack).__name__,
            remedy=remedy,
        )
    return stack


def region_at(construct: Construct) -> str | None:
    """Return the region of the stack of *construct*; `None` if its provider does not set one."""
    stack = stack_of("scope", construct)
    if isinstance(stack, AuthStack):
        return stack.region
    for provider in stack.all_providers():
        if is_instance(provider, AwsProvider) and provider.alias is None:
            return provider.region
    return None


def add_outputs_of(
    construct: AuthConstruct,
    outputs: Mapping[str, tuple[OutputValue, str]],
    *,
    prefix: str | None,
    default_prefix: str,
) -> None:
    """Define the outputs `<prefix>_<name>` of *construct* in its stack, all or none of them.

    Args:
        construct: The construct that the outputs are about.
        outputs: Value and description of each output, by name.
        prefix: The prefix of the names, or `None`: then it is *default_prefix* for the first
            construct of the stack, and the Terraform name of every other.
        default_prefix: The prefix for the first construct.

    Raises:
        InvalidValueError: A name is one that Terraform does not accept, or is an id in the stack.
    """
    stack = stack_of("scope", construct)
    chosen = default_prefix if prefix is None else prefix
    taken = any(stack.node.try_find_child(f"{chosen}_{name}") is not None for name in outputs)
    if prefix is None and taken and construct.address is not None:
        chosen = construct.address.rpartition(".")[2]
    for name in outputs:
        _check_output_name(stack, f"{chosen}_{name}", remedy="set another prefix=…")
    for name, (value, description) in outputs.items():
        _add_output(stack, f"{chosen}_{name}", value, description=description)


def _add_output(
    stack: TerraformStack,
    name: str,
    value: OutputValue,
    *,
    description: str,
    sensitive: bool = False,
) -> None:
    """Define the output *name* of *stack*."""
    _check_output_name(stack, name, remedy="choose another name")
    if not isinstance(description, str) or not description:
        raise InvalidValueError(
            f"output {name}",
            "must have a description",
            got=description,
            remedy="describe the value in a few words",
        )
    _checks.finite(f"output {name}", value)
    TerraformOutput(
        stack,
        name,
        value=value,
        description=description,
        sensitive=True if sensitive else None,
        static_id=True,
    )


def _check_output_name(stack: TerraformStack, name: str, *, remedy: str) -> None:
    """Reject a name that Terraform does not accept, or that is an id in the stack."""
    subject = f"output {name}"
    if not isinstance(name, str) or re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", name) is None:
        raise InvalidValueError(
            subject,
            "must have a name of letters, digits, _ and - that does not start with a digit",
            got=name,
            remedy=remedy,
        )
    if stack.node.try_find_child(name) is not None:
        raise InvalidValueError(
            subject, "must have a name that is not an id in the stack", got=name, remedy=remedy
        )


def check_stack_id(subject: str, construct_id: str) -> None:
    """Reject an id that cannot be the name of the folder that the stack is written to."""
    remedy = "write one such as 'auth'"
    if not isinstance(construct_id, str) or is_token(construct_id):
        raise InvalidValueError(
            subject, "must be a text and not a token", got=construct_id, remedy=remedy
        )
    if _FOLDER.fullmatch(construct_id) is None:
        as_before = construct_id.replace("/", "--")  # as the constructs library does
        if _FOLDER.fullmatch(as_before):
            remedy = f"write {as_before!r}, which is its name now"
        raise InvalidValueError(
            subject,
            "must be the name of a folder, without separators, spaces and wildcards, and without "
            ". or - first",
            got=construct_id,
            remedy=remedy,
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _backend_warnings(backend: Backend, construct_id: str) -> Sequence[str]:
    """Return a warning if Terraform does not lock the state in S3, or if CDKTF refuses its file.

    CG702 covers local state.
    """
    if isinstance(backend, S3Backend) and not backend.use_lockfile:
        warning = (
            "backend.use_lockfile is off, so two applies at once can damage the state; remove it "
            "unless something else locks the state"
        )
        return (warning,)
    if isinstance(backend, LocalBackend):
        beside = posixpath.join("cdktf.out", "stacks", construct_id, backend.path)
        if posixpath.normpath(beside) == _REFUSED_BY_CDKTF:
            warning = (
                f"backend.path is the file {_REFUSED_BY_CDKTF} beside cdktf.json, where `cdktf "
                f"deploy` refuses to run; write another name, such as ../../../{construct_id}"
                ".tfstate, and move the file before the next `terraform init -reconfigure`"
            )
            return (warning,)
    return ()


def _define_backend(scope: Construct, backend: Backend) -> None:
    """Define the backend in the stack of *scope*."""
    if isinstance(backend, LocalBackend):
        # Without a path, CDKTF writes an absolute path of the current machine.
        CdktfLocalBackend(scope, path=backend.path)
    else:
        _define_s3(scope, backend)


def _define_s3(scope: Construct, state: S3Backend) -> None:
    backend = CdktfS3Backend(
        scope,
        bucket=state.bucket or "",
        key=state.key or "",
        region=state.region,
        encrypt=True,
        kms_key_id=state.kms_key_id,
        allowed_account_ids=list(state.allowed_account_ids) or None,
        workspace_key_prefix=state.workspace_key_prefix,
    )
    # CDKTF requires both; Terraform reads missing values from -backend-config.
    for name, value in (("bucket", state.bucket), ("key", state.key)):
        if value is None:
            backend.add_override(name, None)
    # CDKTF 0.21's class does not have it (hashicorp/terraform-cdk#3834).
    backend.add_override("use_lockfile", state.use_lockfile)
    if state.assume_role is not None:
        role = {
            name: value for name, value in asdict(state.assume_role).items() if value is not None
        }
        backend.add_override("assume_role", role)
