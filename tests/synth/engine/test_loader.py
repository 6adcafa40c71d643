"""What Node loads from a derived assembly: the modules of a package, as if each were a file."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_auth.engine._assembly import derive_assembly
from constructs_auth.engine._package import Assembly
from tests.synth.engine.small_bindings import pack
from tests.synth.engine.test_derivation import things

Ask = Callable[[str], object]

MODULES = {
    "lib/index.js": b'exports.thing = require("./thing");\nexports.broken = require("./broken");\n'
    b'exports.star = require("./star");\n',
    "lib/thing/index.js": b'"use strict";\n'
    b'exports.part = require("./part");\n'
    b"exports.file = __filename;\n"
    b"exports.folder = __dirname;\n"
    b'exports.join = require("path").posix.join("a", "b");\n'
    b"exports.isModule = module.exports === exports && this === exports;\n",
    "lib/thing/part.js": b"exports.early = 1;\n"
    b'exports.whole = require(".");\n'
    b'exports.star = require("../star/index.js");\n',
    "lib/star/index.js": b"module.exports = class Star {};\n",
    "lib/broken/index.js": b"global.runs = (global.runs || 0) + 1;\n"
    b'if (global.runs === 1) throw new Error("once");\nexports.runs = global.runs;\n',
}


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Evaluate an expression of JavaScript beside the package, as another package does."""
    shipped = Assembly(
        name="@acme/things", version="1.2.3", tarball=tmp_path / "things.tgz", dependencies=()
    )
    pack(shipped.tarball, things() | MODULES)
    derive_assembly(shipped, tmp_path / "derived.tgz", lambda _: None)
    package = tmp_path / "node_modules/@acme/things"
    shutil.unpack_archive(tmp_path / "derived.tgz", tmp_path / "unpacked", "gztar")
    shutil.copytree(tmp_path / "unpacked/package", package)
    node = shutil.which("node")
    assert node is not None

    def run(expression: str) -> object:
        program = tmp_path / "program.js"
        lines = (
            'const things = require("@acme/things");',
            f"console.log(JSON.stringify({expression}));",
        )
        program.write_text("\n".join(lines), encoding="utf-8")
        found = subprocess.run([node, program], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr
        value: object = json.loads(found.stdout)
        return value

    return run


def test_the_package_has_one_file_for_all_modules(ask: Ask, tmp_path: Path) -> None:
    """And the modules work nevertheless."""
    assert ask("Object.keys(things)") == ["thing", "broken", "star"]
    lib = tmp_path / "node_modules/@acme/things/lib"
    names = ["index.js", "loader.js", "modules.bin", "modules.json"]
    assert sorted(path.name for path in lib.iterdir()) == names


def test_a_module_sees_what_node_gives_each_module(ask: Ask, tmp_path: Path) -> None:
    """Its exports, its path, the modules of Node."""
    lib = tmp_path.resolve() / "node_modules/@acme/things/lib"
    assert ask("things.thing.file") == str(lib / "thing/index.js")
    assert ask("things.thing.folder") == str(lib / "thing")
    assert ask("things.thing.join") == "a/b"
    assert ask("things.thing.isModule") is True


def test_modules_require_each_other(ask: Ask) -> None:
    """Also in a circle, and by a folder's name or a file's."""
    assert ask("things.thing.part.early") == 1
    assert ask("things.thing.part.whole === things.thing") is True
    assert ask("things.thing.part.star === things.star") is True
    assert ask("things.star.name") == "Star"


def test_a_module_runs_at_its_first_use_and_once(ask: Ask) -> None:
    """One that failed runs again, as Node does it."""
    caught = "(() => { try { return things.broken } catch (error) { return error.message } })()"
    assert ask("global.runs === undefined") is True
    assert ask(f"[{caught}, things.broken.runs, things.broken.runs]") == ["once", 2, 2]


@pytest.mark.parametrize("path", ["lib/thing", "lib/thing/index", "lib/thing/index.js"])
def test_another_package_may_require_a_module_by_its_path(ask: Ask, path: str) -> None:
    """As packages of constructs do; it is the same module."""
    assert ask(f'require("@acme/things/{path}") === things.thing') is True


def test_a_module_that_does_not_exist_has_the_error_of_node(ask: Ask) -> None:
    """With its code, which programs look at."""
    caught = (
        '(() => { try { require("@acme/things/lib/other") } catch (error) { return error } })()'
    )
    assert ask(f"{caught}.code") == "MODULE_NOT_FOUND"
    assert ask('require("@acme/things/package.json").version') == "1.2.3"
