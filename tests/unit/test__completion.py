"""A shell completes commands, options and their words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def completed(line: str, folder: Path) -> list[str]:
    """Give the words with which a shell completes *line*, by the protocol of argcomplete."""
    pytest.importorskip("argcomplete", reason="the extra `completion` is not installed")
    answer = folder / "answer"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    subprocess.run(
        [sys.executable, "-m", "constructs_auth"], env=os.environ | asked, check=True, timeout=60
    )
    return [word.strip() for word in answer.read_text(encoding="utf-8").split("\n")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("constructs-auth re", ["review"]),
        ("constructs-auth check --f", ["--fail-on", "--format"]),
        ("constructs-auth rules no-implicit", ["no-implicit-grant"]),
        *(
            pytest.param(line, words, marks=pytest.mark.thorough)
            for line, words in (
                ("constructs-auth check --profile ", ["nist", "standard", "strict"]),
                ("constructs-auth review plan.json --format h", ["html"]),
                ("constructs-auth app-config --format oidc", ["oidc-client"]),
                ("constructs-auth rules CR18", ["CR18"]),
            )
        ),
    ],
)
def test_a_shell_completes_it(line: str, words: list[str], tmp_path: Path) -> None:
    assert completed(line, tmp_path) == words


def test_a_shell_completes_files(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.touch()
    assert completed(f"constructs-auth review {tmp_path}/pl", tmp_path) == [str(file)]


def test_without_argcomplete_a_shell_gets_no_words() -> None:
    program = "import sys; sys.modules['argcomplete'] = None\n"
    program += "from constructs_auth.cli import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"_ARGCOMPLETE": "1", "COMP_LINE": "constructs-auth "},
        capture_output=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == (b"", b"")
