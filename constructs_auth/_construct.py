"""What all constructs of this package have in common."""

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
    """A construct that knows which line of the program created it, and what to say at synth.

    Attributes:
        program_line: The line of the program that created it, `main.py:42`; empty where that is
            not known.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        remember_place(self, scope, construct_id)
        self.program_line = _program_line()

    @property
    def address(self) -> str | None:
        """The Terraform address of its resource, or `None` where it has none of its own."""
        return address_of(self)

    def find_problems(self) -> Sequence[str]:
        """Name what cannot work and what only the whole app shows, each with what to do."""
        return ()

    def find_warnings(self) -> Sequence[str]:
        """Name what works and deserves a warning, each with what to do."""
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
    """Give the Terraform address of the resource of *construct*, or of the resource that it is."""
    resource = getattr(construct, "resource", construct)
    if not isinstance(resource, TerraformResource):
        return None
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"


def name_after(owner: Construct, element: TerraformElement, suffix: str) -> None:
    """Name *element* `<id of owner>_<suffix>` if *owner* is directly below its stack.

    CDKTF would add a hash to the name. To be called before *element* is referred to: CDKTF keeps
    the first name it gave out. The check for equal addresses finds a name that is taken already.
    """
    place = place_of(owner)
    if isinstance(place.scope, TerraformStack):
        element.override_logical_id(f"{place.construct_id}_{suffix}")


def _program_line() -> str:
    """Find the line that is creating a construct now: the nearest one outside of this package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as `inspect` does, which is slow
    while frame is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return "" if frame is None else f"{_shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE) or _LIBRARIES in file


def _shown(file: str) -> str:
    """Give the path from the current folder; of a file elsewhere the name alone."""
    path = Path(file)
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
