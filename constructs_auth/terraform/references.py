"""Follows references through variables, locals and outputs to resources."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from constructs_auth.facts.templates import (
    ExpressionError,
    Kind,
    TemplateSequence,
    Token,
    read_template,
)
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Elsewhere, Reference

Target: TypeAlias = Reference | Elsewhere
Dotted: TypeAlias = tuple[str, ...]

_DEEPEST = 20
"""The maximum number of variables, locals and outputs to follow; more means a cycle."""
_IDENTIFIER = r"[A-Za-z_][\w-]*"
_TRAVERSAL = re.compile(rf"(?<![\w.-]){_IDENTIFIER}(?:\.(?:{_IDENTIFIER}|\*|\d+)|\[[^\[\]]*\])+")
_STEP = re.compile(rf"(?P<name>{_IDENTIFIER})|\[(?P<index>[^\[\]]*)\]|(?P<other>\*|\d+)")
_ONE_TRAVERSAL = re.compile(
    rf"\$\{{({_IDENTIFIER}(?:\.(?:{_IDENTIFIER}|\*|\d+)|\[(?:\d+|\*)\])+)\}}"
)
"""The form of nearly every reference; the lexer reads the others."""
_TIGHT = frozenset({".", "[", "]"})
_NO_OBJECT = frozenset({"count", "each", "path", "self", "terraform"})


@dataclass(slots=True, kw_only=True, eq=False)
class Scope:
    """The configuration of a module, whatever its number of instances.

    Attributes:
        address: `module.auth.module.pool`, empty for the root.
        parent: The module that calls it.
        arguments: The arguments of its call, as references of *parent*.
        locals: References of its locals, or `None` if they are unknown (in a plan).
        outputs: References of its outputs, or `None` if the module cannot be read.
        children: The modules that it calls, by name.
        providers: The arguments of its AWS providers, by the names that it has for them, such as
            `aws.west`; empty in a plan.
        perhaps_in: This module or one around it, if it is not known to have an instance; empty in a
            plan.
    """

    address: str = ""
    parent: "Scope | None" = None
    arguments: Mapping[str, Dotted] = field(default_factory=dict)
    locals: Mapping[str, Dotted] | None = None
    outputs: Mapping[str, Dotted] | None = field(default_factory=dict)
    children: dict[str, "Scope"] = field(default_factory=dict)
    providers: Mapping[str, Block] = field(default_factory=dict)
    perhaps_in: str = ""

    def find(self, references: Iterable[str]) -> tuple[Target, ...]:
        """Return the distinct targets of *references*, such as `aws_cognito_user_pool.users.id`."""
        found = (one for reference in references for one in self._follow(reference, 0))
        return tuple(dict.fromkeys(found))

    def _follow(self, reference: str, depth: int) -> Iterator[Target]:
        steps = _STEP.findall(reference)
        names = [name or other for name, _, other in steps if name or other]
        if depth > _DEEPEST:
            yield Elsewhere.UNKNOWN
        elif not names or names[0] in _NO_OBJECT or len(names) == 1:
            return
        elif names[0] == "data":
            yield Elsewhere.OUTSIDE
        elif names[0] == "var":
            yield from self._variable(names[1], depth)
        elif names[0] == "local":
            yield from self._named(self.locals, names[1], depth)
        elif names[0] == "module":
            yield from self._output(names, _index_after(steps, 2), depth)
        else:
            yield self._resource(names, steps)

    def _variable(self, name: str, depth: int) -> Iterator[Target]:
        if self.parent is None:
            yield Elsewhere.OUTSIDE
            return
        for reference in self.arguments.get(name, ()):
            yield from self.parent._follow(reference, depth + 1)  # noqa: SLF001 - another scope

    def _output(self, names: list[str], index: str, depth: int) -> Iterator[Target]:
        child = self.children.get(names[1])
        if child is None:
            yield Elsewhere.UNKNOWN
        elif len(names) > 2:  # noqa: PLR2004 - module, its name, its output
            for found in child._named(child.outputs, names[2], depth):  # noqa: SLF001 - another scope
                if index and isinstance(found, Reference):
                    yield replace(found, module=f"{child.address}[{index}]")
                else:
                    yield found

    def _named(
        self, references: Mapping[str, Dotted] | None, name: str, depth: int
    ) -> Iterator[Target]:
        if references is None:
            yield Elsewhere.UNKNOWN
            return
        for reference in references.get(name, ()):
            yield from self._follow(reference, depth + 1)

    def _resource(self, names: list[str], steps: list[tuple[str, str, str]]) -> Reference:
        address = ".".join(part for part in (self.address, *names[:2]) if part)
        return Reference(address=address, key=_written_key(_index_after(steps, 2)))


def traversals(value: object) -> Dotted:
    """Return the references in the templates of *value*, a text or a value that contains texts."""
    if isinstance(value, str):
        return tuple(_in_templates(value)) if "${" in value or "%{" in value else ()
    if isinstance(value, Mapping):
        return tuple(found for item in value.values() for found in traversals(item))
    if isinstance(value, list | tuple):
        return tuple(found for item in value for found in traversals(item))
    return ()


def _in_templates(text: str) -> Iterator[str]:
    simple = _ONE_TRAVERSAL.fullmatch(text)
    if simple is not None:
        yield simple[1]
        return
    try:
        parts = read_template(text)
    except ExpressionError:  # Terraform rejects it; guess its references
        parts = (TemplateSequence("${", (Token(Kind.WORD, text),), "}"),)
    for part in parts:
        if isinstance(part, TemplateSequence):
            yield from _TRAVERSAL.findall("".join(_without_texts(part.tokens)))


def _without_texts(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Yield *tokens* without quoted texts, which are not references; keys in brackets stay."""
    keys: list[bool] = []
    last, before = "", ""
    for token in tokens:
        in_key = bool(keys) and keys[-1]
        if token.kind is Kind.OPEN_QUOTE:
            # `[` opens a list unless it follows a name or another index.
            keys.append(last == "[" and (before == "]" or before[-1:].isalnum()))
            yield '"' if keys[-1] else " "
        elif token.kind is Kind.CLOSE_QUOTE:
            yield '"' if keys.pop() else " "
        elif token.kind is Kind.LITERAL:
            yield token.text if in_key else " "
        elif token.text in _TIGHT or last in {".", "["}:
            yield token.text
        else:
            yield f" {token.text}"
        last, before = token.text, last


def _index_after(steps: list[tuple[str, str, str]], count: int) -> str:
    """Return the index after *count* names, as in the reference; empty if there is none."""
    return next((index for name, index, _ in steps[count : count + 1] if not name), "")


def _written_key(index: str) -> str | None:
    if index.startswith('"') and index.endswith('"'):
        return index[1:-1]
    return index if index.isdigit() else None
