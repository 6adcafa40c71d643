"""What is derived from a package, and what is refused."""

import io
import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import jsii._embedded.jsii
import pytest

from constructs_auth.engine._assembly import (
    COLUMNS_FILE,
    DEFINITIONS_FILE,
    MANIFEST_FILE,
    RuntimeIndex,
    derive_assembly,
    strip_types,
)
from constructs_auth.engine._package import Assembly, UnknownLayoutError
from tests.synth.engine.small_bindings import code_in, pack, unpack

Files = dict[str, bytes]

DESCRIPTION = {
    "name": "@acme/things",
    "fingerprint": "abc",
    "readme": {"markdown": "# Things"},
    "submodules": {"@acme/things.thing": {"readme": {"markdown": "# Thing"}, "symbolId": "x"}},
    "types": {
        "@acme/things.thing.Thing": {
            "docs": {"summary": "A thing."},
            "kind": "class",
            "locationInModule": {"filename": "src/thing.ts", "line": 7},
            "properties": [{"docs": {"summary": "Its name."}, "name": "name"}],
        },
        "@acme/things.thing.Colour": {"kind": "enum", "members": [{"name": "RED"}]},
    },
}
PACKAGE = {"name": "@acme/things", "version": "1.2.3", "main": "lib/index.js"}


def description(**changes: object) -> bytes:
    """The description of the package, as jsii writes it."""
    return json.dumps(DESCRIPTION | changes, indent=2, ensure_ascii=False).encode()


def shipped_things(folder: Path, files: Files | None = None) -> Assembly:
    """A small package, packed in *folder*: `things()`, or *files*."""
    tarball = folder / "things.tgz"
    pack(tarball, things() if files is None else files)
    return Assembly(name="@acme/things", version="1.2.3", tarball=tarball, dependencies=())


def things() -> Files:
    """A package as npm and jsii make it."""
    return {
        ".jsii": description(),
        "README.md": b"# Things",
        "package.json": json.dumps(PACKAGE).encode(),
        "lib/index.js": b'"use strict";\nexports.thing = void 0;\n'
        b'exports.thing = require("./thing");\n'
        b"//# sourceMappingURL=data:application/json;base64,e30=",
        "lib/index.d.ts": b"export * as thing from './thing';",
        "lib/thing/index.js": b"class Thing {}\nexports.Thing = Thing;\n"
        b"//# sourceMappingURL=data:application/json;base64,e30=",
    }


@pytest.fixture
def derive(tmp_path: Path) -> Callable[[Files], Files]:
    """Derive from files, and read the files that come out."""

    def run(files: Files) -> Files:
        derive_assembly(shipped_things(tmp_path, files), tmp_path / "derived.tgz", lambda _: None)
        return unpack(tmp_path / "derived.tgz")

    return run


def test_requires_a_submodule_when_it_is_used(derive: Callable[[Files], Files]) -> None:
    """And leaves each other line where it is."""
    assert derive(things())["lib/index.js"].decode().splitlines() == [
        '"use strict";',
        "exports.thing = void 0;",
        'Object.defineProperty(exports, "thing", '
        '{ enumerable: true, get: () => require("./loader")("./thing") });',
        'require("./loader");',
    ]


def test_requires_a_submodule_late_in_the_newer_form_too(derive: Callable[[Files], Files]) -> None:
    """As in the bindings of CDK Terrain."""
    line = b'exports.thing = __importStar(require("./thing/index"));\n'
    assert derive(things() | {"lib/index.js": line})["lib/index.js"].decode() == (
        'Object.defineProperty(exports, "thing", '
        '{ enumerable: true, get: () => __importStar(require("./loader")("./thing/index")) });\n'
        'require("./loader");\n'
    )


def test_leaves_out_what_only_compilers_and_readers_use(derive: Callable[[Files], Files]) -> None:
    """Declarations, documentation, source maps."""
    derived = derive(things())
    assert "lib/index.d.ts" not in derived
    assert "README.md" not in derived
    assert code_in(derived)["lib/thing/index.js"] == b"class Thing {}\nexports.Thing = Thing;\n"


def test_keeps_a_source_map_that_is_in_the_middle_of_code(derive: Callable[[Files], Files]) -> None:
    """It is a string of the program there, not a comment at its end."""
    files = things()
    code = b"const a = `\n//# sourceMappingURL=data:x\n`;\n"
    derived = derive(files | {"lib/thing/index.js": code})
    assert code_in(derived)["lib/thing/index.js"] == code


def test_describes_each_type_and_submodule(derive: Callable[[Files], Files]) -> None:
    """Without documentation and positions; the fingerprint says that it was changed."""
    assert json.loads(derive(things())[".jsii"]) == {
        "name": "@acme/things",
        "fingerprint": "**********",
        "readme": {"markdown": "# Things"},
        "submodules": {"@acme/things.thing": {"symbolId": "x"}},
        "types": {
            "@acme/things.thing.Thing": {"kind": "class", "properties": [{"name": "name"}]},
            "@acme/things.thing.Colour": {"kind": "enum", "members": [{"name": "RED"}]},
        },
    }


def test_brings_the_index_that_jsii_would_make(
    derive: Callable[[Files], Files], tmp_path: Path
) -> None:
    """Byte for byte what jsii's own worker writes; where jsii changes it, ours is ignored."""
    derived = derive(things())
    package = tmp_path / "package"
    package.mkdir()
    (package / ".jsii").write_bytes(derived[".jsii"])
    worker = Path(jsii._embedded.jsii.__file__).with_name("lib__runtime-index-worker.js")  # noqa: SLF001
    program = (
        "const { Worker } = require('worker_threads');"
        "const [file, packageDir] = process.argv.slice(1);"
        "new Worker(file, { workerData: { packageDir, supportedFeatures: [] } });"
    )
    node = shutil.which("node")
    assert node is not None
    subprocess.run([node, "-e", program, worker, package], check=True)
    for name in (COLUMNS_FILE, DEFINITIONS_FILE, MANIFEST_FILE):
        assert derived[name] == (package / name).read_bytes()


def test_makes_the_same_bytes_of_the_same_package(
    derive: Callable[[Files], Files], tmp_path: Path
) -> None:
    """So processes that make it at once agree."""
    derive(things())
    first = (tmp_path / "derived.tgz").read_bytes()
    derive(things())
    assert (tmp_path / "derived.tgz").read_bytes() == first


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({".jsii": b"{"}, "type description: "),
        ({".jsii": b"[]"}, "type description: must be jsii's, got ValueError('no \"types\""),
        ({".jsii": b'{"schema": "jsii/file-redirect"}'}, "type description: must be jsii's"),
        ({".jsii": description(types={"a": {"kind": "table"}})}, "'table' is not in list"),
        ({".jsii": description(types={"a": {}})}, "type description: must be jsii's"),
        ({".jsii": description(types={})}, "type description: must be jsii's"),
        ({".jsii": description()[:-5]}, "type description: must be jsii's"),
        ({"package.json": b"{}"}, "package.json: must have"),
        ({"package.json": b"not JSON"}, "things.tgz: must be"),
        ({"lib/index.js": b"module.exports = {};"}, "must export its submodules, got none"),
        (
            {
                "lib/index.js": things()["lib/index.js"]
                + b'\n__exportStar(require("./b"), exports);'
            },
            'must only export its submodules, got __exportStar(require(".',
        ),
    ],
)
def test_refuses_a_layout_that_it_does_not_know(
    derive: Callable[[Files], Files], change: Files, message: str
) -> None:
    """What is not understood is never guessed."""
    with pytest.raises(UnknownLayoutError) as caught:
        derive(things() | change)
    assert message in str(caught.value)


@pytest.mark.parametrize("missing", [".jsii", "package.json", "lib/index.js"])
def test_refuses_a_package_that_lacks_a_part(
    derive: Callable[[Files], Files], missing: str
) -> None:
    """Without it the kernel could not load it."""
    files = things()
    del files[missing]
    with pytest.raises(UnknownLayoutError, match=rf"things\.tgz: must contain \['{missing}'\]"):
        derive(files)


def test_refuses_a_tarball_that_was_cut_short(tmp_path: Path) -> None:
    """The installed file itself is damaged: pip would have to repair it."""
    shipped = shipped_things(tmp_path)
    shipped.tarball.write_bytes(shipped.tarball.read_bytes()[:200])
    with pytest.raises(UnknownLayoutError, match=r"^things\.tgz: "):
        derive_assembly(shipped, tmp_path / "derived.tgz", lambda _: None)


@pytest.mark.parametrize("starts", [0, 1, 2])
def test_derives_the_same_where_no_thread_can_start(
    starts: int, derive: Callable[[Files], Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at the end of Python, or in a full container; some threads may have started before."""
    expected = derive(things())
    left = iter(range(starts))
    start = threading.Thread.start

    def limited(thread: threading.Thread) -> None:
        if next(left, None) is None:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    assert derive(things()) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_reads_a_description_in_pieces_of_any_size(size: int) -> None:
    """Wherever a piece ends: in a number, in a name, in a letter of two bytes."""

    class Pieces(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    types: dict[str, dict[str, object]] = {
        "é.Thing": {"kind": "class", "symbolId": 'src/é:"Thing": x'},
        "a.Empty": {"kind": "enum", "members": [], "docs": {}},
        "a.Nested": {"docs": {"custom": {"a": "b"}}, "kind": "interface"},
    }
    text = description(a=12345, naïve=[1.5, None, "é"], types=types)
    target = io.BytesIO()
    strip_types(Pieces(text), target, RuntimeIndex(io.BytesIO()))
    stripped = json.loads(target.getvalue())
    assert stripped["naïve"] == [1.5, None, "é"]
    assert stripped["types"] == {
        name: {key: value for key, value in type_.items() if key != "docs"}
        for name, type_ in types.items()
    }
