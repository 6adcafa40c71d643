"""Which framework a program gets."""

import pytest

from constructs_auth.engine._framework import SWITCH, Framework, framework_in_use
from constructs_auth.errors import InvalidValueError


def choose(monkeypatch: pytest.MonkeyPatch, *, imported: str, wanted: str, installed: str) -> str:
    """Choose for a program; *imported* and *installed* list frameworks."""
    monkeypatch.setattr(Framework, "is_imported", lambda self: self.module in imported.split())
    monkeypatch.setattr(Framework, "is_installed", lambda self: self.module in installed.split())
    monkeypatch.setenv(SWITCH, wanted)
    return framework_in_use.__wrapped__().module


@pytest.mark.parametrize(
    ("imported", "wanted", "installed", "chosen"),
    [
        ("", "", "cdktf", "cdktf"),
        ("", "", "cdktn", "cdktn"),
        ("", "", "cdktf cdktn", "cdktn"),
        ("", "cdktf", "cdktf cdktn", "cdktf"),
        ("cdktf", "", "cdktf cdktn", "cdktf"),
        ("cdktn", "", "cdktf cdktn", "cdktn"),
        # What the program imports counts more than the variable.
        ("cdktf", "cdktn", "cdktf cdktn", "cdktf"),
        ("cdktn", "cdktf", "cdktf cdktn", "cdktn"),
        # Of two that the program imports, the variable chooses.
        ("cdktf cdktn", "", "cdktf cdktn", "cdktn"),
        ("cdktf cdktn", "cdktf", "cdktf cdktn", "cdktf"),
        ("cdktf cdktn", "", "cdktf", "cdktf"),
        # Our constructs on CDK Terrain work in stacks of CDKTF, whose bindings are missing here.
        ("cdktf", "", "cdktn", "cdktn"),
    ],
)
def test_the_imports_decide_then_the_variable_then_what_is_installed(
    monkeypatch: pytest.MonkeyPatch, imported: str, wanted: str, installed: str, chosen: str
) -> None:
    assert choose(monkeypatch, imported=imported, wanted=wanted, installed=installed) == chosen


@pytest.mark.parametrize(
    ("imported", "wanted", "installed", "command"),
    [
        ("", "", "", "pip install constructs-auth"),
        ("", "cdktn", "cdktf", "pip install 'constructs-auth[cdktn]'"),
        ("cdktn", "", "cdktf", "pip install 'constructs-auth[cdktn]'"),
    ],
)
def test_packages_that_are_missing_are_named_with_the_command_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, imported: str, wanted: str, installed: str, command: str
) -> None:
    with pytest.raises(InvalidValueError, match=r"^framework: must have ") as caught:
        choose(monkeypatch, imported=imported, wanted=wanted, installed=installed)
    assert str(caught.value).endswith(f"; run: {command}")


def test_a_word_that_names_no_framework_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValueError) as caught:
        choose(monkeypatch, imported="", wanted="CDK", installed="cdktf")
    assert str(caught.value) == (
        "CONSTRUCTS_AUTH_FRAMEWORK: must be cdktf or cdktn, got 'CDK'; write one of the two, or "
        "unset it"
    )
