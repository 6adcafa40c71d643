"""The page for people who would rather look: complete, safe, and shown by a real browser."""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from constructs_auth.review.report import html
from tests.plans.verdicts import reviewed as reviewed_recording
from tests.support.browser import shown
from tests.support.requirements import require_browser
from tests.unit.review.plans import reviewed
from tests.unit.review.test_markdown import NASTY, a_plan_of

VOID = {"meta", "br"}
ALLOWED = {
    "article",
    "b",
    "body",
    "br",
    "code",
    "del",
    "details",
    "div",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "html",
    "ins",
    "li",
    "main",
    "meta",
    "p",
    "section",
    "span",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
}
MEASURE = """<script>
const page = document.documentElement;
document.title = [
  page.scrollWidth <= page.clientWidth,
  document.querySelectorAll(".finding").length,
  getComputedStyle(document.querySelector(".verdict")).borderLeftWidth,
  [...document.querySelectorAll("td:nth-child(2)")].every((cell) => cell.clientHeight < 260),
  window.pwned === undefined,
].join(" ");
</script>"""
ATTACK = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'


class Elements(HTMLParser):
    """Collects the elements of a page, and holds that each one that opens also closes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold that what opened last closes first."""
        assert self._open.pop() == tag


@pytest.mark.parametrize("text", [*NASTY, ATTACK, '" onclick="x'], ids=repr)
def test_no_value_becomes_markup(text: str) -> None:
    page = Elements(html.write([reviewed(a_plan_of(text))]))
    assert set(page.found) <= ALLOWED
    assert page.attributes <= {
        "charset",
        "class",
        "content",
        "http-equiv",
        "lang",
        "name",
        "open",
        "scope",
    }


def test_it_needs_nothing_from_elsewhere() -> None:
    page = html.write([reviewed_recording("pool_name_with_members")])
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe|object)", page)
    assert not re.search(r"(\bsrc=|href=|url\()", page)


def test_it_says_what_the_other_formats_say() -> None:
    page = html.write([reviewed_recording("pool_name_with_members")])
    assert (
        "Cognito refuses to delete the pool &quot;acme-users&quot; with about 120,000 users" in page
    )
    assert page.count('<section class="finding critical">') == 1
    assert "13 consequences" in page
    assert "48 differences without meaning" in page


def test_several_plans_are_on_one_page() -> None:
    page = html.write([reviewed_recording("mfa_off"), reviewed_recording("no_change")])
    assert page.count('<article class="review">') == 2
    assert "<title>Plan of mfa_off, no_change</title>" in page


@pytest.fixture(scope="module")
def browser() -> Path:
    """A browser; without one these tests skip, or fail where `CI=true`."""
    return require_browser(os.environ)


def measured(page: str, browser: Path, folder: Path, width: int) -> str:
    """Give what the browser measures of *page*; scripts are allowed for that alone."""
    file = folder / "page.html"
    allowed = re.sub(r"<meta http-equiv=[^>]*>\n", "", page)
    file.write_text(allowed.replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
    document = shown(browser, file, profile=folder / "profile", width=width)
    return next(_titles(document))


def _titles(document: str) -> Iterator[str]:
    yield from re.findall(r"<title>(.*?)</title>", document)


@pytest.mark.parametrize("width", [1280, 500])
@pytest.mark.thorough
def test_a_browser_shows_it_without_scrolling_to_the_side(
    browser: Path, tmp_path: Path, width: int
) -> None:
    page = html.write([reviewed_recording("pool_name_with_members")])
    assert measured(page, browser, tmp_path, width) == "true 1 6px true true"


@pytest.mark.thorough
def test_in_a_browser_no_value_runs(browser: Path, tmp_path: Path) -> None:
    page = html.write([reviewed(a_plan_of(ATTACK))])
    fits, findings, *_, untouched = measured(page, browser, tmp_path, 1280).split()
    assert (fits, untouched) == ("true", "true")
    assert int(findings) >= 2
