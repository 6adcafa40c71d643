"""What the tests of the command work with."""

from pathlib import Path

import pytest

from constructs_auth import cli
from tests.unit.handoff.samples import document, write


class Desk:
    """A stack, a folder for its hand-off, and what the command said last."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.stack = folder / "stacks" / "auth"
        self.out = folder / "terraform"
        self._capsys = capsys
        self.said = ""
        self.complained = ""
        self.wrote = ""
        self.put(document())

    def put(self, content: object) -> None:
        """Synthesize another stack."""
        write(self.stack, content)

    def run(self, *options: str, stack: str | None = None) -> int:
        """Run the command, and give its exit code."""
        code = cli.main(["handoff", stack or str(self.stack), "--out", str(self.out), *options])
        self.said, told = self._capsys.readouterr()
        lines = told.splitlines(keepends=True)
        self.wrote = "".join(line for line in lines if line.startswith("wrote "))
        self.complained = "".join(line for line in lines if not line.startswith("wrote "))
        return code

    def text(self, name: str) -> str:
        """The text of a file of the hand-off."""
        return (self.out / name).read_text(encoding="utf-8")
