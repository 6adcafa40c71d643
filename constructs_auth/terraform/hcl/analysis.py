"""Finds the references and the calls of functions in an expression."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from constructs_auth.facts.terraform_functions import PURE_FUNCTIONS
from constructs_auth.terraform.hcl.parser import parse

if TYPE_CHECKING:
    from tree_sitter import Node

_PREFIX: Final = b"x = "
_LONGEST: Final = 50_000
"""Bytes; a longer expression is not evaluated."""
_DEEPEST: Final = 150


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a traversal.

    Attributes:
        name: The name or the literal key or index; `None` if it is an expression.
        end: The end of the step in the expression, in bytes.
        index: The expression of the index as HCL, if it is not literal; `*` for a splat.
    """

    name: str | int | None
    end: int
    index: str = ""


@dataclass(frozen=True, slots=True)
class Traversal:
    """A reference, such as `local.tenants[each.key].url`.

    Attributes:
        root: `local`.
        steps: The steps after the root.
        start: Its start in the expression, in bytes.
        root_end: The end of the root.
    """

    root: str
    steps: tuple[Step, ...]
    start: int
    root_end: int

    @property
    def end(self) -> int:
        """Its end in the expression."""
        return self.steps[-1].end if self.steps else self.root_end


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function whose result depends on more than its arguments."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an expression refers to.

    Attributes:
        text: The expression, as HCL.
        traversals: Its references, in their order; an index in a reference follows it.
        calls: Its calls of functions that are not pure.
        is_readable: Whether it could be parsed, and is not too long to be evaluated.
    """

    text: bytes
    traversals: tuple[Traversal, ...]
    calls: tuple[Call, ...]
    is_readable: bool

    @property
    def only(self) -> Traversal | None:
        """The reference, if the expression is nothing else."""
        if len(self.traversals) >= 1 and not self.calls:
            first = self.traversals[0]
            if first.start == 0 and first.end == len(self.text):
                return first
        return None


@lru_cache(maxsize=50_000)
def analysed(hcl: str) -> Analysis:
    """Return what the expression *hcl* refers to."""
    text = hcl.strip().encode()
    unreadable = Analysis(text, (), (), is_readable=False)
    if len(text) > _LONGEST:
        return unreadable
    root = parse(_PREFIX + text + b"\n").root_node
    if root.has_error:
        return unreadable
    found = _Finder(text)
    try:
        found.walk(root, frozenset(), 0)
    except RecursionError:
        return unreadable
    return Analysis(text, tuple(found.traversals), tuple(found.calls), not found.is_too_deep)


class _Finder:
    def __init__(self, text: bytes) -> None:
        self.text = text
        self.traversals: list[Traversal] = []
        self.calls: list[Call] = []
        self.is_too_deep = False

    def walk(self, node: "Node", bound: frozenset[str], depth: int) -> None:
        """Collect what *node* refers to; names in *bound* are those of `for` expressions."""
        if depth > _DEEPEST:
            self.is_too_deep = True
            return
        if node.type == "function_call":
            name = self._slice(node).partition(b"(")[0].strip().decode()
            if name not in PURE_FUNCTIONS:
                self.calls.append(Call(name, self._at(node.start_byte), self._at(node.end_byte)))
        elif node.type in {"for_tuple_expr", "for_object_expr", "template_for"}:
            self._for(node, bound, depth)
            return
        elif node.type == "object_elem":
            self._element(node, bound, depth)
            return
        children = node.named_children
        at = 0
        while at < len(children):
            child = children[at]
            at += 1
            if child.type == "variable_expr":
                steps = []
                while at < len(children) and children[at].type in {"get_attr", "index", "splat"}:
                    steps.append(children[at])
                    at += 1
                self._traversal(child, steps, bound, depth)
            else:
                self.walk(child, bound, depth + 1)

    def _for(self, node: "Node", bound: frozenset[str], depth: int) -> None:
        names = set(bound)
        for child in node.named_children:
            if child.type in {"for_intro", "template_for_start"}:
                for inner in child.named_children:
                    if inner.type == "identifier":
                        names.add(self._slice(inner).decode())
                    else:
                        self.walk(inner, bound, depth + 1)
            else:
                self.walk(child, frozenset(names), depth + 1)

    def _element(self, node: "Node", bound: frozenset[str], depth: int) -> None:
        key = node.child_by_field_name("key")
        for child in node.named_children:
            is_name = (
                key is not None
                and child.start_byte == key.start_byte
                and child.child_count == 1
                and child.named_children[0].type == "variable_expr"
            )
            if not is_name:
                self.walk(child, bound, depth + 1)

    def _traversal(
        self, node: "Node", steps: "list[Node]", bound: frozenset[str], depth: int
    ) -> None:
        root = self._slice(node).decode()
        inner: list[Node] = []
        found: list[Step] = []
        for step in steps:
            end = self._at(step.end_byte)
            if step.type == "get_attr":
                found.append(Step(self._slice(step).lstrip(b". \n\t").decode(), end))
            elif step.type == "splat":
                found.append(Step(None, end, "*"))
                inner += step.named_children
            else:
                found.append(self._index(step, end))
                inner.append(step)
        if root not in bound:
            self.traversals.append(
                Traversal(root, tuple(found), self._at(node.start_byte), self._at(node.end_byte))
            )
        for one in inner:
            self.walk(one, bound, depth + 1)

    def _index(self, step: "Node", end: int) -> Step:
        text = self._slice(step)
        if text.startswith(b"."):  # `list.0`
            return Step(int(text[1:]) if text[1:].isdigit() else None, end, "?")
        written = text[1:-1].strip().decode()
        if written.isdigit():
            return Step(int(written), end)
        is_plain = written[:1] == '"' and written[-1:] == '"' and len(written) > 1
        if is_plain and not any(sign in written[1:-1] for sign in '"\\$%'):
            return Step(written[1:-1], end)
        return Step(None, end, written)

    def _slice(self, node: "Node") -> bytes:
        return self.text[self._at(node.start_byte) : self._at(node.end_byte)]

    @staticmethod
    def _at(byte: int) -> int:
        return byte - len(_PREFIX)
