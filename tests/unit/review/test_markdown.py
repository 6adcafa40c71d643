"""Markdown for pull requests: well-formed whatever the values are, and never too long."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from constructs_auth.review.report import markdown, sentences
from constructs_auth.review.report.markdown import Section, fit
from constructs_auth.review.reviewer import Review
from constructs_auth.rules.accepted import Accepted
from tests.plans.verdicts import reviewed as reviewed_recording
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OWN_HTML = re.compile(
    r"<!-- constructs-auth \{[^<>]*\} -->|</?details>|<details open>|<summary>[^<>]*</summary>"
    r"|<br>|</?sub>"
)
NASTY = [
    "|",
    "a | b",
    "`",
    "``` \n```",
    "\n",
    "\r\n# heading",
    "<script>alert(1)</script>",
    "</details>",
    "-->",
    "@everyone",
    "@`",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "https://evil.example/",
    "&lt;b&gt;",
    "\\",
    "\u202egpj.exe",
    "---",
    "1. x",
    "* x",
    "~~~",
    "$x$",
    "#1",
    "GH-1",
    "!1",
    "ann@acme.example",
    "\x00",
    "\x9b31m",
    "\u200b",
    "/approve",
    "a\n/merge",
]


def tokens_of(page: str) -> Iterator[Token]:
    """Walk through what a CommonMark parser makes of *page*, with what is inside of lines."""
    for token in GITHUB.parse(page):
        yield token
        yield from token.children or ()


def assert_well_formed(page: str) -> None:
    """Hold that nothing but our own markup is markup, and that each row has all its cells."""
    tokens = list(tokens_of(page))
    for token in tokens:
        assert token.type not in {"image", "link_open", "s_open", "blockquote_open"}, page
        assert token.type not in {"bullet_list_open", "ordered_list_open", "hr"}, page
        if token.type in {"html_block", "html_inline"}:
            assert not OWN_HTML.sub("", token.content).strip(), token.content
        elif token.type == "fence":
            assert token.info == "mermaid"
    words = [token.content for token in tokens if token.type == "text"]
    assert not any("@" in text for text in words), "GitHub would notify somebody"
    assert not re.search(r"^\s*/", page, re.MULTILINE), "GitLab would take it for a quick action"
    for cells, head in rows_of(page):
        assert cells == head, page


def rows_of(page: str) -> Iterator[tuple[int, int]]:
    """Count the bars of each row of each table, and those of its head.

    The parser would fill up what is missing, and drop what is too much.
    """
    head = 0
    for line in page.split("\n"):
        bars = line.count("|") if line.startswith("|") else 0
        head = head or bars if bars else 0
        if bars:
            yield bars, head


def a_plan_of(text: str) -> dict[str, Any]:
    """Put *text* wherever a report shows what somebody wrote."""
    client = change(
        CLIENT,
        "web",
        {"name": text, "callback_urls": [text, "https://a.example"], "tags": {"k": text}},
        {"name": text, "callback_urls": [f"https://{text}"], "tags": {text: f"{text}{text}"}},
    )
    pool = change(
        POOL,
        "users",
        {"name": text, "lambda_config": [{"pre_sign_up": text}]},
        {"name": f"{text}2", "lambda_config": [{"pre_sign_up": f"{text}2"}]},
        actions=("delete", "create"),
        replace_paths=[["name"]],
    )
    other = change("null_resource", "x", None, {"id": "1"})
    other["address"] = f'null_resource.x["{text}"]'
    moved = {**change(POOL, "b", {"name": "b"}, {"name": "b"}, actions=("no-op",))}
    moved["previous_address"] = f'{POOL}.a["{text}"]'
    drifted = change(POOL, "c", {"name": text}, {"name": f"{text}2"})
    odd = {**change("null_resource", "y", {"id": "1"}, None), "action_reason": text}
    return plan(
        client,
        pool,
        other,
        moved,
        odd,
        terraform_version=text,
        output_changes={text: {"actions": ["update"]}},
        resource_drift=[{**drifted, "address": f"aws_cognito_user_pool.{text}"}],
    )


@pytest.mark.parametrize("text", NASTY, ids=repr)
def test_a_value_cannot_break_out_of_its_place(text: str) -> None:
    page = markdown.write([reviewed(a_plan_of(text))])
    assert_well_formed(page)


@given(text=st.text(max_size=30) | st.lists(st.sampled_from(NASTY), max_size=4).map("".join))
def test_no_value_at_all_can(text: str) -> None:
    page = markdown.write([reviewed(a_plan_of(text))])
    assert_well_formed(page)


@pytest.mark.parametrize("label", [*NASTY, "auth", "stacks/auth"], ids=repr)
def test_the_hidden_header_stays_hidden(label: str) -> None:
    result = reviewed(plan())
    object.__setattr__(result, "label", label)
    line = markdown.header(result)
    assert "\n" not in line
    first = GITHUB.parse(line)[0]
    assert (first.type, first.content) == ("html_block", line)


def test_the_header_is_one_for_each_root_module() -> None:
    one, other = reviewed(plan()), reviewed(plan())
    object.__setattr__(one, "label", "auth")
    object.__setattr__(other, "label", "billing")
    assert markdown.header(one) == '<!-- constructs-auth {"v": 1, "root": "auth"} -->'
    assert markdown.header(one) != markdown.header(other)


def test_the_verdict_comes_first() -> None:
    lines = markdown.write([reviewed_recording("pool_unprotected_name")]).splitlines()
    assert lines[:5] == [
        '<!-- constructs-auth {"v": 1, "root": "pool_unprotected_name"} -->',
        "",
        "## Plan of `pool_unprotected_name`",
        "",
        "**1 critical: Terraform deletes about 120,000 users, with passwords and second factors, "
        'and the pool "acme-users" because name cannot be changed.**',
    ]


def test_a_refused_plan_says_so_first() -> None:
    page = markdown.write([reviewed_recording("prevent_destroy_replaced")])
    assert "**Terraform failed to create this plan. 1 critical: The apply fails: " in page


def test_a_plan_of_nothing_says_so() -> None:
    assert "**No changes.**" in markdown.write([reviewed(plan())])


URLS = {"name": "web", "callback_urls": ["https://a.example", "https://b.example"]}
FEWER = change(CLIENT, "web", URLS, {**URLS, "callback_urls": ["https://a.example"]})
UNKNOWN = change(CLIENT, "web", URLS, {"name": "web"}, after_unknown={"callback_urls": True})
NEW = change("null_resource", "a", None, {"id": "1"})
ACCEPTED = (Accepted(rule="CH21", address=f"{CLIENT}.web", reason="the beta is over"),)


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        (plan(NEW), "Nothing dangerous found."),
        (plan(FEWER), "Only accepted findings: 1."),
        (plan(UNKNOWN), "Unknown until apply: what 1 change will do."),
        (plan(), "No changes."),
        (
            plan(NEW, complete=False),
            "This plan is not complete: another one has to follow. Nothing dangerous found in what "
            "it shows.",
        ),
        (plan(errored=True), "Terraform failed to create this plan."),
        (
            plan(NEW, deferred_changes=[{}]),
            "This plan also defers changes to a later apply, which no rule judges. Nothing "
            "dangerous found in what it shows.",
        ),
    ],
)
def test_nothing_dangerous_is_said_only_where_there_is_nothing(
    document: dict[str, Any], verdict: str
) -> None:
    assert sentences.verdict(reviewed(document, accepted=ACCEPTED)) == verdict


def test_sets_are_shown_as_what_comes_and_what_goes() -> None:
    page = markdown.write([reviewed_recording("callback_url_replaced")])
    assert (
        '| `callback_urls` | \\- `"https://app.acme.example/callback"` '
        '| + `"https://www.acme.example/callback"` |'
    ) in page


def test_what_follows_is_listed_under_its_cause() -> None:
    page = markdown.write([reviewed_recording("pool_name_with_members")])
    assert page.count("### Critical") == 1
    assert "13 consequences" in page
    assert page.count('Users can no longer sign in to "web"') == 1


@cache
def many(count: int) -> Review:
    """Review a plan in which *count* clients lose a callback URL."""
    document = plan(
        *(
            change(
                CLIENT,
                f"web{at:05}",
                {"name": f"web{at}", "callback_urls": ["https://a.example", "https://b.example"]},
                {"name": f"web{at}", "callback_urls": ["https://a.example"]},
            )
            for at in range(count)
        )
    )
    return reviewed(document)


@pytest.mark.parametrize("count", [1, 50, 150, 1_000])
def test_a_comment_fits_and_says_what_is_left_out(count: int) -> None:
    page = markdown.write([many(count)])
    assert len(page) <= 60_000
    assert_well_formed(page)
    assert page.count("```") % 2 == 0
    assert page.count("<details") == page.count("</details>")
    assert page.rstrip().endswith("</sub>")
    left_out = "Left out to save space" in page
    assert left_out is (count > 100)


def test_what_is_left_out_is_counted_with_its_section() -> None:
    page = markdown.write([many(1_000)])
    shown = len(re.findall(r"^\*\*Users cannot sign in", page, re.MULTILINE))
    note = re.search(r"\*\*Left out to save space:\*\* ([\d,]+) more in «High»; (.*)\.", page)
    assert note is not None
    assert int(note[1].replace(",", "")) == 1_000 - shown
    assert "more in «Resources»; «Changed attributes» (1,000); «Diagram» (1)" in note[2]


def test_an_item_that_does_not_fit_is_skipped_and_what_comes_after_it_is_shown() -> None:
    huge = Section(title="High", head="### High", items=["a", "b" * 500, "c"])
    texts, notes = fit([huge, Section(title="Low", head="### Low", items=["d"])], 100)
    assert texts == ["### High\n\na\n\nc", "### Low\n\nd"]
    assert notes == ["1 more in «High»"]


def test_an_item_that_does_not_fit_in_full_is_shown_in_brief() -> None:
    section = Section(title="High", head="", items=["a" * 80, "b" * 80], brief=["a", "b"])
    assert fit([section], 100) == ([f"{'a' * 80}\n\nb"], [])


def test_the_end_of_a_long_address_is_kept() -> None:
    pool = change(POOL, "users", {"name": "a"}, None)
    pool["address"] = f'module.tenants["{"x" * 50_000}"].{POOL}.users'
    page = markdown.write([reviewed(plan(pool))])
    assert re.search(r'`module\.tenants\["x+…x+"\]\.aws_cognito_user_pool\.users`', page)
    assert "Left out" not in page


def large_plan(count: int, text: str, where: str) -> dict[str, Any]:
    """Make a plan that deletes *count* pools and changes a client; *text* is large."""
    pools = []
    for at in range(count):
        pool = change(POOL, f"p{at}", {"name": text if where == "name" else "a"}, None)
        if where == "address":
            pool["address"] = f'{POOL}.p["{at}{text}"]'
        if where == "module":
            pool["address"] = f'module.m["{text}"].{POOL}.p{at}'
        if where == "reason":
            pool["action_reason"] = text
        pools.append(pool)
    tags = {"name": "web", "tags": {text: "a"}}
    client = change(CLIENT, "web", tags, {**tags, "tags": {text: "b", f"{text}2": "c"}})
    return plan(client, *pools, output_changes={text: {"actions": ["update"]}})


@given(
    count=st.sampled_from([1, 3, 200, 2_000]),
    long=st.sampled_from(["x", "|", "`", "@a ", "1. ", "é", "\U0001f308", "a.b/"]),
    length=st.sampled_from([1, 300, 50_000]),
    where=st.sampled_from(["address", "name", "module", "reason"]),
)
@example(count=200, long="|", length=300, where="name")
def test_the_worst_findings_are_in_the_comment_however_large_the_plan_is(
    count: int, long: str, length: int, where: str
) -> None:
    length = length if count < 200 else min(length, 300)
    document = large_plan(count, long * (length // len(long)), where)
    page = markdown.write([reviewed(document)])
    assert len(page) <= 60_000
    assert_well_formed(page)
    assert f"**{count} critical: Terraform deletes " in page
    assert page.count("`CR01`") >= min(count, 40)
    left_out = re.search(r"([\d,]+) more in «Critical»", page)
    hidden = int(left_out[1].replace(",", "")) if left_out else 0
    assert page.count("`CR01`") + hidden == count


@pytest.mark.parametrize("count", [10, 500])
def test_of_very_many_plans_the_worst_have_a_place_and_the_rest_is_counted(count: int) -> None:
    worst = reviewed(plan(change(POOL, "users", {"name": "a" * 10_000}, None)))
    page = markdown.write([*[many(1)] * count, worst])
    assert len(page) <= 60_000
    assert "1 critical: Terraform deletes " in page
    assert page.count("`CR01`") == 1
    counted = re.search(r"\*\*Left out to save space:\*\* (\d+) more plans \((\d+) high\)", page)
    shown = page.count("<!-- constructs-auth")
    assert shown + (int(counted[1]) if counted else 0) == count + 1


def test_several_plans_share_the_room_of_one_comment() -> None:
    page = markdown.write([many(1_000), many(1_000)])
    assert len(page) <= 60_000
    assert page.count("<!-- constructs-auth") == 2


def test_names_in_the_diagram_are_only_names() -> None:
    pool = change(POOL, "users", None, {"name": "a"})
    pool["address"] = 'aws_cognito_user_pool.users["x\\"]; click n0 call()<b>`"]'
    page = markdown.write([reviewed(plan(pool))])
    fence = next(token for token in GITHUB.parse(page) if token.type == "fence")
    assert fence.content.splitlines()[1] == (
        '  n0["aws_cognito_user_pool.users[#34;x#92;#34;]#59; click n0 call#40;#41;#60;b#62;#96;'
        '#34;]<br/>create"]:::create'
    )
