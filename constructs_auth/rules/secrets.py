"""Secrets that everybody reads who reads the Terraform, a plan or its outputs."""

import re
from collections.abc import Mapping

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.secret_names import (
    PROVIDER_DETAILS,
    PROVIDER_DETAILS_SECRETS,
    SECRET_ARGUMENTS,
    USER_PASSWORDS,
    names_cognito_secret,
)
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
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.references import traversals
from constructs_auth.terraform.resource import Resource

USER, PROVIDER = types.USER, types.IDENTITY_PROVIDER
DETAILS = PROVIDER_DETAILS


def _provider(provider: Resource, context: Context) -> Answers:
    for key in PROVIDER_DETAILS_SECRETS:
        yield from is_not_written_out(provider, context, DETAILS, key)
        yield from is_not_shown(provider, context, DETAILS, key)


def _user(user: Resource, context: Context) -> Answers:
    for name in USER_PASSWORDS:
        yield from is_not_written_out(user, context, name)


def _no_lasting_password(user: Resource, _context: Context) -> Answers:
    if user.body.value("password"):
        yield Violation(text="must not be set for people", at="password")


def _output(output: Resource, _context: Context) -> Answers:
    if output.body.flag("sensitive"):
        return
    for name in output.body.texts("references").known:
        parts = re.split(r"[.\[]", name.removeprefix("data."))
        kind = parts[0]
        if SECRET_ARGUMENTS.get(kind, frozenset()) & set(parts[2:]):
            yield Violation(text=f"must be true for {name}, got false", at="sensitive")
            return
        if kind in {"local", "module"} and names_cognito_secret(name.rpartition(".")[2]):
            yield Undecided(why=f"whether {name} is a secret is not known", at="sensitive")


def _variable(variable: Resource, _context: Context) -> Answers:
    default = variable.body.value("default")
    if not _has_text(default):
        return
    sensitive = variable.body.flag("sensitive")
    name = variable.address.removeprefix("var.")
    if sensitive is True or (isinstance(default, str) and names_cognito_secret(name)):
        yield Violation(text="must not be written out for a secret", at="default")


def _has_text(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_text, value.values()))
    if isinstance(value, list):
        return any(map(_has_text, value))
    return isinstance(value, str) and bool(value)


_FROM_ELSEWHERE = "must come from a sensitive variable or a data source"


def is_not_written_out(
    resource: Resource, context: Context, argument: str, key: str | None = None
) -> Answers:
    """Ask that *argument*, or its *key* where it is a map, does not stand in the Terraform.

    No answer has the value.
    """
    at = _at(argument, key)
    value = _value(resource, argument, key)
    if value is None or value == "":
        return
    if context.configuration.is_state:
        yield Undecided(why="a state does not say where a value comes from", at=at)
    elif isinstance(value, Unknown):
        if not _references(resource, argument, key):
            yield Undecided(why=value.why, at=at)
    elif not resource.body.evaluated or not _references(resource, argument, key):
        yield Violation(text=f"{_FROM_ELSEWHERE}, got one that is written out", at=at)


def is_not_shown(
    resource: Resource, context: Context, argument: str, key: str | None = None
) -> Answers:
    """Ask that *argument*, which comes from elsewhere, is not shown in every plan."""
    at = _at(argument, key)
    value = _value(resource, argument, key)
    names = _references(resource, argument, key)
    if not names or value is None or value == "" or _is_marked(resource, argument, key):
        return
    if resource.body.evaluated:
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=at)
        else:
            yield Violation(text=f"{_FROM_ELSEWHERE}, got one that every plan shows", at=at)
        return
    shown = _open_variable(resource, names, context.configuration)
    if isinstance(shown, Unknown):
        yield Undecided(why=shown.why, at=at)
    elif shown is not None:
        text = f"{_FROM_ELSEWHERE}, got var.{shown}, which is not sensitive: every plan shows it"
        yield Violation(text=text, at=at)


def _at(argument: str, key: str | None) -> str:
    return argument if key is None else f"{argument}.{key}"


def _value(resource: Resource, argument: str, key: str | None) -> object:
    value = resource.body.peek(argument)
    if key is None or not isinstance(value, Mapping):
        return value
    entries = resource.body.peek_entries(argument)
    return entries.get(key) if isinstance(entries, Mapping) else entries


def _references(resource: Resource, argument: str, key: str | None) -> tuple[str, ...]:
    """Give what is named where the value is written; a plan says it of the whole argument."""
    if resource.body.evaluated:
        expression = (resource.body.written or {}).get(argument)
        names = expression.get("references") if isinstance(expression, Mapping) else None
        return tuple(map(str, names)) if isinstance(names, list) else ()
    raw = resource.body.values.get(argument)
    return traversals(raw.get(key) if key is not None and isinstance(raw, Mapping) else raw)


def _is_marked(resource: Resource, argument: str, key: str | None) -> bool:
    marks = resource.body.sensitive.get(argument)
    if key is not None and isinstance(marks, Mapping):
        marks = marks.get(key)
    return marks is True


def _open_variable(
    resource: Resource, names: tuple[str, ...], configuration: Configuration
) -> str | Unknown | None:
    """Name a variable among *names* that is not sensitive; `None` where there is none."""
    variables = {variable.name: variable for variable in configuration.variables}
    for name in names:
        kind, _, rest = name.partition(".")
        variable = variables.get(rest.partition(".")[0]) if kind == "var" else None
        if kind in {"local", "module"} or (kind == "var" and (variable is None or resource.module)):
            return Unknown(f"set by Terraform: {name}")
        if variable is not None and not variable.sensitive:
            return variable.name
    return None


RULES: tuple[Rule, ...] = (
    Rule(
        id="CG301",
        slug="provider-secret-not-in-the-open",
        title="The secret of an identity provider is not in the open",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type=PROVIDER,
        why="provider_details is not sensitive to Terraform: each plan, and each log of a "
        "pipeline, prints the secret. Whoever reads it takes the place of this pool at the "
        "provider.",
        remedy="hand it over as a variable with sensitive = true, or read it with a data source "
        "such as aws_secretsmanager_secret_version; then replace the secret",
        source="AWS provider 5.100.0, aws_cognito_identity_provider; CG701",
        check=_provider,
    ),
    Rule(
        id="CG701",
        slug="user-password-not-in-the-open",
        title="The password of a user is not in the open",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type=USER,
        why="Whoever reads the Terraform or its history signs in as that user.",
        remedy="leave temporary_password out, so that Cognito makes one and sends it, or hand it "
        "over as a variable with sensitive = true",
        source="AWS provider 5.100.0, aws_cognito_user",
        check=_user,
    ),
    Rule(
        id="CG701B",
        slug="no-lasting-password",
        title="No user has a lasting password from Terraform",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER,
        why="The password stays as it is in Terraform's state, for everybody who may read it.",
        remedy="use temporary_password for people; accept the finding for accounts of tests",
        source="AWS provider 5.100.0, aws_cognito_user",
        check=_no_lasting_password,
    ),
    Rule(
        id="CG701C",
        slug="sensitive-outputs",
        title="An output of a secret is sensitive",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type="output",
        why="Terraform prints outputs after each apply, into the log of every pipeline.",
        remedy="set sensitive = true, or take the output out",
        source="Terraform, «Output values»",
        check=_output,
    ),
    Rule(
        id="CG701D",
        slug="no-secret-default",
        title="A variable of a secret has no default",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type="variable",
        why="The secret stands in the Terraform, and in its history for ever. Asked of variables "
        "that are sensitive, and of those whose names end in secret, password or private_key.",
        remedy="take the default out, hand the value over at each run, and replace the secret",
        source="HashiCorp, Terraform style guide",
        check=_variable,
    ),
)
