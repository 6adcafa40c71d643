"""One level of a resource's values, read with Terraform's types."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self, TypeAlias, TypeVar

from constructs_auth.facts.templates import holds_template, unescaped

_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?", re.ASCII)
_FLAGS = {"true": True, "false": False}
_KNOWN: Mapping[str, object] = {}
_NOTHING: Mapping[str, object] = {"constant_value": None}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known yet; it never passes a rule.

    Attributes:
        why: Why it is not known, as a phrase: `known after apply`.
    """

    why: str


class Unevaluated(str):
    """A template whose value is not known, with the reason.

    Attributes:
        why: The reason, as a phrase: `set by var.name`.
    """

    __slots__ = ("why",)

    why: str

    def __new__(cls, template: str, why: str) -> Self:
        """Create one."""
        found = super().__new__(cls, template)
        found.why = why
        return found


LEFT_OUT = Unknown("not set: the provider keeps Cognito's present value or default")
AFTER_APPLY = Unknown("known after apply")
_ZERO_OR_NOT_SET = Unknown("0 or not set, which look the same in this plan")
_OTHER_KIND = Unknown("not of the type that Terraform expects here")

# Constants: `isinstance` with `str | Unknown` would create the union at each of many reads.
_TEXT_OR_UNKNOWN = (str, Unknown)
_NUMBER_OR_UNKNOWN = (int, float, Unknown)
_FLAG_OR_UNKNOWN = (bool, Unknown)
_LISTS = (list, tuple)

Value = TypeVar("Value")

Text: TypeAlias = str | Unknown | None
Number: TypeAlias = int | float | Unknown | None
Flag: TypeAlias = bool | Unknown | None
Texts: TypeAlias = "tuple[str | Unknown, ...] | Unknown"


class UnknownValueError(Exception):
    """A check needs a value that is not known; the judge records it as undecided.

    Attributes:
        unknown: Why the value is not known.
        at: The argument, as `password_policy[0].minimum_length`.
        address: The resource that it belongs to, or empty.
    """

    def __init__(self, unknown: Unknown, *, at: str = "", address: str = "") -> None:
        super().__init__(f"{address}: {at}: {unknown.why}")
        self.unknown = unknown
        self.at = at
        self.address = address


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTexts:
    """A list or set of texts, of which some may not be known.

    A known item may decide alone: `"code" in flows` is true if the item is known, even if others
    are not. If the answer depends on unknown items, the method raises `UnknownValueError`.

    Attributes:
        items: The texts in their order, each perhaps `Unknown`.
        at: The argument.
        address: The resource that it belongs to.
        whole: Why the whole list is not known, or `None`.
    """

    items: tuple[str | Unknown, ...]
    at: str
    address: str = ""
    whole: Unknown | None = None

    @property
    def known(self) -> tuple[str, ...]:
        """The texts that are known, in their order."""
        return tuple(item for item in self.items if isinstance(item, str))

    @property
    def unknown(self) -> Unknown | None:
        """Why there may be others, or `None` if all are known."""
        if self.whole is not None:
            return self.whole
        return next((item for item in self.items if isinstance(item, Unknown)), None)

    def all(self) -> tuple[str, ...]:
        """Return all texts.

        Raises:
            UnknownValueError: Some are not known.
        """
        self._end_unless_known()
        return self.known

    def has_any(self, *wanted: str) -> bool:
        """Return whether the list contains one of *wanted*.

        Raises:
            UnknownValueError: No known item is among them, and there may be others.
        """
        if any(item in wanted for item in self.items):
            return True
        self._end_unless_known()
        return False

    def __contains__(self, wanted: str) -> bool:
        """Return whether the list contains *wanted*, as `has_any` does."""
        return self.has_any(wanted)

    def __iter__(self) -> Iterator[str]:
        """Walk through the known items, then raise if others are unknown."""
        yield from self.known
        self._end_unless_known()

    def __len__(self) -> int:
        """Count the items, known or not."""
        if self.whole is not None:
            self._end_unless_known()
        return len(self.items)

    def placed(self) -> Iterator[tuple[str, str]]:
        """Walk through the known items with their arguments, `callback_urls[0]`; then raise."""
        for at, item in enumerate(self.items):
            if isinstance(item, str):
                yield f"{self.at}[{at}]", item
        self._end_unless_known()

    def __bool__(self) -> bool:
        """Return whether there is any item, known or not."""
        if self.items:
            return True
        self._end_unless_known()
        return False

    def _end_unless_known(self) -> None:
        unknown = self.unknown
        if unknown is not None:
            raise UnknownValueError(unknown, at=self.at, address=self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A resource's arguments, or those of a block in it.

    `None` means "not set". An optional and computed argument that is not set, and that Cognito
    fills, is `Unknown`.

    Attributes:
        values: The arguments, as in the JSON.
        path: The place of the block in its resource, such as `password_policy[0].`, or empty.
        kept: The arguments that Cognito fills if they are not set, by dotted name without indexes.
        unknown: The marks of a plan's `after_unknown`.
        sensitive: The marks of a plan's `after_sensitive`.
        zero_if_not_set: The numbers that the provider reads back as 0 if they are not set, by
            dotted name without indexes.
        empty_if_not_set: Whether an empty list sets no argument that Cognito fills.
        evaluated: Whether Terraform evaluated the values, so that `${` in them is plain text.
        written: In a plan, the configuration of the arguments, or `None`; an unknown value that is
            not in it is not set.
        address: The resource that it belongs to, or empty.
        is_given: Whether arguments that Cognito fills count as not set.
    """

    values: Mapping[str, object] = field(repr=False)
    path: str = ""
    kept: frozenset[str] = field(default=frozenset(), repr=False)
    zero_if_not_set: frozenset[str] = field(default=frozenset(), repr=False)
    empty_if_not_set: bool = field(default=False, repr=False)
    unknown: Mapping[str, object] = field(default_factory=dict, repr=False)
    sensitive: Mapping[str, object] = field(default_factory=dict, repr=False)
    evaluated: bool = field(default=False, repr=False)
    written: Mapping[str, object] | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    is_given: bool = field(default=False, repr=False)
    # Many rules ask for the same lists and blocks.
    _blocks: dict[str, "tuple[Block, ...] | Unknown"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _texts: dict[str, Texts] = field(default_factory=dict, init=False, repr=False, compare=False)
    _known_texts: dict[str, KnownTexts] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _given: dict[str, "Block"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def peek(self, name: str) -> object:
        """Return the argument *name* unchanged; a text with a template is `Unknown`."""
        if self.unknown and self.unknown.get(name) is True:
            return LEFT_OUT if self._is_left_out(name) else AFTER_APPLY
        value = self.values.get(name)
        if value == 0 and value is not False and self._may_not_be_set(name):
            return _ZERO_OR_NOT_SET
        if not value and (value is None or self._is_not_set(name, value)):
            if name in self.kept:
                return LEFT_OUT
            return self._from_dynamic(name) if "dynamic" in self.values else None
        return value if self.evaluated or not isinstance(value, str) else known_text(value)

    def _may_not_be_set(self, name: str) -> bool:
        """Return whether an expression sets *name*, which the plan shows as 0."""
        expression = (
            self.written.get(name) if self.written and name in self.zero_if_not_set else None
        )
        return isinstance(expression, dict) and "references" in expression

    def _is_not_set(self, name: str, value: object) -> bool:
        """Return whether the provider treats the empty *value* as not set."""
        if not self.evaluated:
            return self.empty_if_not_set and value == [] and name in self.kept
        if value == "":
            return True
        if self.written is not None and name in self.written:
            return False
        return value in ([], {}) or (value == 0 and name in self.zero_if_not_set)

    def expression(self, name: str) -> object:
        """Return the value of *name* for a comparison with another argument.

        It is the value, or its expression if a plan does not know the value.
        """
        if self.unknown.get(name) is not True:
            return self.values.get(name)
        return object() if self.written is None else self.written.get(name, object())

    def peek_text(self, name: str) -> Text:
        """Return a text."""
        value = self.peek(name)
        if value is None or isinstance(value, _TEXT_OR_UNKNOWN):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else _OTHER_KIND

    def peek_number(self, name: str) -> Number:
        """Return a number; Terraform accepts a text of digits as a number."""
        value = self.peek(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return float(value) if "." in value else int(value)
        if value is None or isinstance(value, _NUMBER_OR_UNKNOWN):
            return _OTHER_KIND if isinstance(value, bool) else value
        return _OTHER_KIND

    def peek_flag(self, name: str) -> Flag:
        """Return a bool; Terraform accepts `"true"` and `"false"` as a bool."""
        value = self.peek(name)
        if isinstance(value, str):
            return _FLAGS.get(value, _OTHER_KIND)
        return value if value is None or isinstance(value, _FLAG_OR_UNKNOWN) else _OTHER_KIND

    def peek_texts(self, name: str) -> Texts:
        """Return a list or set of texts, empty if it is not set; each may be unknown."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = self._read_texts(name)
        return found

    def peek_entries(self, name: str) -> "Mapping[str, object] | Unknown":
        """Return a map, empty if it is not set; each value may be unknown."""
        value = self.peek(name)
        if value is None:
            return _KNOWN
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, Mapping):
            return _OTHER_KIND
        marks = self.unknown.get(name) if self.unknown else None
        return {
            str(key): AFTER_APPLY
            if isinstance(marks, Mapping) and marks.get(key) is True
            else self._known(item)
            for key, item in value.items()
        }

    def peek_blocks(self, name: str) -> "tuple[Block, ...] | Unknown":
        """Return the blocks *name*; none if it is not set."""
        found = self._blocks.get(name)
        if found is None:
            found = self._blocks[name] = self._read_blocks(name)
        return found

    def peek_block(self, name: str) -> "Block | Unknown | None":
        """Return the only block *name*."""
        found = self.peek_blocks(name)
        if isinstance(found, Unknown):
            return found
        return found[0] if found else None

    # The methods below raise for unknown values.

    @property
    def given(self) -> "Block":
        """The same block, in which arguments that Cognito fills count as not set.

        It is for rules about the configuration itself, without the values that Cognito keeps or
        fills in.
        """
        if self.is_given:
            return self
        found = self._given.get("")
        if found is None:
            found = self._given[""] = replace(self, is_given=True)
        return found

    def value(self, name: str) -> object:
        """Return the argument *name*.

        Raises:
            UnknownValueError: It is not known.
        """
        return self._known_or_raise(name, self.peek(name))

    def text(self, name: str) -> str | None:
        """Return a text, `None` if it is not set.

        Raises:
            UnknownValueError: It is not known.
        """
        return self._known_or_raise(name, self.peek_text(name))

    def number(self, name: str) -> int | float | None:
        """Return a number, `None` if it is not set.

        Raises:
            UnknownValueError: It is not known.
        """
        return self._known_or_raise(name, self.peek_number(name))

    def flag(self, name: str) -> bool | None:
        """Return a bool, `None` if it is not set.

        Raises:
            UnknownValueError: It is not known.
        """
        return self._known_or_raise(name, self.peek_flag(name))

    def texts(self, name: str) -> "KnownTexts":
        """Return a list or set of texts, which raises only if an unknown item is needed."""
        found = self._known_texts.get(name)
        if found is None:
            value: Texts = self.peek_texts(name)
            if self.is_given and value is LEFT_OUT:
                value = ()
            found = self._known_texts[name] = KnownTexts(
                items=() if isinstance(value, Unknown) else value,
                at=f"{self.path}{name}",
                address=self.address,
                whole=value if isinstance(value, Unknown) else None,
            )
        return found

    def entries(self, name: str) -> "Mapping[str, object]":
        """Return a map, empty if it is not set; each value may be `Unknown`.

        Raises:
            UnknownValueError: The map as a whole is not known.
        """
        return self._known_or_raise(name, self.peek_entries(name)) or _KNOWN

    def blocks(self, name: str) -> "tuple[Block, ...]":
        """Return the blocks *name*; none if it is not set.

        Raises:
            UnknownValueError: How many there are is not known.
        """
        return self._known_or_raise(name, self.peek_blocks(name)) or ()

    def block(self, name: str) -> "Block | None":
        """Return the only block *name*, `None` if it is not set.

        Raises:
            UnknownValueError: Whether there is one is not known.
        """
        found = self.blocks(name)
        return found[0] if found else None

    def _known_or_raise(self, name: str, value: Value | Unknown) -> Value | None:
        """Return a known value; with `is_given`, an argument that Cognito fills is `None`."""
        if not isinstance(value, Unknown):
            return value
        if self.is_given and value is LEFT_OUT:
            return None
        raise UnknownValueError(value, at=f"{self.path}{name}", address=self.address)

    def _read_texts(self, name: str) -> Texts:
        value = self.peek(name)
        if value is None:
            return ()
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, _LISTS):
            return _OTHER_KIND
        marks = self.unknown.get(name)
        return tuple(
            AFTER_APPLY if _is_marked(marks, at) else _item(self._known(item))
            for at, item in enumerate(value)
        )

    def _read_blocks(self, name: str) -> "tuple[Block, ...] | Unknown":
        value = self.peek(name)
        if value is None:
            return ()
        if isinstance(value, Unknown):
            return value
        found = [value] if isinstance(value, dict) else value
        if not isinstance(found, _LISTS) or not all(isinstance(item, dict) for item in found):
            return _OTHER_KIND
        return tuple(self._inner(name, at, item) for at, item in enumerate(found))

    def _inner(self, name: str, at: int, values: Mapping[str, object]) -> "Block":
        return Block(
            values=values,
            path=f"{self.path}{name}[{at}].",
            kept=_kept_in(name, self.kept),
            unknown=_marks(self.unknown, name, at),
            sensitive=_marks(self.sensitive, name, at),
            evaluated=self.evaluated,
            zero_if_not_set=_kept_in(name, self.zero_if_not_set),
            empty_if_not_set=self.empty_if_not_set,
            address=self.address,
            is_given=self.is_given,
            written=None if self.written is None else _written(self.written, name, at, values),
        )

    def _known(self, value: object) -> object:
        return value if self.evaluated or not isinstance(value, str) else known_text(value)

    def _is_left_out(self, name: str) -> bool:
        """Return whether the configuration of a plan does not set *name*, or sets it to `null`."""
        if self.written is None:
            return False
        expression = self.written.get(name, _NOTHING)
        constant = (
            expression.get("constant_value", expression)
            if isinstance(expression, dict)
            else expression
        )
        return constant is None or constant == []

    def _from_dynamic(self, name: str) -> Unknown | None:
        dynamic = self.values.get("dynamic")
        if not dynamic:
            return None
        makers = dynamic if isinstance(dynamic, Sequence) else [dynamic]
        made = any(isinstance(maker, Mapping) and name in maker for maker in makers)
        return Unknown("created by a dynamic block") if made else None


def known_text(value: str) -> str | Unknown:
    """Return the text that *value* means to Terraform, or `Unknown` if it has a template."""
    if "{" not in value:
        return value
    if isinstance(value, Unevaluated):
        return Unknown(value.why)
    if holds_template(value):
        return Unknown(f"set by Terraform: {value}")
    return unescaped(value)


@lru_cache
def _kept_in(name: str, kept: frozenset[str]) -> frozenset[str]:
    """Return the arguments of a block *name* that Cognito fills."""
    start = f"{name}."
    return frozenset(each.removeprefix(start) for each in kept if each.startswith(start))


def _item(value: object) -> str | Unknown:
    if isinstance(value, str | Unknown):
        return value
    if value is None or isinstance(value, Mapping | Sequence):
        return _OTHER_KIND
    return str(value)


def _is_marked(marks: object, at: int) -> bool:
    return marks is True or (isinstance(marks, list) and at < len(marks) and marks[at] is True)


def _written(
    written: Mapping[str, object], name: str, at: int, values: Mapping[str, object]
) -> Mapping[str, object] | None:
    """Return the configuration of the block *name* with *values*; `None` for a dynamic one.

    Terraform sorts the blocks of a set, so the position in the plan does not identify the block.
    """
    found = written.get(name)
    if isinstance(found, dict):
        return found
    blocks = (
        [block for block in found if isinstance(block, dict)] if isinstance(found, list) else []
    )
    alike = [block for block in blocks if _agrees(block, values)] if len(blocks) > 1 else blocks
    if len(alike) == 1:
        return alike[0]
    return blocks[at] if at < len(blocks) and blocks[at] in alike else None


def _agrees(written: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Return whether the constants of a block in the configuration are among its *values*."""
    for name, expression in written.items():
        if isinstance(expression, dict) and "constant_value" in expression:
            constant, value = expression["constant_value"], values.get(name)
            is_known = isinstance(constant, str | int) and isinstance(value, str | int)
            if is_known and str(constant).lower() != str(value).lower():
                return False
    return True


def _marks(marks: Mapping[str, object], name: str, at: int) -> Mapping[str, object]:
    """Return the marks of one block of *name*."""
    if not marks:
        return _KNOWN
    of_name = marks.get(name)
    if isinstance(of_name, list) and at < len(of_name):
        of_name = of_name[at]
    return of_name if isinstance(of_name, dict) else _KNOWN


def top_argument(path: str) -> str:
    """Return the top-level argument of *path*: `schema` for `schema["team"].name`."""
    return path.partition(".")[0].partition("[")[0]
