"""Another process derives the assembly, and whatever happens to it, the caller has it."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs_auth.engine import _beside
from constructs_auth.engine._beside import _start, start_deriving, wait_for
from constructs_auth.engine._cache import cached_assembly, is_missing
from constructs_auth.engine._package import Assembly, UnknownLayoutError
from tests.synth.engine.test_derivation import shipped_things


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache with nothing in it."""
    return tmp_path / "cache"


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Assembly]:
    """A small package; no process is left that derives it."""
    shipped = shipped_things(tmp_path)
    yield shipped
    wait_for(shipped)


def derived_here(shipped: Assembly, folder: Path) -> tuple[Path, bool]:
    """Return the derived assembly, and whether this process had to derive it."""
    parts: list[float] = []
    return cached_assembly(shipped, folder, parts.append), bool(parts)


def test_it_derives_what_this_process_would(shipped: Assembly, folder: Path) -> None:
    own, _ = derived_here(shipped, folder.with_name("own"))
    start_deriving(shipped, folder)
    wait_for(shipped)
    file, was_derived_here = derived_here(shipped, folder)
    assert not was_derived_here
    assert file.read_bytes() == own.read_bytes()


def test_threads_that_start_it_at_once_start_one(
    shipped: Assembly, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []

    def slowly(shipped: Assembly, folder: Path) -> None:
        started.append(shipped)
        time.sleep(0.05)
        _start(shipped, folder)

    monkeypatch.setattr(_beside, "_start", slowly)
    threads = [threading.Thread(target=start_deriving, args=(shipped, folder)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(started) == 1


def test_a_package_that_cannot_be_derived_is_reported_by_this_process(
    shipped: Assembly, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shipped.tarball.write_bytes(b"no tarball")
    start_deriving(shipped, folder)
    wait_for(shipped)
    with pytest.raises(UnknownLayoutError, match="must be a tarball"):
        derived_here(shipped, folder)
    assert capfd.readouterr() == ("", "")


def test_a_path_that_only_this_process_can_import_from_does_not_matter(
    shipped: Assembly,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Such as one that is no text, or where another importer finds this package."""
    monkeypatch.setattr(sys, "path", [folder])
    start_deriving(shipped, folder)
    wait_for(shipped)
    assert derived_here(shipped, folder)[1]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("executable", ["", "/usr/sbin/uwsgi", "/nowhere/python3"])
def test_without_a_usual_python_this_process_derives(
    executable: str, shipped: Assembly, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen program is its own executable, and would run once more."""
    monkeypatch.setattr(sys, "executable", executable)
    start_deriving(shipped, folder)
    wait_for(shipped)
    assert derived_here(shipped, folder)[1]


@pytest.mark.parametrize("program", ["import time; time.sleep(60)", "raise SystemExit(1)"])
def test_a_process_that_does_nothing_is_ended_and_this_one_derives(
    program: str, shipped: Assembly, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_beside, "_PROGRAM", program)
    monkeypatch.setattr(_beside, "_PATIENCE_SECONDS", 0.1)
    start_deriving(shipped, folder)
    wait_for(shipped)
    assert derived_here(shipped, folder)[1]


def test_an_assembly_is_missing_until_it_was_tried(shipped: Assembly, folder: Path) -> None:
    assert is_missing(shipped, folder)
    derived_here(shipped, folder)
    assert not is_missing(shipped, folder)
