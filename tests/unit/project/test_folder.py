"""Files come into a folder together, and over nothing."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_auth.project.folder import create_files, existing

FILES: Mapping[str, str | bytes] = {"main.py": "a\n", "tests/test_main.py": "b\n", "x.bin": b"\0"}


def tree(folder: Path) -> dict[str, bytes]:
    """Give the content of each file below *folder*, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


WRITTEN = {"main.py": b"a\n", "tests/test_main.py": b"b\n", "x.bin": b"\0"}


@pytest.mark.parametrize("place", ["new", "new/and/deeper"])
def test_a_new_folder_has_the_files_and_nothing_else(tmp_path: Path, place: str) -> None:
    create_files(tmp_path / place, FILES)
    assert tree(tmp_path / place) == WRITTEN
    assert [one.name for one in tmp_path.iterdir()] == ["new"]


def test_other_files_of_a_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_other.py").write_text("mine", encoding="utf-8")
    create_files(tmp_path, FILES)
    assert tree(tmp_path) == {**WRITTEN, "tests/test_other.py": b"mine"}


@pytest.mark.parametrize("links", [True, False])
def test_nothing_is_written_over_a_file_and_the_rest_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """The last file exists: those before it are there already when that is noticed."""
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    (tmp_path / "x.bin").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        create_files(tmp_path, FILES)
    assert tree(tmp_path) == {"x.bin": b"mine"}
    assert [one.name for one in tmp_path.iterdir()] == ["x.bin"]


def no_links(_new: Path, _old: Path) -> None:
    """Fail as a file system without links does."""
    raise PermissionError(1, "Operation not permitted")


def test_a_file_system_without_links_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    create_files(tmp_path, FILES)
    assert tree(tmp_path) == WRITTEN


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_file: Path, _content: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        create_files(tmp_path / "new" / "deeper", FILES)
    assert list(tmp_path.iterdir()) == []


def test_a_dangling_link_exists_too(tmp_path: Path) -> None:
    (tmp_path / "main.py").symlink_to("nowhere")
    (tmp_path / "tests").mkdir()
    os.mkfifo(tmp_path / "tests" / "test_main.py")
    assert existing(tmp_path, FILES) == ["main.py", "tests/test_main.py"]
