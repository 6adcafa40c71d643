"""Programs that start in processes of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from constructs_auth.engine._framework import CDKTF, framework_in_use
from tests.synth.engine.small_bindings import PACKAGE, SmallBindings

PROJECT = Path(__file__).parents[3]
_CACHE = "constructs-auth/bindings"


def program(name: str) -> str:
    """Read a program of this folder, which is written for CDKTF, for the framework in use."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return text.replace(CDKTF.bindings, framework_in_use().bindings).replace(
        "@cdktf/provider-aws", PACKAGE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a program wrote and found."""

    terraform: bytes
    imported_by_us: int
    shipped_assembly: bool


class Program:
    """A run of `program.py` that has been started."""

    def __init__(self, folder: Path, bindings: SmallBindings | None, **environment: str) -> None:
        """Start it in *folder*, with what *environment* sets in place of the tests' own values."""
        self._outdir = folder / "cdktf.out"
        temporary = folder / "tmp"
        temporary.mkdir(parents=True)
        paths = [PROJECT, bindings.folder] if bindings else [PROJECT]
        inherited = {name: value for name, value in os.environ.items() if "XDG" not in name}
        own = {
            "CONSTRUCTS_AUTH_FAST_START": "1",
            "OUTDIR": str(self._outdir),
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "TMPDIR": str(temporary),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-c", program("program.py")],
            env=inherited | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> int:
        """Wait for its end, whatever it is, and return the exit status."""
        self._process.communicate(timeout=120)
        return self._process.returncode

    def finish(self) -> Run:
        """Wait for its end, which must be a good one, and print nothing."""
        run, printed = self.finish_slow()
        assert printed == ""
        return run

    def finish_slow(self) -> tuple[Run, str]:
        """Wait for its end, which must be a good one, and return also what it printed on stderr."""
        output, errors = self._process.communicate(timeout=120)
        assert self._process.returncode == 0, errors
        facts = json.loads(output)
        assert facts.pop("one_module")
        assert facts.pop("provider")
        terraform = (self._outdir / "stacks/auth/cdk.tf.json").read_bytes()
        return Run(terraform=terraform, **facts), errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A user's cache folder, and the programs that share it."""

    folder: Path
    bindings: SmallBindings
    jsii_cache: Path

    def start(self, name: str = "run", **environment: str) -> Program:
        """Start a program, in a folder of its own below this one."""
        own = {
            "XDG_CACHE_HOME": str(self.folder),
            "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(self.jsii_cache),
        }
        return Program(self.folder / name, self.bindings, **own | environment)

    def assembly(self) -> Path:
        """Return the one derived assembly that is there."""
        (file,) = (self.folder / _CACHE).glob("*.tgz")
        return file

    def names(self) -> list[str]:
        """Return what is in the cache."""
        return sorted(path.name for path in (self.folder / _CACHE).iterdir())
