"""Python source that is written: it means what was given, and ruff would leave it as it is."""

import ast
import shutil
import subprocess
from pathlib import Path

from hypothesis import given, strategies

from constructs_auth.adopt.python import Argument, Call, Items, Table, literal, statement


@given(strategies.text())
def test_a_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(
    strategies.recursive(
        strategies.text() | strategies.integers() | strategies.booleans(), strategies.lists
    )
)
def test_a_list_is_the_list(value: object) -> None:
    def items(one: object) -> Items | str | int:
        if isinstance(one, list):
            return Items([items(item) for item in one])
        assert isinstance(one, str | int)
        return one

    tree = ast.parse(statement("found", items(value), indent=""))
    assert isinstance(tree.body[0], ast.Assign)
    assert ast.literal_eval(tree.body[0].value) == value


def test_ruff_leaves_it_as_it_is(tmp_path: Path) -> None:
    long = Items(["https://www.example.com/callback", "https://www.example.com/other/callback"])
    call = Call(
        "UserPoolClient",
        ("stack", "it's"),
        (
            Argument(name="short", value=Table([("a", 1)])),
            Argument(name="long", value=Call("OAuth", (), (Argument(name="urls", value=long),))),
            Argument(name="above", value=True, comment="Why."),
        ),
    )
    file = tmp_path / "main.py"
    file.write_text(statement("client", call, indent="") + "\n", encoding="utf-8")
    ruff = shutil.which("ruff")
    assert ruff is not None
    command = [ruff, "format", "--isolated", "--line-length", "100", "--check", str(file)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
