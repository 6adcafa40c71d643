"""Secrets that every reader of the Terraform, of a plan or of its outputs can read."""

import re
from collections.abc import Iterator, Mapping

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
        yield from is_not_literal(provider, context, DETAILS, key)
        yield from is_not_shown(provider, context, DETAILS, key)


def _user(user: Resource, context: Context) -> Answers:
    for name in USER_PASSWORDS:
        yield from is_not_literal(user, context, name)


def _no_lasting_password(user: Resource, _context: Context) -> Answers:
    if user.body.value("password"):
        yield Violation(text="must not be set for people", at="password")


def _output(output: Resource, context: Context) -> Answers:
    if output.body.flag("sensitive"):
        return
    if context.configuration.is_state:
        yield from _output_of_state(output, context.configuration)
        return
    for name in output.body.texts("references").known:
        parts = re.split(r"[.\[]", name.removeprefix("data."))
        kind = parts[0]
        if SECRET_ARGUMENTS.get(kind, frozenset()) & set(parts[2:]):
            yield Violation(text=f"must be true for {name}, got false", at="sensitive")
            return
        if kind in {"local", "module"} and names_cognito_secret(name.rpartition(".")[2]):
            yield Undecided(why=f"it is not known whether {name} is a secret", at="sensitive")


def _output_of_state(output: Resource, configuration: Configuration) -> Answers:
    """Compare values: a state has no references."""
    shown = {
        text
        for one in configuration.outputs
        if f"output.{one.name}" == output.address
        for text in _texts_in(one.value)
    }
    for resource in configuration.resources:
        for name in sorted(SECRET_ARGUMENTS.get(resource.type, ())):
            value = resource.body.values.get(name)
            secrets = (
                [value.get(key) for key in PROVIDER_DETAILS_SECRETS]
                if isinstance(value, Mapping)
                else [value]
            )
            if shown & set(_texts_in(secrets)):
                text = f"must be true for {resource.address}.{name}, got false"
                yield Violation(text=text, at="sensitive")
                return


def _variable(variable: Resource, _context: Context) -> Answers:
    default = variable.body.value("default")
    if not _has_text(default):
        return
    sensitive = variable.body.flag("sensitive")
    name = variable.address.removeprefix("var.")
    if sensitive is True or (isinstance(default, str) and names_cognito_secret(name)):
        yield Violation(text="must not be set for a secret", at="default")


def _has_text(value: object) -> bool:
    return any(_texts_in(value))


def _texts_in(value: object) -> Iterator[str]:
    """Walk through the texts in *value* that are not empty."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts_in(item)


_NOT_LITERAL = "must come from a sensitive variable or a data source"


def is_not_literal(
    resource: Resource, context: Context, argument: str, key: str | None = None
) -> Answers:
    """Check that *argument*, or its *key* where it is a map, is not a literal in the Terraform.

    The answer never contains the value.
    """
    at = _at(argument, key)
    value = _value(resource, argument, key)
    if value is None or value == "":
        return
    if context.configuration.is_state:
        yield Undecided(why="a state does not record where a value comes from", at=at)
    elif isinstance(value, Unknown):
        if not _references(resource, argument, key):
            yield Undecided(why=value.why, at=at)
    elif not resource.body.evaluated or not _references(resource, argument, key):
        yield Violation(text=f"{_NOT_LITERAL}, got a literal value", at=at)


def is_not_shown(
    resource: Resource, context: Context, argument: str, key: str | None = None
) -> Answers:
    """Check that no plan shows *argument*, whose value comes from elsewhere."""
    at = _at(argument, key)
    value = _value(resource, argument, key)
    names = _references(resource, argument, key)
    if not names or value is None or value == "" or _is_marked(resource, argument, key):
        return
    if resource.body.evaluated:
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=at)
        else:
            yield Violation(text=f"{_NOT_LITERAL}, got one that every plan shows", at=at)
        return
    shown = _open_variable(resource, names, context.configuration)
    if isinstance(shown, Unknown):
        yield Undecided(why=shown.why, at=at)
    elif shown is not None:
        text = f"{_NOT_LITERAL}, got var.{shown}, which is not sensitive: every plan shows it"
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
    """Return the references in the value; in a plan, those of the whole argument."""
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
    """Return a variable among *names* that is not sensitive; `None` if there is none."""
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
        title="The secret of an identity provider must not be readable",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type=PROVIDER,
        why="Terraform does not treat provider_details as sensitive: each plan, and each log of a "
        "pipeline, prints the secret. An attacker who reads it can impersonate this pool at "
        "the provider.",
        remedy="pass it as a variable with sensitive = true, or read it with a data source such as "
        "aws_secretsmanager_secret_version; then rotate the secret",
        python_remedy="pass a Variable with sensitive=True, or an attribute of a data source; then "
        "rotate the secret",
        source="AWS provider 5.100.0, aws_cognito_identity_provider.provider_details",
        check=_provider,
    ),
    Rule(
        id="CG701",
        slug="user-password-not-in-the-open",
        title="The password of a user must not be readable",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type=USER,
        why="An attacker who reads the Terraform or its history can sign in as that user.",
        remedy="remove temporary_password, so that Cognito generates and sends one, or pass it as "
        "a variable with sensitive = true",
        source="AWS provider 5.100.0, aws_cognito_user.password and temporary_password",
        check=_user,
    ),
    Rule(
        id="CG701B",
        slug="no-lasting-password",
        title="Terraform must not set permanent passwords",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=USER,
        why="Terraform's state contains the password. Everybody who may read the state can read "
        "it.",
        remedy="use temporary_password for people; accept the finding for test accounts",
        source="AWS provider 5.100.0, aws_cognito_user.password",
        check=_no_lasting_password,
    ),
    Rule(
        id="CG701C",
        slug="sensitive-outputs",
        title="An output of a secret must be sensitive",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type="output",
        why="Terraform prints outputs after each apply, also into the logs of pipelines.",
        remedy="set sensitive = true, or remove the output",
        source="Terraform, «Output values»",
        check=_output,
    ),
    Rule(
        id="CG701D",
        slug="no-secret-default",
        title="A variable of a secret must have no default",
        family=Family.SECURITY,
        severity=Severity.CRITICAL,
        resource_type="variable",
        why="The secret is in the Terraform and stays in its history. The rule checks variables "
        "that are sensitive, and those whose names end in secret, password or private_key.",
        remedy="remove the default, pass the value at each run, and rotate the secret",
        source="HashiCorp, Terraform style guide",
        check=_variable,
    ),
)
