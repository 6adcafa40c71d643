"""Choose the folder into which jsii unpacks its packages."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from constructs_auth.engine._cache import create_private

_STATE = "JSII_RUNTIME_PACKAGE_CACHE"
_ROOT = "JSII_RUNTIME_PACKAGE_CACHE_ROOT"
_BYTES_UNPACKED = 200_000_000


def choose_jsii_cache(folder: Path) -> None:
    """Let jsii unpack its packages below *folder*, so that a copy of it has all for a fast start.

    If that folder cannot be used, jsii uses its own. jsii fails if it cannot write there either,
    such as in a read-only home; then this function turns the cache off, and jsii unpacks into a
    temporary folder. It does nothing if the environment configures the cache.
    """
    if not {_STATE, _ROOT}.isdisjoint(os.environ):
        return
    if _is_usable(folder / "jsii"):
        os.environ[_ROOT] = os.fspath(folder / "jsii")
    elif (own := _folder_of_jsii()) is not None and not _is_writable(own):
        os.environ[_STATE] = "disabled"


def _is_usable(folder: Path) -> bool:
    """Create the folder, and return whether it can be used."""
    try:
        create_private(folder)
    except OSError:
        return False
    return _is_writable(folder)


def _folder_of_jsii() -> Path | None:
    """Return jsii's folder, by jsii's own rules; there is none without a home."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises without a home)
    if not home.is_absolute():
        return None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData/Local") / "AWS/jsii/package-cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/com.amazonaws.jsii/package-cache"
    return home / ".cache/aws/jsii/package-cache"


def _is_writable(folder: Path) -> bool:
    try:
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        with tempfile.TemporaryFile(dir=existing):
            return shutil.disk_usage(existing).free > _BYTES_UNPACKED
    except OSError:
        return False
