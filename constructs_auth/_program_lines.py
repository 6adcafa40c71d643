"""Remembers which line of the user's program made a construct, for whoever has to mend it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from constructs_auth.engine import Construct, IConstruct

if TYPE_CHECKING:
    from types import FrameType

_PACKAGE = f"{Path(__file__).parent}/"
_LIBRARIES = "/site-packages/"
_LINES: WeakKeyDictionary[IConstruct, str] = WeakKeyDictionary()


def remember_line(construct: Construct) -> None:
    """Remember the line of the program that is making *construct* now.

    To be called in its `__init__`, once it is in the tree.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as `inspect` does, which is slow
    while frame is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is not None:
        _LINES[construct] = f"{_shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def line_of(construct: IConstruct) -> str:
    """Give the line that made *construct*, as `main.py:42`; empty where it is not known."""
    return _LINES.get(construct, "")


def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE) or _LIBRARIES in file


def _shown(file: str) -> str:
    """Give the path from the current folder; of a file elsewhere the name alone."""
    path = Path(file)
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
