"""The same program writes the same bytes, whatever the process and its hash seed."""

import os
import subprocess
import sys
from pathlib import Path


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    """Sets are sorted, and nothing depends on time or chance."""
    outputs = [_synthesize(tmp_path / seed, seed) for seed in ("1", "2")]

    assert outputs[0] == outputs[1]
    assert outputs[0]


def _synthesize(outdir: Path, seed: str) -> dict[str, bytes]:
    environment = {**os.environ, "CDKTF_OUTDIR": str(outdir), "PYTHONHASHSEED": seed}
    program = (
        "from constructs_auth import AuthApp\n"
        "from tests.synth import access, everything, identities, members, workforce\n"
        "import main\n"
        "app = AuthApp()\n"
        "access.define(app)\n"
        "everything.define(app)\n"
        "identities.define(app)\n"
        "members.define(app)\n"
        "workforce.define(app)\n"
        "main.define(app)\n"
        "app.synth()\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True
    )
    return {
        str(path.relative_to(outdir)): path.read_bytes() for path in sorted(outdir.rglob("*.json"))
    }
