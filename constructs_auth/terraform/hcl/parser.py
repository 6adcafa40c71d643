"""Parses HCL; both libraries belong to the extra `hcl`."""

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from constructs_auth.errors import UnreadableError

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

FIX = "fix it there; `terraform validate` explains more"


class NotHclError(UnreadableError):
    """A file that the parser cannot read.

    Attributes:
        file: The file.
        place: The file, the line and the column.
        text: Its content.
    """

    def __init__(self, file: str, text: str, *, line: int, column: int) -> None:
        self.place = f"{file}:{line}:{column}"
        super().__init__(self.place, "is not HCL", remedy=FIX)
        self.file = file
        self.text = text


@cache
def _parser() -> "Parser":
    import tree_sitter_hcl  # noqa: PLC0415 - an extra
    from tree_sitter import Language, Parser  # noqa: PLC0415 - an extra

    return Parser(Language(tree_sitter_hcl.language()))


def parse(text: bytes) -> "Tree":
    """Parse *text*; `require_extra` must have passed."""
    return _parser().parse(text)


def require_extra(subject: str) -> None:
    """Check that the extra is installed.

    Raises:
        UnreadableError: It is not.
    """
    if any(find_spec(name) is None for name in ("tfparse", "tree_sitter", "tree_sitter_hcl")):
        raise UnreadableError(
            subject,
            "contains *.tf files, which need the extra hcl of constructs-auth",
            remedy="install it: pip install 'constructs-auth[hcl]'",
        )


def first_error(node: "Node") -> "Node":
    """Return the first place in *node* that is not HCL."""
    while True:
        inner = next((one for one in node.children if one.has_error or one.is_missing), None)
        if inner is None or node.is_error:
            return node
        node = inner
