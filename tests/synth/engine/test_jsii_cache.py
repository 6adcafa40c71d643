"""jsii unpacks its packages into our cache folder, unless the user has decided otherwise."""

import os
from pathlib import Path

import pytest

from constructs_auth.engine._framework import framework_in_use
from constructs_auth.engine._jsii_cache import choose_jsii_cache
from tests.synth.engine.programs import Home, Program, Run

ROOT = "JSII_RUNTIME_PACKAGE_CACHE_ROOT"
STATE = "JSII_RUNTIME_PACKAGE_CACHE"


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user with an empty home, who has decided nothing; the test's changes do not stay."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in (ROOT, STATE):
        monkeypatch.setenv(name, "")  # so that it is restored
        monkeypatch.delenv(name)


def decided() -> dict[str, str]:
    """Return what the environment says of jsii's cache."""
    return {name: os.environ[name] for name in (ROOT, STATE) if name in os.environ}


def test_it_is_a_folder_of_the_user_alone_in_ours(tmp_path: Path) -> None:
    choose_jsii_cache(tmp_path / "ours")
    assert decided() == {ROOT: str(tmp_path / "ours/jsii")}
    assert (tmp_path / "ours/jsii").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", [ROOT, STATE])
def test_what_the_user_has_set_is_kept(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "/elsewhere")
    choose_jsii_cache(tmp_path / "ours")
    assert decided() == {name: "/elsewhere"}
    assert not (tmp_path / "ours").exists()


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_not_used(mode: int, tmp_path: Path) -> None:
    (tmp_path / "ours/jsii").mkdir(parents=True)
    (tmp_path / "ours/jsii").chmod(mode)
    choose_jsii_cache(tmp_path / "ours")
    assert decided() == {}  # jsii's own folder


def test_without_a_place_for_ours_it_is_the_one_of_jsii(tmp_path: Path) -> None:
    (tmp_path / "ours").touch()
    choose_jsii_cache(tmp_path / "ours")
    choose_jsii_cache(Path("relative"))
    assert decided() == {}


def test_without_any_place_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "home").rmdir()
    (tmp_path / "home").touch()
    choose_jsii_cache(tmp_path / "home/.cache/constructs-auth")
    assert decided() == {STATE: "disabled"}


def test_without_a_home_jsii_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    choose_jsii_cache(Path("relative"))
    assert decided() == {}


@pytest.mark.thorough
def test_one_folder_has_all_that_a_start_keeps(
    first_home: Home, as_shipped: Run, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    environment = {"XDG_CACHE_HOME": str(cache), "HOME": str(tmp_path / "home")}
    run = Program(tmp_path / "run", first_home.bindings, **environment).finish()
    assert run.terraform == as_shipped.terraform
    assert {path.name for path in cache.iterdir()} == {"constructs-auth"}
    assert {path.name for path in (cache / "constructs-auth").iterdir()} == {"bindings", "jsii"}
    assert list((cache / "constructs-auth/jsii" / framework_in_use().module).iterdir())
    assert not list((tmp_path / "home").iterdir())
