"""A hand-off stays in its folder, whatever a pull request put there, the manifest included."""

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_auth.cli import main
from tests.unit.handoff.desk import Desk
from tests.unit.handoff.samples import document, files_in, write

SECRET = "of somebody else"
FOREIGN = (
    "must be empty, or a hand-off with its manifest.json; "
    "choose another folder, or use --force to write into this one\n"
)
WAYS = ((), ("--check",), ("--force",), ("--check", "--force"))


def change(desk: Desk, field: str, value: object) -> None:
    """Change a field of the manifest; a mapping adds to the field."""
    file = desk.out / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest[field] = manifest[field] | value if isinstance(value, dict) else value
    file.write_text(json.dumps(manifest), encoding="utf-8")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-off of the stack, to copy."""
    folder = tmp_path_factory.mktemp("handed-over")
    stack, out = write(folder / "stacks" / "auth", document()), folder / "terraform"
    assert main(["handoff", str(stack), "--out", str(out)]) == 0
    return out


@pytest.fixture
def outside(desk: Desk, handed_over: Path) -> Path:
    """A file beside the folder of the hand-off."""
    shutil.copytree(handed_over, desk.out)
    file = desk.out.parent / "elsewhere" / "x.txt"
    file.parent.mkdir()
    file.write_text(SECRET, encoding="utf-8")
    return file


@pytest.mark.parametrize("options", WAYS)
@pytest.mark.parametrize(
    "name",
    [
        "../elsewhere/x.txt",
        "tests/../../elsewhere/x.txt",
        "{outside}",
        "..\\elsewhere\\x.txt",
        "C:x.txt",
        ".",
        "",
        "./main.tf",
        "tests//as_written.tftest.hcl",
        "main.tf/",
        "a\0b",
        "manifest.json",
        ".git/config",
        ".Terraform/modules.json",
        "terraform.tfstate",
        "old/terraform.tfstate.backup",
        "prod.tfvars",
        ".terraform.lock.hcl",
    ],
)
def test_a_manifest_that_names_no_file_of_a_handoff_deletes_nothing(
    desk: Desk, outside: Path, name: str, options: tuple[str, ...]
) -> None:
    name = name.format(outside=outside)
    for own in (".git/config", "terraform.tfstate", "prod.tfvars"):
        file = desk.out / own
        file.parent.mkdir(exist_ok=True)
        file.write_text(SECRET, encoding="utf-8")
    change(desk, "files", {name: digest(SECRET)})
    before = files_in(desk.out)
    code = desk.run(*options)
    assert outside.read_text(encoding="utf-8") == SECRET
    assert SECRET not in desk.said + desk.complained
    if "--force" not in options:
        assert code == 2
        assert desk.complained == (
            f"constructs-auth handoff: {desk.out}/manifest.json: must name only files that a "
            f"hand-off writes, got {name!r}; restore it, or use --force to write into the folder "
            "without it\n"
        )
        assert files_in(desk.out) == before
    kept = set(before) - {"manifest.json"}
    assert kept <= set(files_in(desk.out))


@pytest.mark.parametrize("options", [(), ("--check",)])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tool", "another"),
        ("number", 1e400),
        ("number", "1"),
        ("number", True),
        ("stack", None),
        ("source_commit", 7),
        ("versions", []),
        ("files", {"main.tf": None}),
        ("files", {"folder": ""}),
        ("files", ["main.tf"]),
        ("moved", {"aws_cognito_user_pool.a": "b\n}"}),
        ("moved", {"a\n}": "aws_cognito_user_pool.users"}),
        ("resources", {"a`\n# b": {"construct": None, "arguments": {}}}),
        ("resources", {"a.b": {"construct": 1, "arguments": {}}}),
        ("resources", {"a.b": {"construct": None, "arguments": {"c": 1}}}),
        ("resources", {"a.b": {"construct": None, "arguments": {"`c`": "0123456789ab"}}}),
        ("resources", {"a.b": None}),
    ],
)
def test_a_manifest_with_other_contents_than_a_handoff_writes_is_no_manifest(
    desk: Desk, field: str, value: object, options: tuple[str, ...]
) -> None:
    desk.run()
    change(desk, field, value)
    before = files_in(desk.out)
    assert desk.run(*options) == 2
    assert desk.complained == f"constructs-auth handoff: {desk.out}: {FOREIGN}"
    assert files_in(desk.out) == before


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "[]", "1" * 5000, '"a"', "", "\ufeff{}"])
def test_a_manifest_that_is_something_else_is_no_manifest(desk: Desk, text: str) -> None:
    desk.run()
    (desk.out / "manifest.json").write_text(text, encoding="utf-8")
    assert desk.run() == 2
    assert desk.complained == f"constructs-auth handoff: {desk.out}: {FOREIGN}"


def test_a_manifest_with_a_key_twice_is_no_manifest(desk: Desk) -> None:
    desk.run()
    file = desk.out / "manifest.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"files": {', '"files": {}, "files": {', 1), encoding="utf-8")
    assert desk.run() == 2
    assert desk.complained == f"constructs-auth handoff: {desk.out}: {FOREIGN}"


def test_a_linked_manifest_is_not_read(desk: Desk, outside: Path) -> None:
    shutil.copy(desk.out / "manifest.json", outside)
    (desk.out / "manifest.json").unlink()
    (desk.out / "manifest.json").symlink_to(outside)
    assert desk.run() == 2
    assert desk.complained == f"constructs-auth handoff: {desk.out}: {FOREIGN}"


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(desk: Desk) -> None:
    desk.run()
    for name in ("main.tf", "CHANGELOG.md"):
        (desk.out / name).unlink()
        os.mkfifo(desk.out / name)
    assert desk.run("--check") == 1
    assert "main.tf: is not a regular file in the folder\n" in desk.said
    assert desk.run() == 2
    assert "must not have edited files, got CHANGELOG.md, main.tf" in desk.complained
    (desk.out / "manifest.json").unlink()
    os.mkfifo(desk.out / "manifest.json")
    assert desk.run() == 2


@pytest.mark.parametrize("name", ["main.tf", "CHANGELOG.md", "README.md"])
def test_what_a_link_leads_to_is_neither_shown_nor_written(
    desk: Desk, outside: Path, name: str
) -> None:
    (desk.out / name).unlink()
    (desk.out / name).symlink_to(outside)
    change(desk, "files", {name: digest(SECRET)})
    assert desk.run("--check") == 1
    assert f"{name}: is not a regular file in the folder\n" in desk.said
    assert SECRET not in desk.said
    assert desk.run() == 2
    assert f"must not have edited files, got {name};" in desk.complained
    assert desk.run("--force") == 0
    assert SECRET not in desk.text(name)
    assert not (desk.out / name).is_symlink()
    assert outside.read_text(encoding="utf-8") == SECRET


@pytest.mark.parametrize("options", WAYS)
def test_nothing_is_written_or_deleted_through_a_linked_folder(
    desk: Desk, outside: Path, options: tuple[str, ...]
) -> None:
    shutil.rmtree(desk.out / "tests")
    (desk.out / "tests").symlink_to(outside.parent)
    change(desk, "files", {"tests/x.txt": digest(SECRET)})
    assert desk.run(*options) == 2
    assert desk.complained == (
        f"constructs-auth handoff: {desk.out}: must have no link on the way to "
        "tests/as_written.tftest.hcl; remove the link\n"
    )
    assert files_in(outside.parent) == {"x.txt": SECRET.encode()}


def test_force_writes_nothing_through_a_linked_folder_of_a_foreign_folder(
    desk: Desk, outside: Path
) -> None:
    shutil.rmtree(desk.out)
    desk.out.mkdir()
    (desk.out / "tests").symlink_to(outside.parent)
    assert desk.run("--force") == 2
    assert "must have no link on the way to tests/as_written.tftest.hcl" in desk.complained
    assert files_in(outside.parent) == {"x.txt": SECRET.encode()}
    assert [*desk.out.iterdir()] == [desk.out / "tests"]


@pytest.mark.parametrize("options", WAYS)
def test_a_folder_of_others_is_never_taken_for_a_file(desk: Desk, options: tuple[str, ...]) -> None:
    desk.run()
    (desk.out / "notes").mkdir()
    (desk.out / "notes" / "plan.md").write_text(SECRET, encoding="utf-8")
    change(desk, "files", {"notes": digest("")})
    assert desk.run(*options) == 2
    assert desk.complained == (
        f"constructs-auth handoff: {desk.out}: must have no folder in the place of notes; "
        "move the folder\n"
    )
    assert desk.text("notes/plan.md") == SECRET


def test_a_folder_can_be_a_link_that_its_owner_names(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "far" / "away"
    target.mkdir(parents=True)
    desk.out.symlink_to(target)
    assert desk.run() == 0
    assert desk.run("--check") == 0
    assert "main.tf" in files_in(target)


def test_a_diff_shows_no_control_characters(desk: Desk) -> None:
    desk.run()
    with (desk.out / "main.tf").open("a", encoding="utf-8") as file:
        file.write("#\tx\x1b[2J\u202e\n")
    assert desk.run("--check") == 1
    assert "-#\tx\ufffd[2J\ufffd\n" in desk.said


def test_a_changelog_that_is_not_utf_8_is_an_edit(desk: Desk) -> None:
    desk.run()
    (desk.out / "CHANGELOG.md").write_bytes(b"\xff\n")
    assert desk.run("--check") == 1
    assert desk.run() == 2
    assert "must not have edited files, got CHANGELOG.md;" in desk.complained


def test_a_lock_file_that_is_not_utf_8_is_refused(desk: Desk) -> None:
    (desk.stack / ".terraform.lock.hcl").write_bytes(b"\xff")
    assert desk.run() == 3
    assert desk.complained == (
        f"constructs-auth handoff: {desk.stack}/.terraform.lock.hcl: must be UTF-8; restore it, or "
        "run `terraform init`\n"
    )


def packed(*, year: int) -> bytes:
    """An archive with a file of that year."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(zipfile.ZipInfo("index.mjs", (year, 1, 1, 0, 0, 0)), "export {}")
    return archive.getvalue()


def with_comment(archive: bytes) -> bytes:
    """The archive with other bytes at its end, which readers ignore."""
    return archive[:-2] + len(SECRET).to_bytes(2, "little") + SECRET.encode()


def with_start(archive: bytes) -> bytes:
    """The archive after other bytes, which readers ignore."""
    return SECRET.encode() + archive


@pytest.mark.parametrize("edit", [with_comment, with_start, lambda archive: archive[:-1] + b"\0x"])
def test_an_archive_of_the_folder_is_kept_only_if_nothing_but_times_differs(
    desk: Desk, edit: Callable[[bytes], bytes]
) -> None:
    name = "assets/code/0A1B/archive.zip"
    content = document()
    content["resource"]["aws_lambda_function"] = {"f": {"function_name": "f", "filename": name}}
    desk.put(content)
    file = desk.stack / name
    file.parent.mkdir(parents=True)
    file.write_bytes(packed(year=2024))
    desk.run()
    file.write_bytes(packed(year=2025))
    assert desk.run("--check") == 0
    (desk.out / name).write_bytes(edit(packed(year=2024)))
    change(desk, "files", {name: hashlib.sha256((desk.out / name).read_bytes()).hexdigest()})
    assert desk.run("--check") == 1
    assert f"{name}: differs\n" in desk.said
    assert desk.run() == 0
    assert (desk.out / name).read_bytes() == packed(year=2025)
