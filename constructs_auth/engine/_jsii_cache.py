"""Keep jsii working where its own cache of packages cannot be written."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

_BYTES_UNPACKED = 200_000_000


def avoid_unusable_jsii_cache() -> None:
    """Turn jsii's package cache off where it could not be written.

    jsii unpacks each package into a folder of the user and raises where it cannot, as in a
    home that is read-only. Without that cache it unpacks into a temporary folder. Nothing
    changes where the environment already says what jsii should do, or there is no home.
    """
    decided = {"JSII_RUNTIME_PACKAGE_CACHE", "JSII_RUNTIME_PACKAGE_CACHE_ROOT"}
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises without a home)
    if decided.isdisjoint(os.environ) and home.is_absolute() and not _is_writable(_root(home)):
        os.environ["JSII_RUNTIME_PACKAGE_CACHE"] = "disabled"


def _root(home: Path) -> Path:
    """Return the folder that jsii takes, by its own rules."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData/Local") / "AWS/jsii/package-cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/com.amazonaws.jsii/package-cache"
    return home / ".cache/aws/jsii/package-cache"


def _is_writable(folder: Path) -> bool:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return shutil.disk_usage(existing).free > _BYTES_UNPACKED
    except OSError:
        return False
