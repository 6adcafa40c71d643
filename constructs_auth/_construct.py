"""The base class of all constructs of this package."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from constructs_auth.engine import (
    Construct,
    IConstruct,
    TerraformElement,
    TerraformResource,
    TerraformStack,
)

if TYPE_CHECKING:
    from types import FrameType

_PACKAGE = f"{Path(__file__).parent}/"
_LIBRARIES = "/site-packages/"


class AuthConstruct(Construct):
    """A construct with the source line that created it, and with checks at synthesis.

    Attributes:
        program_line: The source line that created it, such as `main.py:42`; empty if unknown.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        remember_place(self, scope, construct_id)
        self.program_line = _program_line()

    @property
    def address(self) -> str | None:
        """The Terraform address of its resource, or `None` if it has none."""
        return address_of(self)

    def find_problems(self) -> Sequence[str]:
        """Return errors that only the whole app shows, each with a remedy; called at synthesis."""
        return ()

    def find_warnings(self) -> Sequence[str]:
        """Return warnings, each with a remedy; called at synthesis."""
        return ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a construct is in the tree.

    Attributes:
        scope: The construct around it; `None` of the app.
        construct_id: Its id.
        path: The ids from the stack on, joined by `/`.
    """

    scope: IConstruct | None
    construct_id: str
    path: str


_PLACES: WeakKeyDictionary[IConstruct, Place] = WeakKeyDictionary()


def remember_place(construct: IConstruct, scope: IConstruct | None, construct_id: str) -> None:
    """Keep the place of a construct that is new; each question to Node takes half a millisecond."""
    around = place_of(scope).path if scope is not None else ""
    own = construct_id.replace("/", "--")  # as the constructs library does
    _PLACES[construct] = Place(scope, own, "/".join(part for part in (around, own) if part))


def place_of(construct: IConstruct) -> Place:
    """Give the place of *construct*; Node is asked once for a construct of another package."""
    if construct not in _PLACES:
        node = construct.node
        _PLACES[construct] = Place(node.scope, node.id, node.path)
    return _PLACES[construct]


def root_of(construct: IConstruct) -> IConstruct:
    """Give the app that *construct* is in."""
    while (scope := place_of(construct).scope) is not None:
        construct = scope
    return construct


def address_of(construct: Construct) -> str | None:
    """Return the Terraform address of *construct*'s resource, or of *construct* if it is one."""
    resource = getattr(construct, "resource", construct)
    if not isinstance(resource, TerraformResource):
        return None
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"


def name_after(owner: Construct, element: TerraformElement, suffix: str) -> None:
    """Name *element* `<id of owner>_<suffix>` if *owner* is directly below its stack.

    CDKTF would add a hash to the name. Call it before any reference to *element*, because CDKTF
    keeps the first name that it returns. The check for equal addresses reports a repeated name.
    """
    place = place_of(owner)
    if isinstance(place.scope, TerraformStack):
        element.override_logical_id(f"{place.construct_id}_{suffix}")


def _program_line() -> str:
    """Return the source line that creates the construct: the nearest one outside this package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as in `inspect`, which is slow
    while frame is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return "" if frame is None else f"{_shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE) or _LIBRARIES in file


def _shown(file: str) -> str:
    """Return the path relative to the current folder, or the name of a file elsewhere."""
    path = Path(file)
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
