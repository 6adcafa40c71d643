"""Secrets that everybody reads who reads the Terraform, a plan or its outputs."""

import re
from collections.abc import Mapping

from constructs_auth.rules._client import CLIENT, listed, undecided_at
from constructs_auth.rules._provider import DETAILS, PROVIDER
from constructs_auth.rules._secrets import is_not_shown, is_not_written_out
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

USER = "aws_cognito_user"
_SECRET_DETAILS = ("client_secret", "private_key")
_PASSWORDS = ("password", "temporary_password")
_SECRET_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    CLIENT: frozenset({"client_secret"}),
    "aws_cognito_managed_user_pool_client": frozenset({"client_secret"}),
    PROVIDER: frozenset({DETAILS}),
    USER: frozenset(_PASSWORDS),
}
_NAMED_SECRET = re.compile(r"(.*_)?(client_secret|password|private_key|secret)", re.IGNORECASE)


def _provider(provider: Resource, context: Context) -> Answers:
    for key in _SECRET_DETAILS:
        yield from is_not_written_out(provider, DETAILS, key)
        yield from is_not_shown(provider, context, DETAILS, key)


def _user(user: Resource, _context: Context) -> Answers:
    for name in _PASSWORDS:
        yield from is_not_written_out(user, name)


def _no_lasting_password(user: Resource, _context: Context) -> Answers:
    password = user.body.peek("password")
    if isinstance(password, Unknown):
        yield undecided_at("password", password)
    elif password:
        yield Violation(text="must not be set for people", at="password")


def _output(output: Resource, _context: Context) -> Answers:
    if output.body.peek_flag("sensitive") is True:
        return
    for name in listed(output.body, "references").known:
        parts = re.split(r"[.\[]", name.removeprefix("data."))
        kind = parts[0]
        if _SECRET_ATTRIBUTES.get(kind, frozenset()) & set(parts[2:]):
            yield Violation(text=f"must be true for {name}, got false", at="sensitive")
            return
        if kind in {"local", "module"} and _NAMED_SECRET.fullmatch(name.rpartition(".")[2]):
            yield Undecided(why=f"whether {name} is a secret is not known", at="sensitive")


def _variable(variable: Resource, _context: Context) -> Answers:
    default = variable.body.peek("default")
    if isinstance(default, Unknown) or not _has_text(default):
        return
    sensitive = variable.body.peek_flag("sensitive")
    name = variable.address.removeprefix("var.")
    if sensitive is True or (isinstance(default, str) and _NAMED_SECRET.fullmatch(name)):
        yield Violation(text="must not be written out for a secret", at="default")


def _has_text(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_text, value.values()))
    if isinstance(value, list):
        return any(map(_has_text, value))
    return isinstance(value, str) and bool(value)


PROVIDER_SECRET = Rule(
    id="CG301",
    title="The secret of an identity provider is not in the open",
    family=Family.SECURITY,
    severity=Severity.CRITICAL,
    resource_type=PROVIDER,
    why="provider_details is not sensitive to Terraform: each plan, and each log of a pipeline, "
    "prints the secret. Whoever reads it takes the place of this pool at the provider.",
    remedy="hand it over as a variable with sensitive = true, or read it with a data source such "
    "as aws_secretsmanager_secret_version; then replace the secret",
    source="AWS provider 5.100.0, aws_cognito_identity_provider; CG701",
    check=_provider,
)

USER_PASSWORD = Rule(
    id="CG701",
    title="The password of a user is not in the open",
    family=Family.SECURITY,
    severity=Severity.CRITICAL,
    resource_type=USER,
    why="Whoever reads the Terraform or its history signs in as that user.",
    remedy="leave temporary_password out, so that Cognito makes one and sends it, or hand it over "
    "as a variable with sensitive = true",
    source="AWS provider 5.100.0, aws_cognito_user",
    check=_user,
)

NO_LASTING_PASSWORD = Rule(
    id="CG701B",
    title="No user has a lasting password from Terraform",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=USER,
    why="The password stays as it is in Terraform's state, for everybody who may read it.",
    remedy="use temporary_password for people; accept the finding for accounts of tests",
    source="AWS provider 5.100.0, aws_cognito_user",
    check=_no_lasting_password,
)

OUTPUT_SENSITIVE = Rule(
    id="CG701C",
    title="An output of a secret is sensitive",
    family=Family.SECURITY,
    severity=Severity.CRITICAL,
    resource_type="output",
    why="Terraform prints outputs after each apply, into the log of every pipeline.",
    remedy="set sensitive = true, or take the output out",
    source="Terraform, «Output values»",
    check=_output,
)

VARIABLE_DEFAULT = Rule(
    id="CG701D",
    title="A variable of a secret has no default",
    family=Family.SECURITY,
    severity=Severity.CRITICAL,
    resource_type="variable",
    why="The secret stands in the Terraform, and in its history for ever. Asked of variables that "
    "are sensitive, and of those whose names end in secret, password or private_key.",
    remedy="take the default out, hand the value over at each run, and replace the secret",
    source="HashiCorp, Terraform style guide",
    check=_variable,
)
