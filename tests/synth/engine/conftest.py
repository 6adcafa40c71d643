"""Bindings cut small, and what a program does with them as they are shipped."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs_auth.engine._assembly import derive_assembly
from constructs_auth.engine._cache import cached_assembly, default_folder
from constructs_auth.engine._package import Assembly
from tests.synth.engine.programs import PROJECT, Home, Run, program
from tests.synth.engine.small_bindings import SmallBindings, cut_bindings, shipped_assembly


@pytest.fixture(scope="session")
def shipped() -> Assembly:
    """The assembly of the installed bindings."""
    return shipped_assembly()


@pytest.fixture(scope="session")
def derived(shipped: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The assembly that is derived from it."""
    try:
        return cached_assembly(shipped, default_folder(), lambda _: None)
    except OSError:
        target = tmp_path_factory.mktemp("derived") / "assembly.tgz"
        derive_assembly(shipped, target, lambda _: None)
        return target


@pytest.fixture(scope="session")
def small_bindings(derived: Path, tmp_path_factory: pytest.TempPathFactory) -> SmallBindings:
    """Bindings that are small; a test that changes them takes `own_bindings`."""
    return cut_bindings(derived, tmp_path_factory.mktemp("bindings"))


@pytest.fixture
def own_bindings(small_bindings: SmallBindings, tmp_path: Path) -> SmallBindings:
    """Small bindings for one test to change."""
    own = SmallBindings(folder=tmp_path / "bindings")
    shutil.copytree(small_bindings.folder, own.folder, symlinks=True)
    return own


@pytest.fixture(scope="session")
def first_home(small_bindings: SmallBindings, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which nothing has run yet; its cache of jsii is every home's."""
    folder = tmp_path_factory.mktemp("home")
    return Home(folder=folder, bindings=small_bindings, jsii_cache=folder / "jsii")


@pytest.fixture(scope="session")
def as_shipped(first_home: Home) -> Run:
    """A program with everything of ours turned off."""
    return first_home.start("as-shipped", CONSTRUCTS_AUTH_FAST_START="0").finish()


@pytest.fixture(scope="session")
def first_run(as_shipped: Run, first_home: Home) -> Run:
    """The first program with it, which makes the cache."""
    assert as_shipped.shipped_assembly
    assert not list(first_home.folder.glob("constructs-auth"))
    return first_home.start("first").finish()


@pytest.fixture
def home(first_home: Home, as_shipped: Run, tmp_path: Path) -> Home:
    """A home with an empty cache, of a user for whom jsii has already unpacked its packages."""
    assert as_shipped.shipped_assembly
    return Home(folder=tmp_path, bindings=first_home.bindings, jsii_cache=first_home.jsii_cache)


@pytest.fixture
def warm_home(first_home: Home, first_run: Run, home: Home) -> Home:
    """A home with the derived assembly in its cache."""
    assert not first_run.shipped_assembly
    shutil.copytree(first_home.assembly().parent, home.folder / "constructs-auth/bindings")
    return home


@pytest.fixture(scope="session")
def every_submodule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A program that imports all 2,212, which takes some ten seconds."""
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            program("every_submodule.py"),
            tmp_path_factory.mktemp("every"),
        ],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()  # where no test waited for it
