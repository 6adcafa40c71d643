"""The libraries in the benchmark, and the environments of the peers."""

import subprocess
import sys
import venv
from dataclasses import dataclass, field, replace
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PROGRAMS = Path(__file__).with_name("programs")
_CDKTF_PACKAGE = "@cdktf/provider-aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A library, its programs, and the package that slows down its start."""

    name: str
    start: Path
    pairs: Path
    package: str
    python: Path = Path(sys.executable)
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


OURS = Contestant(
    name="constructs-auth",
    start=PROJECT / "main.py",
    pairs=PROGRAMS / "constructs_auth_pairs.py",
    package=_CDKTF_PACKAGE,
)
OURS_OFF = Contestant(
    name="constructs-auth, bindings as shipped",
    start=PROJECT / "main.py",
    pairs=PROGRAMS / "constructs_auth_pairs.py",
    package=_CDKTF_PACKAGE,
    environment={"CONSTRUCTS_AUTH_FAST_START": "0"},
)
OURS_UNCHECKED = Contestant(
    name="constructs-auth, python -O",
    start=PROJECT / "main.py",
    pairs=PROGRAMS / "constructs_auth_pairs.py",
    package=_CDKTF_PACKAGE,
    options=("-O",),
)
CDKTF_FAST = Contestant(
    name="CDKTF, started by constructs-auth",
    start=PROGRAMS / "cdktf_fast_pairs.py",
    pairs=PROGRAMS / "cdktf_fast_pairs.py",
    package=_CDKTF_PACKAGE,
)
CDKTF_SAME = Contestant(
    name="CDKTF, started by constructs-auth, the same arguments",
    start=PROGRAMS / "cdktf_same_fast_pairs.py",
    pairs=PROGRAMS / "cdktf_same_fast_pairs.py",
    package=_CDKTF_PACKAGE,
)
CDKTF = Contestant(
    name="CDKTF, bindings as shipped",
    start=PROGRAMS / "cdktf_pairs.py",
    pairs=PROGRAMS / "cdktf_pairs.py",
    package=_CDKTF_PACKAGE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A library that is only installed for the benchmark."""

    name: str
    requirements: tuple[str, ...]
    program: str
    package: str

    def install(self, folder: Path) -> list[Contestant]:
        """Install it into a separate environment.

        Raises:
            RuntimeError: The installation failed.
        """
        environment = folder / self.program
        venv.create(environment, with_pip=True)
        python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        command = [str(python), "-m", "pip", "install", "--quiet", *self.requirements]
        result = subprocess.run(  # noqa: S603 (the command is written above)
            command, capture_output=True, text=True, check=False
        )
        if result.returncode:
            lines = result.stderr.strip().splitlines() or ["pip failed"]
            raise RuntimeError(lines[-1])
        program = PROGRAMS / f"{self.program}.py"
        shipped = Contestant(
            name=self.name,
            start=program,
            pairs=program,
            package=self.package,
            python=python,
            environment={"CONSTRUCTS_AUTH_FAST_START": "0"},
        )
        if self is not CDKTN:
            return [shipped]
        return [replace(OURS, name=OURS_ON_CDKTN, package=self.package, python=python), shipped]


OURS_ON_CDKTN = "constructs-auth, on CDK Terrain"

CDKTN = Peer(
    name="CDK Terrain 0.24, bindings as shipped",
    requirements=(f"{PROJECT}[cdktn]",),
    program="cdktn_pairs",
    package="@cdktn/provider-aws",
)

PEERS = (
    CDKTN,
    Peer(
        name="AWS CDK 2.275",
        requirements=("aws-cdk-lib==2.275.*",),
        program="aws_cdk_pairs",
        package="aws-cdk-lib",
    ),
)
