"""Python source that is written: it means what was given, and ruff would leave it as it is."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, strategies

from constructs_auth.adopt.python import (
    Argument,
    Call,
    Code,
    Expression,
    Items,
    Statement,
    Table,
    literal,
    names_in,
)


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

    tree = ast.parse(Statement("found", items(value)).text(indent=""))
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
    file.write_text(Statement("client", call).text(indent="") + "\n", encoding="utf-8")
    ruff = shutil.which("ruff")
    assert ruff is not None
    command = [ruff, "format", "--isolated", "--check", str(file)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("expression", "source"),
    [
        (Code("users"), "pools.users"),
        (Code("users.arn"), "pools.users.arn"),
        (Code('users.attribute("users")'), 'pools.users.attribute("users")'),
        (Code('"users"'), '"users"'),
        (Code("users_of_acme"), "users_of_acme"),
        (Code("mine.users"), "mine.users"),
        ("users", '"users"'),
        (Call("users.attribute", ("users",)), 'pools.users.attribute("users")'),
        (Items([Code("users"), Items([Code("users")])]), "[pools.users, [pools.users]]"),
        (Table([(Code("users.id"), Code("users"))]), "{pools.users.id: pools.users}"),
        (
            Call("Outer", (Code("users"),), (Argument(name="users", value=Code("users")),)),
            "Outer(pools.users, users=pools.users)",
        ),
    ],
)
def test_a_reference_names_the_owner_of_a_variable(expression: Expression, source: str) -> None:
    moved = Statement("users", expression).with_owners({"users": "pools.users"})
    assert Statement("", moved.expression).text(indent="") == source


def test_a_statement_about_a_variable_of_elsewhere_names_its_owner() -> None:
    statement = Statement("users.resource.tags", Table([]), "Why.\nAnd more.")
    moved = statement.with_owners({"users": "pools.users"})
    assert moved.text(indent="  ") == "  # Why.\n  # And more.\n  pools.users.resource.tags = {}"


def test_a_reference_to_another_file_needs_no_class() -> None:
    """The class of the variable is imported where the variable is defined."""
    secret = Statement("", Code("secret.string_value", ("Variable",)))
    assert [*names_in(secret.expression)] == ["Variable"]
    moved = secret.with_owners({"secret": "variables.secret"})
    assert moved == Statement("", Code("variables.secret.string_value"))


def test_a_statement_knows_the_variables_that_it_refers_to() -> None:
    call = Call("web.add", ("users",), (Argument(name="to", value=Items([Code("staff.name")])),))
    assert [*Statement("", call).variables()] == ["web", "staff"]
    assert [*Statement("web", Code("users")).variables()] == ["users"]
    assert [*Statement("web.resource.tags", Table([])).variables()] == ["web"]
