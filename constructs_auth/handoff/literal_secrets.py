"""Finds literal secrets in the Terraform of a stack: they must not be part of a hand-off."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from constructs_auth.errors import LiteralSecretError
from constructs_auth.facts.secret_names import names_secret
from constructs_auth.facts.templates import (
    ExpressionError,
    Kind,
    TemplateSequence,
    Token,
    holds_template,
    interpolated,
    read_template,
    sequences,
)
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled
from constructs_auth.terraform.references import traversals

_SHORTEST: Final = 6
"""Cognito's shortest password. Fewer letters and digits beside a reference only join it to others,
or add the classes of characters that a policy requires."""

_SCHEME: Final = re.compile(r"(?:Basic|Bearer|Token)\s+", re.IGNORECASE)
_ARN: Final = "arn:"
_PATH: Final = re.compile(r"[\w.-]*/[\w./-]*")
"""The path of a secret in a store; like its ARN, it is none itself."""

_IN_URL: Final = re.compile(r"://[^/\s:@?#]*:[^/\s@?#]+@")
_PASSED_ON: Final = frozenset({"coalesce", "sensitive", "try"})
"""Functions whose arguments are their result."""

_READS_FILES: Final = re.compile(r"\b(?:file\w*|templatefile)\s*\(")
_REFERENCE: Final = "7316717653"
"""What stands for a reference while a text is read as JSON: a number is JSON in quotes and out."""


def refuse_literal_secrets(document: Mapping[str, Any]) -> None:
    """Reject a literal secret: everybody who reads the Terraform could read it.

    Raises:
        LiteralSecretError: There is one; the message has its place, never its value.
    """
    for path in literal_secrets(document):
        raise LiteralSecretError(
            path,
            "must not contain a secret",
            remedy="use a sensitive variable or a data source instead",
        )


def literal_secrets(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the paths of literal secrets, including sensitive defaults and outputs."""
    for kind, blocks in document.items():
        if kind not in (COMMENT, "variable", "output"):
            yield from _secrets(blocks, kind, in_provider=kind in {"provider", "terraform"})
    for (name,), variable, _ in labelled(document.get("variable"), 1, "variable"):
        default = variable.get("default")
        if _is_sensitive(variable) and default not in (None, "", [], {}):
            yield f"variable.{name}.default"
        else:
            yield from _secrets({name: {"default": default}}, "variable")
            if names_secret(name) and _is_literal(default):
                yield f"variable.{name}.default"
    for (name,), output, _ in labelled(document.get("output"), 1, "output"):
        value = output.get("value")
        hides_nothing = _is_sensitive(output) and not traversals(value)
        if (hides_nothing and _holds_literal(value)) or (names_secret(name) and _is_literal(value)):
            yield f"output.{name}.value"
        else:
            yield from _secrets({name: {"value": value}}, "output")


def _is_sensitive(body: Mapping[str, Any]) -> bool:
    """Return whether Terraform reads `sensitive` as true: it converts texts."""
    written = body.get("sensitive", False)
    if isinstance(written, str):
        inner = interpolated(written)
        return (written if inner is None else inner).strip('" ') not in {"", "0", "false", "null"}
    return bool(written)


def _secrets(
    value: Any,  # noqa: ANN401 - what JSON can hold
    path: str,
    *,
    in_provider: bool = False,
) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            place = f"{path}.{name}"
            is_secret = names_secret(name) or (in_provider and name == "external_id")
            if name == COMMENT:
                continue
            if is_secret and _is_literal(item):
                yield place
            else:
                yield from _secrets(item, place, in_provider=in_provider)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            place = f"{path}[{index}]" if len(value) > 1 else path
            yield from _secrets(item, place, in_provider=in_provider)
    elif isinstance(value, str) and (_has_password_in_url(value) or _marks_literal(value)):
        yield path


def _holds_literal(value: object) -> bool:
    """Return whether *value*, which contains no reference, contains a text or a number."""
    if isinstance(value, Mapping):
        return any(map(_holds_literal, value.values()))
    if isinstance(value, list):
        return any(map(_holds_literal, value))
    return _is_literal(value)


def _is_literal(value: object) -> bool:
    """Return whether the value of an argument for a secret contains the secret itself."""
    if isinstance(value, list):
        return any(_is_literal(item) for item in value if isinstance(item, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    if not isinstance(value, str) or not holds_template(value):
        return value != ""
    return _is_literal_template(value)


def _is_literal_template(text: str) -> bool:
    try:
        parts = read_template(text)
        spans = sequences(text)
    except ExpressionError:  # Terraform rejects it
        return False
    if any(_is_literal_sequence(part) for part in parts if isinstance(part, TemplateSequence)):
        return True
    document = _json_of(text, spans)
    if document is not None:
        return any(True for _ in _secrets(document, ""))
    is_arn = text.startswith(_ARN)
    return not is_arn and any(_is_secret_part(part) for part in parts if isinstance(part, str))


def _json_of(text: str, spans: list[tuple[int, int]]) -> object:
    """Return the JSON that *text* is, with its references left out; `None` of another text."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    for start, end in reversed(spans):
        text = f"{text[:start]}{_REFERENCE}{text[end:]}"
    try:
        return _without_references(json.loads(text))
    except (RecursionError, ValueError):
        return None


def _without_references(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _without_references(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_references(item) for item in value]
    return "" if _REFERENCE in str(value) else value


def _is_secret_part(text: str) -> bool:
    """Return whether *text*, beside a reference, is long enough to be a part of a secret."""
    rest = _SCHEME.sub("", text)
    return _PATH.fullmatch(rest) is None and sum(map(str.isalnum, rest)) >= _SHORTEST


def _is_literal_sequence(sequence: TemplateSequence) -> bool:
    """Return whether the result of a `${…}` is a literal, or may be one."""
    if sequence.is_directive:
        return False
    tokens = [token for token in sequence.tokens if token.kind is not Kind.NEWLINE]
    written = "".join(token.text for token in tokens)
    if not traversals(f"${{{' '.join(token.text for token in tokens)}}}") and not traversals(
        f"${{{written}}}"
    ):
        return not _READS_FILES.search(written) and any(
            token.kind in {Kind.LITERAL, Kind.NUMBER} for token in tokens
        )
    openings = _openings(tokens)
    return any(
        token.kind is Kind.LITERAL and _is_result(tokens, index, openings[index - 1])
        for index, token in enumerate(tokens)
    )


def _is_result(tokens: list[Token], index: int, at: int) -> bool:
    """Return whether the text at *index* is what a secret key, a branch or a function gives."""
    if index < 2 or tokens[index - 1].kind is not Kind.OPEN_QUOTE:  # noqa: PLR2004 - quote, sign
        return False
    before = tokens[index - 2].symbol
    bracket = tokens[at].text if at >= 0 else ""
    if bracket == "{" and before in {"=", ":"}:
        key = tokens[index - 3]
        if key.kind is Kind.CLOSE_QUOTE:
            key = tokens[index - 4]
        return names_secret(key.text)
    if before in {"?", ":"}:
        return True
    return bracket == "(" and before in {"(", ","} and at > 0 and tokens[at - 1].text in _PASSED_ON


def _openings(tokens: list[Token]) -> list[int]:
    """Return for each token where the bracket around it stands; -1 if there is none."""
    found = []
    around = [-1]
    for at, token in enumerate(tokens):
        found.append(around[-1])
        if token.kind in {Kind.OPEN, Kind.OPEN_SEQUENCE}:
            around.append(at)
        elif token.kind in {Kind.CLOSE, Kind.CLOSE_SEQUENCE}:
            around.pop()
    return found


def _marks_literal(text: str) -> bool:
    """Return whether *text* contains `sensitive("…")`, which says that a literal is a secret."""
    if "sensitive" not in text or not holds_template(text):
        return False
    try:
        parts = read_template(text)
    except ExpressionError:  # Terraform rejects it
        return False
    tokens = [
        token for part in parts if isinstance(part, TemplateSequence) for token in part.tokens
    ]
    return any(
        one.kind is Kind.WORD
        and one.text == "sensitive"
        and bracket.text == "("
        and literal.kind is Kind.LITERAL
        for one, bracket, _, literal in zip(
            tokens, tokens[1:], tokens[2:], tokens[3:], strict=False
        )
    )


def _has_password_in_url(text: str) -> bool:
    """Return whether *text* contains a URL with a literal password before the host."""
    if "://" not in text or "@" not in text:
        return False
    try:
        spans = sequences(text)
    except ExpressionError:  # Terraform rejects it
        return False
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return _IN_URL.search(text) is not None
