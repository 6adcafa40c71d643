"""What the cache keeps, and whom it trusts."""

import errno
import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from typing import NamedTuple, NoReturn

import pytest

from constructs_auth.engine import _cache
from constructs_auth.engine._cache import cached_assembly, progress_line
from constructs_auth.engine._package import Assembly, UnknownLayoutError
from tests.synth.engine.small_bindings import pack
from tests.synth.engine.test_derivation import shipped_things, things


class Made(NamedTuple):
    """What came of asking the cache."""

    file: Path | None
    was_made: bool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache with nothing in it."""
    return tmp_path / "cache"


@pytest.fixture
def shipped(tmp_path: Path) -> Assembly:
    """A small package."""
    return shipped_things(tmp_path)


Ask = Callable[[], Made]


@pytest.fixture
def ask(shipped: Assembly, folder: Path) -> Ask:
    """Ask the cache for the derived assembly."""

    def run() -> Made:
        parts: list[float] = []
        file = None
        with suppress(OSError, UnknownLayoutError):
            file = cached_assembly(shipped, folder, parts.append)
        return Made(file, bool(parts))

    return run


def test_makes_it_once(ask: Ask) -> None:
    """The second start finds it."""
    first, second = ask(), ask()
    assert first.file is not None
    assert first.was_made
    assert second == Made(first.file, was_made=False)


def test_makes_it_again_for_other_contents_of_the_same_version(ask: Ask, shipped: Assembly) -> None:
    """As after a build of one's own; the first stays, another environment may use it."""
    first = ask()
    pack(shipped.tarball, things() | {"lib/more.js": b""})
    second = ask()
    assert second.was_made
    assert first.file is not None
    assert second.file not in {first.file, None}
    assert first.file.exists()


def test_reads_the_contents_again_only_when_the_file_was_touched(
    ask: Ask, shipped: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new date with the same contents makes nothing new."""
    read: list[Path] = []
    digest = _cache._digest  # noqa: SLF001

    def watch(file: Path) -> str:
        read.append(file)
        return digest(file)

    monkeypatch.setattr(_cache, "_digest", watch)
    ask()
    read.clear()
    ask()
    assert shipped.tarball not in read
    os.utime(shipped.tarball, (1, 1))
    assert not ask().was_made
    assert shipped.tarball in read


def test_uses_a_cache_that_cannot_be_written_any_more(ask: Ask, folder: Path) -> None:
    """As in an image that was made ready and is now read-only: nothing is written on a hit."""
    first = ask()
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert ask() == (first.file, False)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("record", [b"", b"[]", b"{}", b'{"file": "../things.tgz"}', b"\xff"])
def test_makes_it_again_when_the_record_is_damaged(ask: Ask, folder: Path, record: bytes) -> None:
    """Whatever stands there; a path out of the cache is not followed."""
    first = ask()
    (file,) = folder.glob("acme-things-*.json")
    file.write_bytes(record)
    assert ask() == (first.file, True)


@pytest.mark.parametrize("damaged", [b"", b"something else"])
def test_makes_it_again_when_it_is_damaged(ask: Ask, damaged: bytes) -> None:
    """Cut short, or another file altogether: what is used is what was derived."""
    first = ask()
    assert first.file is not None
    whole = first.file.read_bytes()
    first.file.write_bytes(damaged)
    assert ask() == Made(first.file, was_made=True)
    assert first.file.read_bytes() == whole


def test_tries_a_layout_that_it_does_not_know_once(ask: Ask, shipped: Assembly) -> None:
    """Later starts do not spend seconds on it; other contents are tried again."""
    pack(shipped.tarball, things() | {"lib/index.js": b""})
    assert ask() == (None, True)
    assert ask() == (None, False)
    pack(shipped.tarball, things())
    assert ask().file is not None


def test_tries_an_unknown_layout_again_with_another_version_of_the_product(
    ask: Ask, shipped: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may know the layout; the record of an older version does not count."""
    pack(shipped.tarball, things() | {"lib/index.js": b""})
    monkeypatch.setattr(_cache, "_product", lambda: "0.1.0")
    assert ask() == (None, True)
    assert ask() == (None, False)
    monkeypatch.setattr(_cache, "_product", lambda: "0.2.0")
    assert ask() == (None, True)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no such permissions")
def test_does_not_trust_a_folder_that_others_may_write(ask: Ask, folder: Path) -> None:
    """What is in it would run as the user."""
    assert ask().file is not None
    folder.chmod(0o777)
    assert ask() == (None, False)


def test_asks_for_room_before_it_starts(
    ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk a start does not work for seconds to fail in the end."""
    full = shutil.disk_usage(folder.parent)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert ask() == (None, False)


def test_leaves_nothing_behind_when_the_disk_fills_up(
    ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start goes on with the package as it is shipped."""

    def no_space_left(**_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", no_space_left)
    assert ask().file is None
    assert [path.name for path in folder.iterdir() if not path.name.startswith("seen-")] == ["lock"]


KILLED_WHILE_MAKING = """\
import os, signal, sys, tempfile
from pathlib import Path
from constructs_auth.engine._cache import cached_assembly
from constructs_auth.engine._package import Assembly, UnknownLayoutError
tempfile.TemporaryFile = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
tarball, folder = map(Path, sys.argv[1:])
shipped = Assembly(name="@acme/things", version="1.2.3", tarball=tarball, dependencies=())
cached_assembly(shipped, folder, lambda _: None)
"""


def test_a_process_killed_while_making_it_does_not_disturb_the_next(
    ask: Ask, shipped: Assembly, folder: Path
) -> None:
    """Its lock ends with it, and what it left half written is not used."""
    command = [sys.executable, "-c", KILLED_WHILE_MAKING, str(shipped.tarball), str(folder)]
    assert subprocess.run(command, check=False).returncode == -SIGKILL
    assert list(folder.glob("making-*"))
    assert ask().file is not None


def test_removes_what_a_killed_process_left_some_time_ago(ask: Ask, folder: Path) -> None:
    """What is young may be another process's, at work."""
    old, young = folder / "making-old", folder / "making-young"
    for left in (old, young):
        left.mkdir(parents=True)
        folder.chmod(0o700)
        (left / "assembly.tgz").write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    assert ask().was_made
    assert not old.exists()
    assert young.exists()


def test_holds_little_of_a_large_package(ask: Ask, shipped: Assembly) -> None:
    """Each file is packed before many others are read."""
    large = {f"lib/large{number}.js": os.urandom(1_000_000) for number in range(20)}
    pack(shipped.tarball, things() | large)
    tracemalloc.start()
    try:
        assert ask().file is not None
        assert tracemalloc.get_traced_memory()[1] < 15_000_000
    finally:
        tracemalloc.stop()


def test_shows_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, that is written over itself."""
    reader, terminal = pty.openpty()
    with os.fdopen(terminal, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_line("preparing") as progress:
            for part in (0.0, 0.01, 0.5, 1.0):
                progress(part)
        stream.flush()
        shown = ""
        while not shown.endswith("\n"):  # a terminal hands over what it has so far
            shown += os.read(reader, 1000).decode()
    os.close(reader)
    assert shown == "\rpreparing:   0%\rpreparing:  50%\rpreparing: 100%\r\n"


def test_shows_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log stays as it was."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_line("preparing") as progress:
        progress(1.0)
    assert stream.getvalue() == ""
