"""Counterparts: the same plan or configuration, with other values in place of the secret ones.

A text that is the same for a plan and all its counterparts does not depend on a secret (ADR 11).
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from hashlib import shake_256
from itertools import zip_longest
from operator import is_not
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

from constructs_auth.facts.secret_names import UNREAD, is_personal, may_hold_secret
from constructs_auth.facts.templates import holds_template
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Backend, Configuration, Output, Variable
from constructs_auth.terraform.plan_values import (
    Seen,
    addresses_in,
    with_constants,
    with_values,
)
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import (
    HIDDEN,
    Copies,
    Texts,
    is_marked_whole,
    secret_parts,
    secrets_in,
    value_of_secret_pair,
)

_KEY = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
_ALPHABETS = (ascii_lowercase, ascii_uppercase, digits)
_SHORT = 7
_PADDING = "aaaaaaa"
"""Makes a short replacement longer, so that it can be found in sentences."""

_CONTAINERS = (dict, list)
_NOTHING: Mapping[str, object] = {}
_FEW, _MANY = 10_000, 1_000_003


class Form(Enum):
    """How the values of a counterpart differ. A text that depends on one differs in one of them."""

    ALIKE = auto()
    """Another value of the same form: `https://a.b` becomes `rkdve://x.k`, 8 becomes 9."""
    UNLIKE = auto()
    """A value without this form: a list has one more item, a map has other keys."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan or a state that may be secret.

    Attributes:
        kind: The type of the resource, or empty.
        value: Arguments of the resource, or a part of them.
        marks: Terraform's marks of *value*.
        names: The path of *value*, without indexes.
    """

    kind: str
    value: object
    marks: object
    names: tuple[str, ...]


class Search:
    """Searches plans and states for secrets; what several have alike is searched once.

    Attributes:
        parts: What was searched.
        seen: The arguments that were searched.
        seen_constants: Those in the configuration.
    """

    __slots__ = ("_found", "parts", "seen", "seen_constants")

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.seen = Seen()
        self.seen_constants = Seen()
        self._found: set[str] = set()

    def of(self, document: Mapping[str, Any]) -> frozenset[str]:
        """Return the secrets of a plan or a state, and of those that were searched before."""
        with_values(document, self)
        return frozenset(self._found)

    def value(self, kind: str, value: object, marks: object, names: tuple[str, ...] = ()) -> object:
        """Search a value; the arguments are those of `Part`."""
        if (
            names
            or not isinstance(value, dict)
            or is_marked_whole(marks)
            or value_of_secret_pair(value) is not None
        ):
            self._search(Part(kind, value, marks, names))
            return value
        left = self.seen.others(kind, value, marks)
        if left:
            self._search(Part(kind, {name: value[name] for name in left}, marks, ()))
        self.seen.add(kind, value, marks, left)
        return value

    def change(
        self, kind: str, change: Mapping[str, Any], names: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """Search both sides of a change in a plan."""
        self.value(kind, change.get("before"), change.get("before_sensitive"), names)
        self.value(kind, change.get("after"), change.get("after_sensitive"), names)
        return change

    def _search(self, part: Part) -> None:
        self._found.update(secrets_in(part.kind, part.value, part.marks, part.names))
        self.parts.append(part)


def secrets_of(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the secrets anywhere in a plan or a state."""
    return Search().of(document)


def secrets_of_configuration(configuration: Configuration) -> frozenset[str]:
    """Return the secrets in *configuration*."""
    found = _secrets_of_configuration(configuration, with_personal_data=True)
    return frozenset(text for text in found if not _is_reference(text))


def secrets_of_program(configuration: Configuration) -> frozenset[str]:
    """Return the secrets in the output of a program, whose author may see addresses of users."""
    found = _secrets_of_configuration(configuration, with_personal_data=False)
    return frozenset(text for text in found if not _is_reference(text))


def with_hidden_keys(document: Mapping[str, Any], copies: Copies) -> Mapping[str, Any]:
    """Return *document* with other instance keys where a key contains a secret.

    Terraform has no sensitive keys, but a program can make one with `nonsensitive`.
    """
    keys = {
        key
        for address in addresses_in(document)
        for key in map(_unescaped, _KEY.findall(address))
        if copies.finds(key)
    }
    if not keys:
        return document
    instead = {key: f"hidden {at}" for at, key in enumerate(sorted(keys), start=1)}
    return {str(name): _renamed(value, instead) for name, value in document.items()}


def common(value: object, others: Sequence[object]) -> object:
    """Return the parts that are the same in *value* and in *others*, with a mark for the rest.

    Args:
        value: JSON that is derived from a plan.
        others: The same for its counterparts.
    """
    if all(other == value for other in others):
        return value
    if isinstance(value, dict):
        objects = [other for other in others if isinstance(other, dict)]
        if len(objects) == len(others):
            return {
                name: common(inner, [other.get(name) for other in objects])
                for name, inner in value.items()
            }
    if isinstance(value, list):
        lists = [other for other in others if isinstance(other, list) and len(other) == len(value)]
        if len(lists) == len(others):
            return [common(inner, [other[at] for other in lists]) for at, inner in enumerate(value)]
    return HIDDEN


class Counterpart:
    """Replaces secret values; equal values get equal replacements.

    Args:
        form: How they differ.
        copies: Finds copies of secrets that nothing marks where they are.

    Attributes:
        seen: The arguments that it has seen, and that have nothing to replace.
        seen_constants: Those in the configuration.
    """

    __slots__ = (
        "_copies",
        "_form",
        "_given",
        "_is_state",
        "_plain_keys",
        "seen",
        "seen_constants",
    )

    def __init__(self, form: Form, copies: Copies) -> None:
        self.seen = Seen()
        self.seen_constants = Seen()
        self._form = form
        self._copies = copies
        self._given: set[str] = set()
        self._plain_keys: set[str] = set()
        self._is_state = False

    @property
    def given(self) -> Texts:
        """The replacements so far."""
        return Texts(self._given)

    def of_plan(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the counterpart of a plan, or the plan itself if it has no secret."""
        return with_values(document, self)

    def keeps(self, parts: Iterable[Part]) -> bool:
        """Return whether none of *parts* has another value in the counterpart."""
        return all(
            self.value(part.kind, part.value, part.marks, part.names) is part.value
            for part in parts
        )

    def of_configuration(self, configuration: Configuration) -> Configuration:
        """Return the counterpart of *configuration*; *configuration* itself if it has no secret."""
        old = configuration
        self._is_state = old.is_state
        used = [one.provider for one in old.resources if one.provider is not None]
        by_id = {id(block): self._block("", block) for block in (*old.providers, *used)}
        resources = [self._resource(one, by_id) for one in old.resources]
        outputs = [self._output(one) for one in old.outputs]
        variables = [self._variable(one) for one in old.variables]
        providers = [by_id[id(one)] for one in old.providers]
        backend = None if old.backend is None else self._backend(old.backend)
        if (
            _are_same(resources, old.resources)
            and _are_same(outputs, old.outputs)
            and _are_same(variables, old.variables)
            and _are_same(providers, old.providers)
            and backend is old.backend
        ):
            return old
        return Configuration(
            resources,
            outputs=outputs,
            variables=variables,
            backend=backend,
            providers=providers,
            is_state=old.is_state,
        )

    def value(self, kind: str, value: object, marks: object, names: tuple[str, ...] = ()) -> object:
        """Return *value* with other values in place of secret ones.

        Args:
            kind: The type of the resource, or empty.
            value: Its arguments, or a part of them.
            marks: Terraform's marks of *value*.
            names: The path of *value*, without indexes.
        """
        if (kind, names) in UNREAD and not self._is_state:
            return value
        if marks and is_marked_whole(marks):
            return self._whole(value, is_marked=True)
        if names and may_hold_secret(kind, names):
            return self._whole(value)
        if isinstance(value, dict):
            return self._object(kind, value, marks, names)
        if isinstance(value, list):
            of_items = marks if isinstance(marks, list) else ()
            pairs = zip_longest(value, of_items[: len(value)])
            items = [self.value(kind, inner, mark, names) for inner, mark in pairs]
            return items if any(map(is_not, items, value)) else value
        return value if isinstance(value, bool) else self._plain(value)

    def change(
        self, kind: str, change: Mapping[str, Any], names: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """Return the counterpart of a change in a plan."""
        before, after = change.get("before_sensitive"), change.get("after_sensitive")
        sides = {
            "before": self.value(kind, change.get("before"), before, names),
            "after": self.value(kind, change.get("after"), after, names),
        }
        if all(value is change.get(side) for side, value in sides.items()):
            return change
        paths = change.get("replace_paths")
        return {
            **change,
            **sides,
            "before_sensitive": self._marks(before),
            "after_sensitive": self._marks(after),
            "after_unknown": self._unknown(change.get("after_unknown"), after),
            "replace_paths": [
                self._path(path, (before, after)) if isinstance(path, list) else path
                for path in (paths if isinstance(paths, list) else ())
            ],
        }

    def _resource(self, resource: Resource, providers: Mapping[int, Block]) -> Resource:
        body = self._block(resource.type, resource.body)
        provider = None if resource.provider is None else providers[id(resource.provider)]
        if body is resource.body and provider is resource.provider:
            return resource
        return replace(resource, body=body, provider=provider)

    def _output(self, output: Output) -> Output:
        value = self.value("", output.value, output.sensitive, (output.name,))
        return output if value is output.value else replace(output, value=value)

    def _variable(self, variable: Variable) -> Variable:
        default = self.value("", variable.default, variable.sensitive, (variable.name,))
        return variable if default is variable.default else replace(variable, default=default)

    def _backend(self, backend: Backend) -> Backend:
        arguments = self._block("", backend.arguments)
        return backend if arguments is backend.arguments else replace(backend, arguments=arguments)

    def _block(self, kind: str, block: Block) -> Block:
        values = self.value(kind, block.values, block.sensitive)
        if not block.evaluated:
            values = self._expressions(block.values, values)
        written = with_constants(block.written, kind, self)
        if values is block.values and written is block.written:
            return block
        return replace(
            block,
            values=values if isinstance(values, Mapping) else block.values,
            written=written if isinstance(written, Mapping) else None,
            sensitive={self._key(name): self._marks(one) for name, one in block.sensitive.items()},
            unknown={
                self._key(name): self._unknown(one, block.sensitive.get(name))
                for name, one in block.unknown.items()
            },
        )

    def _expressions(self, old: object, new: object) -> object:
        """Keep the references in values that Terraform has not evaluated.

        A secret in them is plain text, in quotes or in `sensitive(…)`.
        """
        if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
            found = {name: self._expressions(inner, new[name]) for name, inner in old.items()}
            return old if _are_same(found.values(), old.values()) else found
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            items = [self._expressions(*pair) for pair in zip(old, new, strict=True)]
            return old if _are_same(items, old) else items
        return old if isinstance(old, str) and _is_reference(old) else new

    def _object(
        self, kind: str, value: dict[str, Any], marks: object, names: tuple[str, ...]
    ) -> object:
        known = marks if isinstance(marks, dict) else _NOTHING
        secret = value_of_secret_pair(value)
        is_resource = not names and secret is None and value.__class__ is dict
        # What many resources have alike is visited once.
        left = self.seen.others(kind, value, marks) if is_resource else value
        different: dict[str, tuple[str, object]] = {}
        for name in left:
            inner = other = value[name]
            mark = True if name == secret else known.get(name)
            if mark or (inner and inner is not True):  # otherwise there is nothing to replace
                other = self.value(kind, inner, mark, (*names, name))
            key = name if name in self._plain_keys else self._key(name)
            if other is not inner or key is not name:
                different[name] = key, other
        if different:
            return dict(different.get(name, (name, inner)) for name, inner in value.items())
        if is_resource:
            self.seen.add(kind, value, marks, left)
        return value

    def _whole(self, value: object, *, is_marked: bool = False) -> object:
        """Return another value for one that is secret completely.

        Args:
            value: The value.
            is_marked: Whether Terraform marks it: then its length and its keys are secret too.
        """
        changes_shape = is_marked and self._form is Form.UNLIKE
        if isinstance(value, dict):
            found = {
                self._text(name) if changes_shape else name: self._whole(inner, is_marked=is_marked)
                for name, inner in value.items()
            }
            return value if found == value else found
        if isinstance(value, list):
            items = [self._whole(inner, is_marked=is_marked) for inner in value]
            if changes_shape and items:
                items.append(self._whole(items[-1], is_marked=is_marked))
            return value if items == value else items
        if isinstance(value, bool):
            return not value if is_marked else value
        if isinstance(value, int | float):
            return self._number(value)
        return self._text(value) if isinstance(value, str) else value

    def _plain(self, value: object) -> object:
        """Return another value for one that contains a secret."""
        if isinstance(value, str):
            is_secret = self._copies.finds(value) or secret_parts(value)
            return self._text(value) if is_secret else value
        if isinstance(value, int | float):
            return self._number(value) if self._copies.finds(str(value)) else value
        return value

    def _key(self, name: str) -> str:
        if self._copies.finds(name) or secret_parts(name):
            return self._text(name)
        self._plain_keys.add(name)
        return name

    def _number(self, value: float) -> float:
        if not math.isfinite(value):
            return _FEW
        if self._form is Form.ALIKE:
            return value + 1
        return value * 7 + _MANY if abs(value) < _FEW else 1 + int(value) % 89

    def _text(self, value: str) -> str:
        if not value:
            return value
        stream = shake_256(value.encode("utf-8", "surrogatepass")).digest(len(value) + 7)
        if self._form is Form.UNLIKE:
            found = "~" + "".join(ascii_lowercase[byte % 26] for byte in stream[1:])
        else:
            stays = len(value) > _SHORT and any(map(str.isalnum, value))
            found = "".join(map(_another, value if stays else f"{value}{_PADDING}", stream))
        self._given.add(found)
        return found

    def _marks(self, marks: object) -> object:
        """Return marks of sensitive values with the keys of the counterpart."""
        if isinstance(marks, dict):
            return {self._key(name): self._marks(inner) for name, inner in marks.items()}
        return [self._marks(inner) for inner in marks] if isinstance(marks, list) else marks

    def _unknown(self, unknown: object, marks: object) -> object:
        """Return marks of unknown values with the keys of the counterpart."""
        is_other = is_marked_whole(marks) and self._form is Form.UNLIKE
        if isinstance(unknown, dict):
            return {
                self._text(name) if is_other else self._key(name): self._unknown(
                    inner, _inner(marks, name)
                )
                for name, inner in unknown.items()
            }
        if isinstance(unknown, list):
            return [self._unknown(inner, _inner(marks, at)) for at, inner in enumerate(unknown)]
        return unknown

    def _path(self, path: Sequence[object], marks: Sequence[object]) -> list[object]:
        """Return a path of `replace_paths` with the keys of the counterpart."""
        steps: list[object] = []
        for step in path:
            is_other = any(map(is_marked_whole, marks)) and self._form is Form.UNLIKE
            if isinstance(step, str):
                steps.append(self._text(step) if is_other else self._key(step))
            else:
                steps.append(step)
            marks = [_inner(one, step) for one in marks]
        return steps


def _secrets_of_configuration(
    configuration: Configuration, *, with_personal_data: bool
) -> Iterator[str]:
    for resource in configuration.resources:
        values = resource.body.values
        if not with_personal_data:
            kind = resource.type
            values = {name: one for name, one in values.items() if not is_personal(kind, (name,))}
        yield from secrets_in(resource.type, values, resource.body.sensitive)
    for one in configuration.outputs:
        yield from secrets_in("", one.value, one.sensitive, (one.name,))
    for variable in configuration.variables:
        yield from secrets_in("", variable.default, variable.sensitive, (variable.name,))
    for provider in configuration.providers:
        yield from secrets_in("", provider.values, None)
    if configuration.backend is not None:
        yield from secrets_in("", configuration.backend.arguments.values, None)


def _is_reference(text: str) -> bool:
    """Return whether Terraform evaluates the whole of *text*, and it contains no plain text."""
    return '"' not in text and text[:2] == "${" and text[-1:] == "}" and holds_template(text)


def _another(character: str, byte: int) -> str:
    """Return another character of the same kind."""
    for alphabet in _ALPHABETS:
        if character in alphabet:
            step = 1 + byte % (len(alphabet) - 1)
            return alphabet[(alphabet.index(character) + step) % len(alphabet)]
    return ascii_lowercase[byte % 26] if ord(character) > ord("~") else character


def _renamed(value: object, keys: Mapping[str, str]) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return *value* with other instance keys in all addresses."""
    if isinstance(value, str):
        if value in keys:
            return keys[value]
        return _KEY.sub(lambda key: _key_instead(key, keys), value) if '["' in value else value
    if isinstance(value, dict):
        return {name: _renamed(inner, keys) for name, inner in value.items()}
    return [_renamed(inner, keys) for inner in value] if isinstance(value, list) else value


def _key_instead(found: re.Match[str], keys: Mapping[str, str]) -> str:
    key = _unescaped(found[1])
    return f'["{keys[key]}"]' if key in keys else found[0]


def _unescaped(key: str) -> str:
    """Return the instance key that an address contains in quotes."""
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _are_same(new: Iterable[object], old: Iterable[object]) -> bool:
    return not any(map(is_not, new, old))


def _inner(marks: object, step: object) -> object:
    """Return the marks at one step of a path; a single mark applies to everything below it."""
    if is_marked_whole(marks):
        return True
    if isinstance(marks, dict):
        return marks.get(step)
    if isinstance(marks, list) and isinstance(step, int) and step < len(marks):
        return marks[step]
    return None
