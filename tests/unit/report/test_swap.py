"""Files that replace others together, or not at all."""

from pathlib import Path

import pytest

from constructs_auth.report.swap import swap


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files, and a new version of one of them beside it."""
    folder = tmp_path / "folder"
    for name, text in {"a/one": "old one", "two": "old two"}.items():
        write(folder / name, text)
    write(folder / ".beside" / "new" / "a" / "one", "new one")
    write(folder / ".beside" / "new" / "b" / "three", "new three")
    return folder


def write(file: Path, text: str) -> None:
    """Write a file, and the folders around it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def content(folder: Path) -> dict[str, str]:
    """What the folder has, but for what is beside."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".beside" not in path.parts
    }


def test_new_files_replace_old_ones_and_the_others_are_deleted(folder: Path) -> None:
    swap(folder, ["a/one", "b/three", "two"], folder / ".beside")
    assert content(folder) == {"a/one": "new one", "b/three": "new three"}


def test_a_failure_puts_all_back(folder: Path) -> None:
    before = content(folder)
    (folder / "last" / "mine").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        swap(folder, ["a/one", "b/three", "two", "last"], folder / ".beside")
    assert content(folder) == before
    assert not (folder / "b").exists()
    assert (folder / "last" / "mine").is_dir()


def test_there_is_a_file_at_each_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that reads it meanwhile finds the old or the new one."""
    seen = []
    replace = Path.replace

    def look(path: Path, target: Path) -> Path:
        seen.append(target.read_text(encoding="utf-8"))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", look)
    swap(folder, ["a/one"], folder / ".beside")
    assert seen == ["old one"]


def test_a_link_is_put_back_as_a_link(folder: Path) -> None:
    (folder / "two").unlink()
    (folder / "two").symlink_to("a/one")
    write(folder / ".beside" / "new" / "two", "new two")
    (folder / "last").mkdir()
    with pytest.raises(IsADirectoryError):
        swap(folder, ["two", "last"], folder / ".beside")
    assert (folder / "two").readlink() == Path("a/one")

    (folder / "last").rmdir()
    write(folder / ".beside" / "new" / "two", "new two")
    swap(folder, ["two"], folder / ".beside")
    assert content(folder) == {"a/one": "old one", "two": "new two"}
