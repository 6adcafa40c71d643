"""The Lambda functions that Cognito calls."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from types import NoneType
from typing import Protocol, TypeAlias, runtime_checkable

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import PreTokenGenerationVersion

_ARN_PARTS_WITH_QUALIFIER = 8


@runtime_checkable
class HasArn(Protocol):
    """A Lambda function as a construct: the bindings' `LambdaFunction` fits."""

    @property
    def arn(self) -> str:
        """The ARN of the function."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LambdaAlias:
    """One alias or version of a function.

    Args:
        function: The function: its ARN without a qualifier, or a construct.
        qualifier: The name of the alias, or the number of the version.

    Raises:
        InvalidValueError: Not a function, an ARN that has a qualifier, or an invalid qualifier.
    """

    function: str | HasArn
    qualifier: str

    def __post_init__(self) -> None:
        """Check the values."""
        if isinstance(self.function, LambdaAlias):
            raise InvalidValueError(
                "LambdaAlias.function",
                "must not be an alias itself",
                got=self.function,
                remedy="give the function, and one qualifier",
            )
        _check_function("LambdaAlias.function", self.function)
        if _qualifier_of(_arn_of(self.function)) is not None:
            raise InvalidValueError(
                "LambdaAlias.function",
                "must not have a qualifier of its own",
                got=self.function,
                remedy="remove the last part of the ARN",
            )
        _checks.text(
            "LambdaAlias.qualifier",
            self.qualifier,
            limits.QUALIFIER,
            remedy="write the name of an alias or the number of a version",
        )


LambdaFunction: TypeAlias = str | HasArn | LambdaAlias
"""An ARN (with or without a qualifier), a function as a construct, or a `LambdaAlias`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreTokenGeneration:
    """The function that can change tokens before Cognito signs them.

    Args:
        function: The function.
        version: `V1_0` changes the ID token; `V2_0` also the access token; `V3_0` also the access
            token of a machine-to-machine client. `V2_0` and `V3_0` need the tier ESSENTIALS or
            PLUS. It has no default, because the claims depend on the version.

    Raises:
        InvalidValueError: Not a function, or a version that Cognito does not know.
    """

    function: LambdaFunction
    version: PreTokenGenerationVersion

    def __post_init__(self) -> None:
        """Check the values."""
        _check_function("PreTokenGeneration.function", self.function)
        version = _checks.member(
            "PreTokenGeneration.version", self.version, PreTokenGenerationVersion
        )
        object.__setattr__(self, "version", version)


@dataclass(frozen=True, slots=True, kw_only=True)
class LambdaTriggers:
    """The functions that Cognito calls; this library creates a permission for each.

    Args:
        create_auth_challenge: Creates the challenge of custom authentication.
        custom_email_sender: Sends e-mail in Cognito's place; needs *kms_key_id*.
        custom_message: Changes a message before Cognito sends it.
        custom_sms_sender: Sends SMS in Cognito's place; needs *kms_key_id*.
        define_auth_challenge: Chooses the next challenge of custom authentication.
        kms_key_id: The ARN of the KMS key that Cognito encrypts codes with for the custom senders.
        post_authentication: Runs after a sign-in.
        post_confirmation: Runs after a user is confirmed.
        pre_authentication: May reject a sign-in.
        pre_sign_up: May reject or confirm a sign-up.
        pre_token_generation: Changes tokens. The AWS provider does not notice its later removal
            (hashicorp/terraform-provider-aws#38617).
        user_migration: Imports a user from an older directory at the first sign-in.
        verify_auth_challenge_response: Checks the answer in custom authentication.
        without_permission: The triggers, by the names of these arguments, that the pool may call
            already: this library creates no permission for them. By default none.

    Raises:
        InvalidValueError: Not a function, or a custom sender without its key.
    """

    create_auth_challenge: LambdaFunction | None = None
    custom_email_sender: LambdaFunction | None = None
    custom_message: LambdaFunction | None = None
    custom_sms_sender: LambdaFunction | None = None
    define_auth_challenge: LambdaFunction | None = None
    kms_key_id: str | None = None
    post_authentication: LambdaFunction | None = None
    post_confirmation: LambdaFunction | None = None
    pre_authentication: LambdaFunction | None = None
    pre_sign_up: LambdaFunction | None = None
    pre_token_generation: PreTokenGeneration | None = None
    user_migration: LambdaFunction | None = None
    verify_auth_challenge_response: LambdaFunction | None = None
    without_permission: Collection[str] = ()

    def __post_init__(self) -> None:
        """Check the functions and the key."""
        subject = "LambdaTriggers.pre_token_generation"
        _checks.kind(subject, self.pre_token_generation, PreTokenGeneration, NoneType)
        for name, function in functions_of(self):
            _check_function(f"LambdaTriggers.{name}", function)
        _check_named("LambdaTriggers.without_permission", self)
        senders = self.custom_email_sender is not None or self.custom_sms_sender is not None
        if self.kms_key_id is not None:
            _checks.arn(
                "LambdaTriggers.kms_key_id",
                self.kms_key_id,
                service="kms",
                remedy="write the ARN of a KMS key",
            )
        if senders and self.kms_key_id is None:
            raise InvalidValueError(
                "LambdaTriggers.kms_key_id",
                "must be set with a custom sender",
                got=None,
                remedy="write the ARN of the KMS key that Cognito encrypts codes with",
            )


def functions_of(triggers: LambdaTriggers) -> Iterator[tuple[str, LambdaFunction]]:
    """Yield the triggers that are set, with their names, in the order of the names."""
    for field in fields(triggers):
        value = getattr(triggers, field.name)
        if value is None or field.name in {"kms_key_id", "without_permission"}:
            continue
        yield field.name, value.function if field.name == "pre_token_generation" else value


def _check_named(subject: str, triggers: LambdaTriggers) -> None:
    """Check that each trigger without a permission is one that is set."""
    names = [name for name, _ in functions_of(triggers)]
    for name in _checks.items(
        subject,
        triggers.without_permission,
        lambda _, value: value,
        remedy="name triggers, such as 'pre_sign_up'",
    ):
        if name not in names:
            raise InvalidValueError(
                subject,
                "must name triggers that are set",
                got=name,
                remedy=f"choose from {', '.join(names)}" if names else "leave it out",
            )


def invoked_arn(function: LambdaFunction) -> str:
    """Return the ARN that Cognito calls, with the qualifier if there is one."""
    if isinstance(function, LambdaAlias):
        return f"{_arn_of(function.function)}:{function.qualifier}"
    return _arn_of(function)


def function_and_qualifier(function: LambdaFunction) -> tuple[str, str | None]:
    """Return the ARN without its qualifier, and the qualifier, as a permission needs them."""
    if isinstance(function, LambdaAlias):
        return _arn_of(function.function), function.qualifier
    arn = _arn_of(function)
    qualifier = _qualifier_of(arn)
    return (arn if qualifier is None else arn.removesuffix(f":{qualifier}")), qualifier


def _arn_of(function: str | HasArn) -> str:
    return function if isinstance(function, str) else function.arn


def _qualifier_of(arn: str) -> str | None:
    if not is_concrete(arn):
        return None
    parts = arn.split(":")
    return parts[-1] if len(parts) == _ARN_PARTS_WITH_QUALIFIER else None


def _check_function(subject: str, function: object) -> None:
    remedy = "give the ARN of a Lambda function, the function's construct, or a LambdaAlias"
    if isinstance(function, LambdaAlias):
        return
    if not isinstance(function, str | HasArn):
        raise InvalidValueError(subject, "must be a function", got=function, remedy=remedy)
    arn = _arn_of(function)
    if isinstance(arn, str) and (not is_concrete(arn) or _is_function_arn(arn)):
        return
    raise InvalidValueError(subject, "must be the ARN of a Lambda function", got=arn, remedy=remedy)


def _is_function_arn(arn: str) -> bool:
    return (
        limits.ARN.accepts(arn)
        and re.match(r"[^:]+:[^:]+:lambda:[^:]*:[^:]*:function:", arn) is not None
    )
