"""Synthesize an app in a process of its own, to hand over one of its stacks."""

import json
import os
import shlex
import subprocess
from pathlib import Path

from constructs_auth.errors import UnreadableError

_SETTINGS = Path("cdktf.json")


def synthesize(command: str | None, out: Path) -> Path:
    """Run the app so that it writes into *out*; give the folder of its stacks.

    Args:
        command: The command, such as `python main.py`. By default the `app` of `cdktf.json`.
        out: An empty folder.

    Raises:
        UnreadableError: There is no command, or it fails.
    """
    command = command or _command()
    try:
        finished = subprocess.run(  # noqa: S603 - the user's own program
            shlex.split(command),
            env=os.environ | {"CDKTF_OUTDIR": str(out)},
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError as error:
        raise UnreadableError(
            f"app {command!r}", f"must start, {error.strerror}", remedy="give another --app"
        ) from None
    if finished.returncode != 0:
        raise UnreadableError(
            f"app {command!r}",
            f"must synthesize, but ended with exit code {finished.returncode}",
            remedy=f"it said:\n{finished.stderr.rstrip()}",
        )
    return out / "stacks"


def _command() -> str:
    try:
        command = json.loads(_SETTINGS.read_text(encoding="utf-8"))["app"]
    except (OSError, ValueError, KeyError, TypeError):
        command = None
    if not isinstance(command, str) or not command:
        raise UnreadableError(
            "app",
            "must be known, and there is no cdktf.json with an app here",
            remedy='say --app "python main.py", or name the folder of a synthesized stack',
        )
    return command
