"""The site of the documentation: its pages, its links, and its search without a server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from constructs_auth._lazy_names import homes_in_stub
from tests.support.browser import BrowserMissingError, find_browser, shown
from tools.commands_page import page as commands_page
from tools.reference_pages import STUB, reference_pages
from tools.site_pages import ROOT, BrokenLinkError, assemble

MKDOCS = ROOT / ".tools" / "site" / "bin" / "mkdocs"
IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}


def project(folder: Path, **pages: str) -> Path:
    """Write a small project with *pages* in its `docs/`."""
    for name in ("docs/adr", "examples"):
        (folder / name).mkdir(parents=True)
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"):
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    for name, text in pages.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def page_of(text: str, tmp_path: Path) -> str:
    """Give the page of the site that *text* in `docs/page.md` becomes."""
    pages = tmp_path / "pages"
    assemble(project(tmp_path / "project", page=text, other="# Other\n"), pages)
    return (pages / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "on_the_site"),
    [
        ("[a](other.md#x)", "[a](other.md#x)"),
        ("[a](../README.md)", "[a](index.md)"),
        ("[`a`](../SECURITY.md#b)", "[`a`](security.md#b)"),
        ("[a](rules.md#cg201)", "[a](rules/oauth.md#cg201)"),
        ("[a](../tests/x.py)", "[a](source/tests/x.py.md)"),
        ("[a](https://acme.example/x.md)", "[a](https://acme.example/x.md)"),
        ("`[a](missing.md)`", "`[a](missing.md)`"),
        ("```\n[a](missing.md)\n```", "```\n[a](missing.md)\n```"),
    ],
)
def test_a_link_goes_where_the_file_is_on_the_site(
    written: str, on_the_site: str, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project", page=written, check="# Check\n", other="# Other\n")
    (folder / "docs" / "rules.md").write_text((ROOT / "docs" / "rules.md").read_text("utf-8"))
    (folder / "tests").mkdir()
    (folder / "tests" / "x.py").write_text("1\n", encoding="utf-8")
    assemble(folder, tmp_path / "pages")
    assert (tmp_path / "pages" / "page.md").read_text("utf-8") == f"{on_the_site}\n"


@pytest.mark.parametrize("target", ["missing.md", "../missing.py", "../../outside.md"])
def test_a_link_to_nothing_stops_the_build(target: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenLinkError, match=re.escape(f"docs/page.md: {target}")):
        page_of(f"See [this]({target}).\n", tmp_path)


def test_what_belongs_to_a_list_item_stays_there(tmp_path: Path) -> None:
    text = "One:\n- item\n\n   ```sh\n   run\n   ```\n\n   more\n"
    wanted = "One:\n\n- item\n\n    ```sh\n    run\n    ```\n\n    more\n"
    assert page_of(text, tmp_path) == wanted


def test_hidden_blocks_are_left_out(tmp_path: Path) -> None:
    text = "# Page\n\n<!-- invisible-code-block: python\nx = 1\n-->\n\nText.\n"
    assert page_of(text, tmp_path) == "# Page\n\nText.\n"


def test_each_public_name_is_on_one_page_of_the_reference() -> None:
    text = "\n".join(text for name, text in reference_pages().items() if "index" not in name)
    named = re.findall(r"^::: constructs_auth\.(\w+)$", text, re.MULTILINE)
    assert sorted(named) == sorted(homes_in_stub(STUB))


def test_the_page_of_commands_is_what_the_parsers_say() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == commands_page(), "run `make docs`"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: each warning, such as a broken link, is an error."""
    if not MKDOCS.is_file() and not IN_CI:
        pytest.skip("the tools of the site are not installed: run `make docs-site`")
    subprocess.run([sys.executable, "-m", "tools.site_pages"], cwd=ROOT, check=True)
    out = tmp_path_factory.mktemp("site") / "html"
    built = subprocess.run(
        [str(MKDOCS), "build", "--strict", "--site-dir", str(out)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return out


@pytest.mark.thorough
def test_the_site_is_built_without_a_warning_and_asks_no_other_host(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 100
    loaded = re.compile(r"<(?:script|link|img)[^>]* (?:src|href)=\"?(https?:[^\" >]*)")
    for page in site.rglob("*.html"):
        assert loaded.findall(page.read_text("utf-8")) == [], page


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "page"),
    [("relying_party_id", "user_pool.html"), ("no-implicit-grant", "rules/oauth.html")],
)
def test_search_works_without_a_server(site: Path, words: str, page: str, tmp_path: Path) -> None:
    try:
        browser = find_browser(os.environ)
    except BrowserMissingError as missing:
        if IN_CI:
            raise
        pytest.skip(str(missing))
    document = shown(
        browser, site / "index.html", profile=tmp_path, query=f"?q={words}", milliseconds=20_000
    )
    results = re.findall(r'<a href="([^"]+)" class="md-search-result__link"', document)
    assert any(page in one for one in results), results
