"""docs/arguments.md: every keyword of every construct, with the Terraform that follows it."""

import os
import re
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest

import constructs_auth
from constructs_auth import AppConfiguration, IdentityProvider, Variable
from constructs_auth._construct import AuthConstruct

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "arguments.md").read_text(encoding="utf-8")
CONSTRUCTS = [
    kind
    for name in vars(constructs_auth)["__getattr__"]("__all__")
    if isinstance(kind := getattr(constructs_auth, name), type)
    and issubclass(kind, AuthConstruct)
    and kind not in {AppConfiguration, IdentityProvider, Variable}
]
"""Without those that have no resource of their own, or a common base."""


@pytest.mark.parametrize("kind", CONSTRUCTS, ids=lambda kind: kind.__name__)
def test_the_page_has_each_keyword_of_each_construct(kind: type[AuthConstruct]) -> None:
    section = PAGE.partition(f"### {kind.__name__}\n")[2].partition("\n### ")[0]
    listed = set(re.findall(r"^\| `(\w+)", section, re.MULTILINE))
    keywords = {*signature(vars(kind)["__init__"]).parameters} - {"self", "scope", "construct_id"}
    assert listed == keywords, "run `make docs-arguments`"


@pytest.mark.thorough
def test_the_page_is_what_synthesis_shows() -> None:
    if os.environ.get("CONSTRUCTS_AUTH_FRAMEWORK") == "cdktn":
        pytest.skip("the page shows the bindings of CDKTF")
    made = subprocess.run(
        [sys.executable, "-m", "tools.arguments_page"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert made.stdout == PAGE, "run `make docs-arguments`"
