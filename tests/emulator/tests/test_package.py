"""The package stands alone, and its README lists each completion."""

import ast
import re
from importlib.metadata import version
from pathlib import Path

import botocore.session  # type: ignore[import-untyped]

from tests.emulator import process

PACKAGE = Path(process.__file__).parent
README = (PACKAGE / "README.md").read_text(encoding="utf-8")
FILES = sorted(PACKAGE.rglob("*.py"))
NAME = "tests.emulator"
SERVICES = (
    "cognito-identity",
    "cognito-idp",
    "identitystore",
    "kms",
    "logs",
    "s3",
    "sso-admin",
    "wafv2",
)


def imports_of(file: Path) -> set[str]:
    """What a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
    return found


def completions_in(file: Path) -> set[str]:
    """The functions of a file that take the place of moto's."""
    return {
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "completes"
    }


def sections() -> dict[str, set[str]]:
    """The functions in the last column of the README's tables, by the file in the heading."""
    found: dict[str, set[str]] = {}
    for section in README.split("\n### ")[1:]:
        heading, *lines = section.split("\n## ")[0].splitlines()
        name = re.match(r"`(\w+\.py)`: ", heading)
        assert name is not None, heading
        found[name[1]] = {
            re.sub(r"^`(\w+)`$", r"\1", line.split(" | ")[-1].removesuffix(" |"))
            for line in lines
            if line.startswith("| ") and not line.startswith(("| call |", "| --- |"))
        }
    return found


def test_imports_nothing_of_the_project_around_it() -> None:
    """So that another project can copy the folder."""
    forbidden = {
        (file.name, name)
        for file in FILES
        for name in imports_of(file)
        if name.partition(".")[0] in {"constructs_auth", "tests", "examples", "bench", "tools", ""}
        and name != NAME
        and not name.startswith(f"{NAME}.")
    }
    assert not forbidden


def test_the_readme_lists_each_completion_and_no_other() -> None:
    completed = {file.name: names for file in FILES if (names := completions_in(file))}
    listed = sections()
    assert listed.pop("token_endpoint.py") == {"with_token_endpoint"}
    assert listed.pop("pages.py") == {"with_sign_in_pages"}
    assert listed.pop("federation.py") == {
        "begin",
        "take_saml_response",
        "take_openid_response",
        "`sign_out_everywhere`, `take_sign_out_response`",
    }
    assert listed.pop("outside.py") == {"with_stand_ins"}
    assert listed.pop("server.py") == {"_with_open_keys"}
    assert listed.pop("mailbox.py") == {"with_mailbox"}
    assert listed.pop("errors.py") == {"with_json_errors"}
    assert listed.pop("browsers.py") == {"for_browsers"}
    assert listed == completed


def test_the_server_has_each_completion() -> None:
    """A file that nobody imports completes nothing."""
    from tests.emulator import server  # noqa: PLC0415 - slow, and each process collects

    imported = {Path(module.__file__ or "").name for module in server.COMPLETIONS}
    assert imported == {file.name for file in FILES if completions_in(file)}


def test_the_readme_names_each_file_beside_the_completions() -> None:
    files = {file.name for file in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert {name for name in files if f"`{name}`" not in README} == set()


def test_the_readme_names_the_version_of_moto_that_it_speaks_of() -> None:
    """Who updates moto looks at each completion again: moto may have it by then."""
    assert f"moto {version('moto')} " in README


def test_the_pages_of_the_api_reference_exist() -> None:
    """The reference has a page for each operation and each shape of the API's model."""
    session = botocore.session.get_session()
    models = [session.get_service_model(service) for service in SERVICES]
    pages = {name for model in models for name in (*model.operation_names, *model.shape_names)}
    rows = "\n".join(line for line in README.splitlines() if line.startswith("| "))
    named = {*re.findall(r"API (\w+)", rows), *re.findall(r"(?m)^\| `([A-Z]\w+)`", rows)}
    assert len(named) > len(sections())
    assert named - pages - {"GET", "POST"} == set()
