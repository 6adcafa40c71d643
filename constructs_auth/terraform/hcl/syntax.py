"""Reads a `.tf` file into the form of Terraform JSON, with the place of each argument."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.hcl.parser import FIX, NotHclError, first_error, parse
from constructs_auth.terraform.hcl.written import Body, Comment, Expression, HclFile, Json
from constructs_auth.terraform.json_text import read_bytes

if TYPE_CHECKING:
    from tree_sitter import Node

_LABELS: Final = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "module": 1,
    "output": 1,
    "provider": 1,
    "resource": 2,
    "variable": 1,
}
"""The number of labels of each block that a name identifies."""

_RAW: Final = frozenset(
    {"depends_on", "ignore_changes", "provider", "providers", "replace_triggered_by"}
)
"""Arguments whose names are not expressions: in Terraform JSON they have no `${`."""

_REPEATED: Final = frozenset({"count", "for_each"})

_TEXT = re.compile(rb'"([^"\\$%\n]*)"')
_TEXTS = re.compile(rb'\[\s*(?:"[^"\\$%\n]*"\s*,\s*)*(?:"[^"\\$%\n]*"\s*)?\]')
_NUMBER = re.compile(rb"-?(?:0|[1-9]\d*)(\.\d+)?")
_WORDS: Final = {b"true": True, b"false": False, b"null": None}
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_IDENTIFIER = re.compile(rb"[^\W\d][\w-]*")
_MARKER: Final = b"constructs-auth:"
_MOST_DIGITS: Final = 100
"""A longer number is an expression."""
_DEEPEST: Final = 200
"""The deepest nesting of an expression: more would end the evaluator."""


def read_hcl(path: Path) -> HclFile:
    """Read the file *path*.

    Raises:
        UnreadableError: It cannot be read, or is not HCL; the subject has the line and the column.
    """
    return read_hcl_text(_content(path), file=str(path))


def read_hcl_text(text: bytes, *, file: str) -> HclFile:
    """Read *text*, the content of *file*.

    Raises:
        UnreadableError: It is not HCL.
    """
    root = parse(text).root_node
    if root.has_error:
        raise _not_hcl(file, text, first_error(root))
    reader = _Reader(text, file)
    try:
        document = reader.document(root)
    except RecursionError:
        raise UnreadableError(file, "is nested too deeply", remedy="reduce the nesting") from None
    comments = tuple(_comments(text, file, root, document)) if _MARKER in text else ()
    return HclFile(document=document, file=file, comments=comments)


def read_hcl_values(
    path: Path | None, *, text: bytes | None = None, file: str = ""
) -> Mapping[str, Json]:
    """Read the values in a file of variables, such as `terraform.tfvars`.

    Args:
        path: The file, or `None` if *text* is its content.
        text: The content.
        file: The name of *text* in errors.

    Raises:
        UnreadableError: It cannot be read, or contains something other than values.
    """
    file = file or str(path)
    if text is None:
        text = _content(Path(file))
    root = parse(text).root_node
    if root.has_error:
        raise _not_hcl(file, text, first_error(root))
    body = Body(file=file, line=1)
    for node in root.named_children:
        if node.type == "body":
            if any(child.type == "block" for child in node.named_children):
                raise _wrong(file, text, node, "has a block, and must have only values")
            _Reader(text, file).fill(body, node, section="")
    return body


def encoded_value(hcl: str) -> Json:
    """Return the argument of *hcl* if it is a call of `jsonencode`, otherwise `None`."""
    if not hcl.startswith("jsonencode("):
        return None
    text = f"x = {hcl}\n".encode()
    root = parse(text).root_node
    if root.has_error or root.named_child_count != 1:
        return None
    attribute = root.named_children[0].named_children[0]
    call = _only(attribute.named_children[-1], "function_call")
    arguments = None if call is None else call.named_children[-1]
    if arguments is None or arguments.named_child_count != 1:
        return None
    return _Reader(text, "").value(arguments.named_children[0])


def _content(path: Path) -> bytes:
    remedy = "name a readable file or folder"
    text = read_bytes(path, remedy=remedy).removeprefix(b"\xef\xbb\xbf")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(
            str(path), "cannot be read (not text in UTF-8)", remedy=remedy
        ) from None
    # Terraform brings each text into this form: a letter with a mark may be one character or two.
    return text if text.isascii() else normalize("NFC", decoded).encode()


def _not_hcl(file: str, text: bytes, node: "Node") -> NotHclError:
    line, column = _place(text, node)
    return NotHclError(file, text.decode(), line=line, column=column)


def _wrong(file: str, text: bytes, node: "Node", what: str) -> UnreadableError:
    line, column = _place(text, node)
    return UnreadableError(f"{file}:{line}:{column}", what, remedy=FIX)


def _place(text: bytes, node: "Node") -> tuple[int, int]:
    """Return the line and the column of *node*, from 1, in characters."""
    row, column = node.start_point
    line = text.split(b"\n")[row] if row <= text.count(b"\n") else b""
    return row + 1, len(line[:column].decode("utf-8", "replace")) + 1


class _Reader:
    """Turns the nodes of one file into Terraform JSON."""

    def __init__(self, text: bytes, file: str) -> None:
        self.text = text
        self.file = file
        self.expressions = 0

    def document(self, root: "Node") -> dict[str, Json]:
        """Return the whole file."""
        document: dict[str, Json] = {}
        for body in root.named_children:
            if body.type == "body":
                for node in body.named_children:
                    if node.type == "block":
                        self._section(node, document)
                    elif node.type == "attribute":
                        raise _wrong(
                            self.file, self.text, node, "has an argument outside of a block"
                        )
            elif body.type == "object":
                raise _wrong(self.file, self.text, body, "has an object outside of a block")
        return document

    def _section(self, node: "Node", document: dict[str, Json]) -> None:
        kind, labels, body = self._block(node)
        wanted = _LABELS.get(kind, 0)
        if len(labels) != wanted:
            what = f"has a block {kind} with {len(labels)} labels, not {wanted}"
            raise _wrong(self.file, self.text, node, what)
        if not wanted:
            document.setdefault(kind, []).append(body)
            return
        group = document.setdefault(kind, {})
        for label in labels[:-1]:
            group = group.setdefault(label, {})
        group.setdefault(labels[-1], []).append(body)

    def _block(self, node: "Node") -> tuple[str, list[str], Body]:
        names: list[str] = []
        inner: Node | None = None
        for child in node.named_children:
            kind = child.type
            if kind == "identifier":
                names.append(self._slice(child).decode())
            elif kind == "string_lit":
                names.append(_unescaped(self._slice(child)[1:-1].decode()))
            elif kind == "body":
                inner = child
        line = node.start_point[0] + 1
        body = Body(file=self.file, line=line, end=node.end_point[0] + 1)
        before = self.expressions
        if inner is not None:
            self.fill(body, inner, section=names[0])
        body.is_literal = self.expressions == before
        return names[0], names[1:], body

    def fill(self, body: Body, node: "Node", *, section: str) -> None:
        """Add the arguments and blocks of *node* to *body*."""
        for child in node.named_children:
            if child.type == "attribute":
                parts = child.named_children
                name_node, value = parts[0], parts[-1]
                name = self._slice(name_node).decode()
                if name in body:
                    raise _wrong(self.file, self.text, child, f"has {name} twice in one block")
                self.expressions += name in _REPEATED
                body.places[name] = (self.file, name_node.start_point[0] + 1)
                is_raw = name in _RAW or (name == "type" and section == "variable")
                body[name] = self._raw(value, name) if is_raw else self.value(value)
            elif child.type == "block":
                kind, labels, inner = self._block(child)
                self.expressions += kind == "dynamic"
                found: Json = inner
                for label in reversed(labels):
                    found = {label: found}
                if not isinstance(body.setdefault(kind, []), list) or kind in body.places:
                    raise _wrong(self.file, self.text, child, f"has {kind} twice in one block")
                body[kind].append(found)

    def _raw(self, node: "Node", name: str) -> Json:
        if name == "providers":
            found = self.value(node)
            return (
                {key: getattr(one, "hcl", one) for key, one in found.items()}
                if isinstance(found, dict)
                else found
            )
        text = self._slice(node)
        if name not in {"depends_on", "ignore_changes", "replace_triggered_by"}:
            return text.decode().strip('"')
        items = _tuple_items(node)
        if items is None:
            return text.decode()
        return [self._slice(item).decode().strip('"') for item in items]

    def value(self, node: "Node", depth: int = 0) -> Json:
        """Return a literal value, or an `Expression` for any other expression."""
        text = self._slice(node)
        start = text[:1]
        found: Json = None
        if start == b'"':
            simple = _TEXT.fullmatch(text)
            found = simple[1].decode() if simple else self._quoted(node, text)
        elif start == b"[":
            found = self._list(node, text, depth)
        elif start == b"{" and depth < _DEEPEST:
            found = self._object(node, depth)
        elif text in _WORDS:
            return _WORDS[text]
        elif len(text) <= _MOST_DIGITS and (number := _NUMBER.fullmatch(text)):
            found = _number(float(text) if number[1] else int(text))
        if found.__class__ is Expression:
            self.expressions += 1
        if found is None:
            self.expressions += 1
            hcl = text.decode()
            found = Expression(f"{hcl}\n" if hcl.startswith("<<") else hcl)
        return found

    def _list(self, node: "Node", text: bytes, depth: int) -> list[Json] | None:
        """Return a list of expressions; `None` for another expression that begins like a list."""
        if _TEXTS.fullmatch(text):
            return [one.decode() for one in _TEXT.findall(text)]
        items = _tuple_items(node) if depth < _DEEPEST else None
        return None if items is None else [self.value(item, depth + 1) for item in items]

    def _object(self, node: "Node", depth: int) -> Body | None:
        """Return an object whose keys are literals; `None` for another one."""
        inner = _only(_only(node, "collection_value"), "object")
        if inner is None:
            return None
        found = Body(file=self.file, line=node.start_point[0] + 1)
        before = self.expressions
        for child in inner.named_children:
            if child.type != "object_elem":
                continue
            key_node, value = child.child_by_field_name("key"), child.child_by_field_name("val")
            if key_node is None or value is None:
                return None
            text = self._slice(key_node)
            quoted = _TEXT.fullmatch(text)
            if quoted is None and (not _IDENTIFIER.fullmatch(text) or text in _WORDS):
                return None
            key = (quoted[1] if quoted else text).decode()
            found.places[key] = (self.file, key_node.start_point[0] + 1)
            found[key] = self.value(value, depth + 1)
        found.is_literal = self.expressions == before
        return found

    def _quoted(self, node: "Node", text: bytes) -> Json:
        hcl = text.decode()
        if _only(_only(node, "literal_value"), "string_lit") is not None:
            plain = _unescaped(hcl[1:-1])
            return Expression(hcl) if _has_hidden_sign(hcl) else plain
        template = _only(_only(node, "template_expr"), "quoted_template")
        if template is None or _has_hidden_sign(hcl):
            return Expression(hcl)
        parts = []
        for child in template.children:
            piece = self._slice(child).decode()
            if child.type == "template_literal":
                parts.append(_unescaped(piece))
            elif child.type in {"template_interpolation", "template_directive"}:
                parts.append(piece)
        return Expression(hcl, template="".join(parts))

    def _slice(self, node: "Node") -> bytes:
        return self.text[node.start_byte : node.end_byte]


def _only(node: "Node | None", kind: str) -> "Node | None":
    """Return the child of *node* if it is the only one and of the type *kind*."""
    if node is None or node.named_child_count != 1 or node.child_count != 1:
        return None
    child = node.named_children[0]
    return child if child.type == kind else None


def _tuple_items(node: "Node") -> "list[Node] | None":
    inner = _only(_only(node, "collection_value"), "tuple")
    if inner is None:
        return None
    return [child for child in inner.named_children if child.type == "expression"]


def _has_hidden_sign(text: str) -> bool:
    """Return whether an escape in *text* means `$` or `%`; Terraform JSON loses the difference."""
    lower = text.lower()
    return any(sign in lower for sign in ("\\u0024", "\\u0025", "\\u00000024", "\\u00000025"))


def _number(value: float) -> int | float:
    """Return a whole number as such: `8.0` is 8 in Terraform."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_meaning, text)


def _meaning(found: re.Match[str]) -> str:
    code = found[0][1:]
    if code[0] in "uU":
        try:
            return chr(int(code[1:], 16))
        except (ValueError, OverflowError):
            return "\ufffd"
    return _ESCAPES.get(code, found[0])


def _comments(text: bytes, file: str, root: "Node", document: dict[str, Json]) -> Iterator[Comment]:
    subjects = sorted(_subjects(document))
    lines = text.decode().split("\n")
    end = 0
    for found in re.finditer(re.escape(_MARKER), text):
        if found.start() < end:  # only the first of a line counts: all would take quadratic time
            continue
        node = root.descendant_for_byte_range(found.start(), found.end())
        if node is None or node.type != "comment":
            continue
        start = found.end()
        row = text.count(b"\n", 0, start)
        end = text.find(b"\n", start)
        end = min(end if end >= 0 else len(text), node.end_byte)
        rest = text[start:end]
        words = rest.decode("utf-8", "replace").strip().removesuffix("*/").strip()
        yield Comment(
            text=words, file=file, line=row + 1, subject=_subject_at(row + 1, subjects, lines)
        )


def _subjects(document: dict[str, Json]) -> Iterator[tuple[int, int, str]]:
    """Walk through the blocks that rules judge: their first and last line, and their address."""
    for kind, names in document.get("resource", {}).items():
        for name, bodies in names.items():
            yield from ((body.line, body.end, f"{kind}.{name}") for body in bodies)
    for section, word in (("output", "output"), ("variable", "var")):
        for name, bodies in document.get(section, {}).items():
            yield from ((body.line, body.end, f"{word}.{name}") for body in bodies)
    for body in document.get("terraform", ()):
        for inner in body.get("backend", ()):
            kind = next(iter(inner), "")
            yield body.line, body.end, f"terraform.backend.{kind}"


def _subject_at(line: int, subjects: list[tuple[int, int, str]], lines: list[str]) -> str:
    """Return the block that *line* is in, or that follows it directly or after comments."""
    for start, end, subject in subjects:
        if start <= line <= end:
            return subject
    below = line
    while below < len(lines) and lines[below].lstrip().startswith(("#", "//")):
        below += 1
    return next((subject for start, _, subject in subjects if start == below + 1), "")
