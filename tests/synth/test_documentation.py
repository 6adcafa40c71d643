"""Every Python block of the README and of `docs/` runs, and what a page defines is valid.

A page is one program: its blocks run in order. A block may use each public name, an empty `stack`
and its `app`. What else it needs stands in the page, in a comment that readers do not see
(`<!-- invisible-code-block: python`).

Without `CI=true`, the pages that beginners read first run, and all others are compiled.
"""

import re
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

import constructs_auth
from constructs_auth import AuthApp, AuthStack

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SYBIL = Sybil([PythonCodeBlockParser()])
BLOCK = re.compile(r"^ *```python$", re.MULTILINE)
WITH_BLOCKS = [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))]
FIRST = ("README", "tutorial", "stack", "user_pool")
LIBRARIES = {"sign_in_from_a_server": "authlib.integrations.flask_client"}
"""What a page needs that the environments of other frameworks and floors do not have."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if page.stem in FIRST else pytest.mark.thorough, id=page.stem)
        for page in WITH_BLOCKS
    ],
)
def test_the_blocks_of_a_page_run(
    page: Path, app: AuthApp, stack: AuthStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.stem in LIBRARIES:
        pytest.importorskip(LIBRARIES[page.stem], reason="only the environment of Pipfile has it")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "out"))
    document = SYBIL.parse(page)
    for name in vars(constructs_auth)["__getattr__"]("__all__"):
        document.namespace[name] = getattr(constructs_auth, name)
    document.namespace.update(app=app, stack=stack)
    for example in document:
        example.evaluate()
    app.synth()


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=lambda page: page.stem)
def test_no_block_of_a_page_is_missed_and_each_is_python(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    hidden = text.count("<!-- invisible-code-block: python\n")
    examples = list(SYBIL.parse(page))
    assert len(examples) == len(BLOCK.findall(text)) + hidden
    for example in examples:
        compile(str(example.parsed), str(page), "exec")
