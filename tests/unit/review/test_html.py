"""The page for people who would rather look: complete, safe, and shown by a real browser."""

import os
import re
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from constructs_auth.review.report import html, markdown
from constructs_auth.rules.accepted import Accepted
from tests.plans.verdicts import reviewed as reviewed_recording
from tests.support.browser import shown
from tests.support.requirements import require_browser
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed
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
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "html",
    "ins",
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
        "data-column",
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


LONG = f"https://{'a' * 150}.example/callback"
PLACE = f'aws_cognito_user_pool_client.{"of_the_customers_" * 8}["{"key/" * 20}"]'
CUT = """<script>
onload = () => {
  const page = frames[0].document;
  for (const one of page.querySelectorAll("details")) one.open = true;
  const inside = (rect, left, right) => rect.left >= left - 1 && rect.right <= right + 1;
  const shown = [...page.querySelectorAll("main *")].flatMap((one) => [...one.getClientRects()]);
  const outside = shown.filter((rect) => !inside(rect, 0, page.documentElement.clientWidth));
  const cells = [...page.querySelectorAll("td")];
  const cut = cells.filter((cell) => {
    const content = page.createRange();
    content.selectNodeContents(cell);
    const { left, right } = cell.getBoundingClientRect();
    return ![...content.getClientRects()].every((rect) => inside(rect, left, right));
  });
  const scrolled = page.documentElement.scrollWidth > page.documentElement.clientWidth;
  const head = getComputedStyle(page.querySelector("thead")).display;
  document.title = [cells.length > 20, outside.length, cut.length, scrolled, head].join(" ");
};
</script>"""


def a_long_plan() -> dict[str, Any]:
    """Make a plan with long addresses, keys and values in every table of the page."""
    web = change(
        CLIENT,
        "web",
        {"name": LONG, "callback_urls": [LONG, "https://a.example"], "access_token_validity": 1},
        {"name": f"{LONG}2", "callback_urls": [f"{LONG}/b"], "access_token_validity": 24},
    )
    pool = change(
        POOL,
        "users",
        {"name": LONG, "mfa_configuration": "ON"},
        {"name": f"{LONG}2", "mfa_configuration": "OFF"},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    drifted = {**change(POOL, "c", {"name": LONG}, {"name": f"{LONG}2"}), "address": PLACE}
    return plan(
        {**web, "address": PLACE},
        pool,
        output_changes={"o" * 100: {"actions": ["update"]}},
        resource_drift=[drifted],
    )


ACCEPTED = (
    Accepted(rule="CH30", address=PLACE, reason=f"As agreed in {LONG}.", until=date(2027, 6, 30)),
    Accepted(rule="CG101", address=PLACE, reason="Not any more."),
)


@pytest.mark.parametrize(
    ("width", "head"),
    [(360, "none"), (768, "none"), (769, "table-header-group"), (1280, "table-header-group")],
)
@pytest.mark.thorough
def test_no_column_is_cut_at_any_width(
    browser: Path, tmp_path: Path, width: int, head: str
) -> None:
    """The page is in a frame: a window of the browser is not as narrow as a phone."""
    page = html.write([reviewed(a_long_plan(), accepted=ACCEPTED)])
    framed = escape(re.sub(r"<meta http-equiv=[^>]*>\n", "", page))
    frame = f'<iframe width="{width}" height="900" frameborder="0" srcdoc="{framed}"></iframe>'
    file = tmp_path / "framed.html"
    file.write_text(f"<!doctype html><title></title>{frame}{CUT}", encoding="utf-8")
    document = shown(browser, file, profile=tmp_path / "profile", width=1400)
    assert next(_titles(document)) == f"true 0 0 false {head}"


def words_of(page: str) -> tuple[list[str], set[tuple[str, ...]]]:
    """Give the headings of a page, and the columns of its tables."""
    headings = re.findall(r"<h[23]>(.*?)</h[23]>", page)
    heads = re.findall(r"<thead>(.*?)</thead>", page, re.DOTALL)
    columns = {tuple(re.findall(r"<th[^>]*>(.*?)</th>", head)) for head in heads}
    return [re.sub(r"<.*?>", "", one) for one in headings], columns


def test_its_headings_and_columns_are_those_of_the_comment() -> None:
    review = reviewed(a_long_plan(), accepted=ACCEPTED)
    comment = MarkdownIt("commonmark", {"html": True}).enable("table")
    in_comment, columns_there = words_of(comment.render(markdown.write([review])))
    in_page, columns_here = words_of(html.write([review]))
    ours = [one for one in in_page if one in in_comment]
    assert ours == [one for one in in_comment if one in in_page]
    assert {*in_comment} - {*ours} == {"Plan of plan.json", "Changed attributes"}
    assert {
        "New findings of check",
        "Accepted",
        "Accepted findings to remove",
        "Resources",
        "Outputs",
        "Drift",
    } <= {*ours}
    assert len(columns_here) >= 6
    assert columns_here <= columns_there


def test_its_rows_are_those_of_the_comment() -> None:
    """What is accepted, until when and why, what changed outside, and what to do instead."""
    review = reviewed(a_long_plan(), accepted=ACCEPTED)
    page = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", html.write([review])))
    for one in ("2027-06-30", "Not any more.", "(replaces)", "Instead:", "o" * 100):
        assert one in page
        assert one in markdown.write([review])


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
