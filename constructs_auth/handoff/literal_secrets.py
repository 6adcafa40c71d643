"""Finds literal secrets in the Terraform of a stack: they must not be part of a hand-off."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
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
_ENCRYPTED_PARAMETER: Final = "SecureString"
"""The type of an encrypted parameter of Systems Manager (provider, aws_ssm_parameter)."""

_NAMES: Final = ("name", "Name", "key", "Key")
_VALUES: Final = ("value", "Value", "insecure_value")
_SWITCHES: Final = frozenset({"true", "false", "on", "off", "0", "1"})
_PLACEHOLDER: Final = re.compile(r"\$|\{\{|<")
"""Begins a value that another program fills in: a path or an input (`$.a`, `$input`), a dynamic
reference (`{{resolve:…}}`), a mark for the reader (`<password>`)."""

_PATH: Final = re.compile(r"[\w.-]*/[\w./-]*")
"""The path of a secret in a store; like its ARN, it is not a secret."""

_IN_URL: Final = re.compile(r"://[^/\s:@?#]*:[^/\s@?#]+@")
_SAME: Final = ("coalesce", "nonsensitive", "one", "sensitive", "tolist", "tostring", "try")
_CHANGED: Final = ("base64encode", "chomp", "lower", "strrev", "title", "trimspace", "upper")
_FIRST: Final = frozenset({0})
_GIVES: Final[Mapping[str, frozenset[int] | None]] = {
    **dict.fromkeys((*_SAME, "concat", "compact"), None),
    **dict.fromkeys((*_CHANGED, "substr", "trim", "trimprefix", "trimsuffix"), _FIRST),
    **dict.fromkeys(("format", "formatlist", "join"), None),
    "lookup": frozenset({2}),
    "replace": frozenset({0, 2}),
}
"""Functions whose arguments become their result, and which ones; `None` means all."""

_JOINS: Final = frozenset({"format", "formatlist", "join", "replace"})
"""Functions that join an argument with others."""

_VERB: Final = re.compile(r"%(?:\[\d+\])?[-+ #0]*(?:[1-9]\d*|\*)?(?:\.(?:\d+|\*))?[A-Za-z%]")
"""What `format` replaces in its first argument."""

_ESCAPE: Final = re.compile(r"\\(.)")
_PAIR: Final = re.compile(r"(?<![\w .-])(?P<name>[\w .-]+)=(?P<value>[^;&\s]*)")
_REFERENCE_ALONE: Final = re.compile(r"\$\{\s*((?:local|var)\.[\w-]+)\s*\}")
_ONE_TEXT: Final = 2
"""The tokens after the opening quote of a text without sequences."""

_COMPARED: Final = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})

_READS_FILES: Final = re.compile(r"\b(?:file\w*|templatefile)\s*\(")
_REFERENCE: Final = "7316717653"
"""The placeholder of a reference in JSON: a number, valid with and without quotes."""


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
    yield from _named_as_secret(document)


def _named_as_secret(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the literal local values and defaults that are secrets because of their use."""
    values: dict[str, tuple[str, object]] = {}
    for _, body, _ in labelled(document.get("locals"), 0, "locals"):
        values |= {f"local.{name}": (f"locals.{name}", value) for name, value in body.items()}
    for (name,), body, _ in labelled(document.get("variable"), 1, "variable"):
        values[f"var.{name}"] = (f"variable.{name}.default", body.get("default"))
    if not values:
        return
    left = list(_used_as_secret(document))
    known: set[str] = set()
    while left:
        name = left.pop()
        if name in known or name not in values:
            continue
        known.add(name)
        place, value = values[name]
        if _is_literal(value):
            yield place
        left += _references_in(value)


def _used_as_secret(value: object) -> Iterator[str]:
    """Walk through the references that are the whole value of an argument for a secret."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name != COMMENT:
                yield from _references_in(item) if names_secret(name) else _used_as_secret(item)
    elif isinstance(value, list):
        for item in value:
            yield from _used_as_secret(item)


def _references_in(value: object) -> Iterator[str]:
    found = _REFERENCE_ALONE.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        yield found[1]


def _is_sensitive(body: Mapping[str, Any]) -> bool:
    """Return whether Terraform reads `sensitive` as true; it also converts texts."""
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
            if (is_secret and _is_literal(item)) or _is_secret_setting(value, name):
                yield place
            else:
                yield from _secrets(item, place, in_provider=in_provider)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            place = f"{path}[{index}]" if len(value) > 1 else path
            yield from _secrets(item, place, in_provider=in_provider)
    elif isinstance(value, str) and _says_that_literal_is_secret(value):
        yield path


def _is_secret_setting(block: Mapping[str, object], argument: str) -> bool:
    """Return whether *argument* is the literal value beside the name of a secret.

    Containers get their environment in such pairs, as Elastic Beanstalk its settings. The value of
    an encrypted parameter is a secret under any name.
    """
    value = block[argument]
    if argument not in _VALUES or not _is_literal(value) or str(value).lower() in _SWITCHES:
        return False
    names = [name for key in _NAMES if isinstance(name := block.get(key), str)]
    return block.get("type") == _ENCRYPTED_PARAMETER or any(map(names_secret, names))


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
    """Return *text* parsed as JSON, without references and placeholders; `None` of other text."""
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
    if isinstance(value, str) and _PLACEHOLDER.match(value):
        return ""
    if _REFERENCE not in str(value):
        return value
    rest = str(value).replace(_REFERENCE, "")
    return rest if _is_secret_part(rest) else ""


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
    uses = _Uses(tokens)
    return any(
        token.kind is Kind.LITERAL and _is_result(tokens, index, uses)
        for index, token in enumerate(tokens)
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The brackets and quotes of an expression.

    Attributes:
        around: For each token where the bracket or quote around it opens; -1 if there is none.
        positions: For each token how many commas are before it in that bracket.
        ends: Where each bracket and quote closes, by where it opens.
    """

    around: list[int]
    positions: list[int]
    ends: Mapping[int, int]


_OPENS: Final = frozenset({Kind.OPEN, Kind.OPEN_SEQUENCE, Kind.OPEN_QUOTE})
_CLOSES: Final = frozenset({Kind.CLOSE, Kind.CLOSE_SEQUENCE, Kind.CLOSE_QUOTE})


def _pairs(tokens: list[Token]) -> _Pairs:
    around: list[int] = []
    positions: list[int] = []
    ends: dict[int, int] = {}
    open_ones, commas = [-1], [0]
    for at, token in enumerate(tokens):
        if token.kind in _CLOSES and len(open_ones) > 1:
            ends[open_ones.pop()] = at
            commas.pop()
        around.append(open_ones[-1])
        positions.append(commas[-1])
        commas[-1] += token.symbol == ","
        if token.kind in _OPENS:
            open_ones.append(at)
            commas.append(0)
    return _Pairs(around, positions, ends)


class _Use(Enum):
    """How a part of an expression contributes to the result."""

    NONE = auto()
    """It only selects or changes the result: a key, an operand of a comparison, a pattern."""
    PART = auto()
    """It is a part of the result, together with others."""
    WHOLE = auto()
    """It is the result."""


class _Uses:
    """How each text in an expression contributes to the result, in linear time."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._pairs = _pairs(tokens)
        self._known: dict[int, _Use] = {}

    def of(self, index: int) -> _Use:
        """Return how the text at *index* contributes to the result."""
        first = self._pairs.around[index]  # its quote
        last = self._pairs.ends.get(first, first)
        passed: list[tuple[int, bool]] = []
        found = _Use.WHOLE
        while first >= 0:
            known = self._known.get(first)
            if known is not None:
                found = known
                break
            step = self._step(first, last)
            if isinstance(step, _Use):
                found = self._known[first] = step
                break
            is_quote = self._tokens[first].kind is Kind.OPEN_QUOTE
            passed.append((first, step[2] or (is_quote and last - first > _ONE_TEXT)))
            first, last = step[0], step[1]
        for unit, is_part in reversed(passed):
            if is_part and found is _Use.WHOLE:
                found = _Use.PART
            self._known[unit] = found
        return found

    def _step(self, first: int, last: int) -> _Use | tuple[int, int, bool]:
        """Return how a part contributes, or its enclosing part and whether it is joined there."""
        tokens, pairs = self._tokens, self._pairs
        if _is_condition(tokens, first, last):
            return _Use.NONE
        outer = pairs.around[first]
        end = pairs.ends.get(outer, outer)
        match _symbol(tokens, outer):
            case "{":
                is_secret = names_secret(_key_before(tokens, first))
                return (-1, -1, False) if is_secret else _Use.NONE
            case "[" if _is_index(tokens, outer) or _symbol(tokens, outer + 1) == "for":
                return _Use.NONE
            case "(" if outer > 0 and tokens[outer - 1].kind is Kind.WORD:
                name = tokens[outer - 1].text
                given = _GIVES.get(name, frozenset())
                if given is not None and pairs.positions[first] not in given:
                    return _Use.NONE
                return outer - 1, end, name in _JOINS
        return outer, end, False


def _is_result(tokens: list[Token], index: int, uses: _Uses) -> bool:
    """Return whether the text at *index* becomes the result, or a part of it that may be secret."""
    use = uses.of(index)
    return use is _Use.WHOLE or (use is _Use.PART and _may_be_part(tokens[index].text))


def _symbol(tokens: list[Token], at: int) -> str:
    return tokens[at].symbol if 0 <= at < len(tokens) else ""


def _is_condition(tokens: list[Token], first: int, last: int) -> bool:
    """Return whether a part of an expression is compared, or is the condition of a `?`."""
    after = _symbol(tokens, last + 1)
    return after == "?" or not _COMPARED.isdisjoint((after, _symbol(tokens, first - 1)))


def _is_index(tokens: list[Token], bracket: int) -> bool:
    before = tokens[bracket - 1] if bracket > 0 else None
    return before is not None and before.kind in {Kind.WORD, Kind.CLOSE, Kind.CLOSE_QUOTE}


def _key_before(tokens: list[Token], first: int) -> str:
    """Return the key of an object whose value begins at *first*; empty if there is no value."""
    if _symbol(tokens, first - 1) not in {"=", ":"}:
        return ""
    key = tokens[first - 2]
    return tokens[first - 3].text if key.kind is Kind.CLOSE_QUOTE else key.text


def _may_be_part(written: str) -> bool:
    """Return whether a text that a function joins with others may be a part of a secret."""
    text = _unescaped(written)
    if _IN_URL.search(_VERB.sub("", text)):
        return True
    if text.startswith((_ARN, "{", "[")):
        document = _json_of(_VERB.sub(_REFERENCE, text), [])
        return any(True for _ in _secrets(document, ""))
    if "://" in text:
        return False
    pieces = _VERB.split(_PAIR.sub(_value_of_secret, text))
    return any(map(_is_secret_part, pieces))


def _unescaped(written: str) -> str:
    """Return the text between quotes of HCL; only escaped quotes are replaced."""
    return _ESCAPE.sub(lambda found: found[1] if found[1] in '"\\' else " ", written)


def _value_of_secret(pair: re.Match[str]) -> str:
    return pair["value"] if names_secret(pair["name"].strip()) else ""


def _says_that_literal_is_secret(text: str) -> bool:
    return _has_password_in_url(text) or _is_json_with_secret(text) or _marks_literal(text)


def _is_json_with_secret(text: str) -> bool:
    """Return whether *text* is JSON with a literal secret, such as a container definition."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        document = _json_of(text, sequences(text))
        return any(True for _ in _secrets(document, ""))
    except (ExpressionError, RecursionError):  # Terraform rejects it, or nobody reads it
        return False


def _marks_literal(text: str) -> bool:
    """Return whether *text* contains `sensitive("…")` or `{ client_secret = "…" }`.

    Both mean that a literal is a secret.
    """
    if '"' not in text or not holds_template(text):
        return False
    try:
        parts = read_template(text)
    except ExpressionError:  # Terraform rejects it
        return False
    tokens = [
        token for part in parts if isinstance(part, TemplateSequence) for token in part.tokens
    ]
    return any(
        literal.kind is Kind.LITERAL
        and (
            (one.text == "sensitive" and bracket.text == "(")
            or (one.text == "jsondecode" and _is_json_with_secret(_unescaped(literal.text)))
            or (_is_secret_key(tokens, at) and _is_whole_or_part(tokens, at + 3))
        )
        for at, (one, bracket, _, literal) in enumerate(
            zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
        )
    )


def _is_secret_key(tokens: list[Token], end: int) -> bool:
    """Return whether a key of an object that names a secret ends at *end*."""
    start = end - 2 if tokens[end].kind is Kind.CLOSE_QUOTE else end
    before = tokens[start - 1] if start > 0 else None
    starts = before is not None and (before.symbol in {"{", ","} or before.kind is Kind.NEWLINE)
    return starts and names_secret(_key_before(tokens, end + 2))


def _is_whole_or_part(tokens: list[Token], at: int) -> bool:
    """Return whether the literal at *at* is a text, or long enough to be a part of a secret."""
    is_whole = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.CLOSE_QUOTE
    return is_whole or _is_secret_part(_unescaped(tokens[at].text))


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
