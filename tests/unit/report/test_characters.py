"""No character of a value changes how a reader or a CI system reads a report."""

import json
import re
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st

from constructs_auth.report.characters import json_of, log_line, log_text, one_line
from constructs_auth.report.markdown import plain
from constructs_auth.review.command import Format
from tests.unit.review.plans import change, plan, run, written

KEYS = [
    "a\n::error::pwned",
    "##[error]pwned",
    "esc\x1b[31m\x9b31m",
    "\u202etxt.exe",
    "zero\u200bwidth\ufeff",
    "\ud800",
]
UNSEEN = {"Cc", "Cf", "Cs"}
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DOCUMENTS = st.recursive(
    PLAIN | st.sampled_from(Format),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def unseen(text: str) -> set[str]:
    """The characters of a report that nobody sees, but for the ends of its lines."""
    return {one for one in text if unicodedata.category(one) in UNSEEN and one != "\n"}


def assert_harmless(report: str) -> None:
    """Hold that nothing in a log hides, and that no line is a command of GitHub Actions."""
    assert unseen(report) == set()
    assert not re.search(r"^\s*::", report, re.MULTILINE)


@pytest.mark.parametrize("form", Format)
def test_a_key_of_a_map_reaches_no_report_as_it_is(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"input": dict.fromkeys(KEYS, "v")}
    document = plan(change("terraform_data", "x", {"input": {}}, values))
    assert run(written(tmp_path, document), "--format", form) == 0
    report = capsys.readouterr().out
    assert_harmless(report)
    assert "##[" not in report


def test_an_error_quotes_nothing_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path / "x\n::error::y\x1b[31m")) == 3
    assert_harmless(capsys.readouterr().err)


@pytest.mark.parametrize("command", ["##[error]x", "##vso[task.complete]x", "##teamcity[x]"])
@pytest.mark.parametrize("form", Format)
def test_no_format_contains_a_command_of_a_log(
    form: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = change(
        "aws_cognito_user_pool", "users", {"name": command, "id": "a"}, None, index=f'"{command}"'
    )
    assert run(written(tmp_path, plan(pool)), "--format", form, "--label", command) == 1
    assert not re.search(r"##\w*\[", capsys.readouterr().out)


@pytest.mark.parametrize("unseen_one", "\u034f\u17b4\u180b\u206a\u3164\ufe0f\U000e0100\U0001d173")
def test_what_has_no_width_is_visible(unseen_one: str) -> None:
    assert one_line(f"a{unseen_one}b") == log_line(f"a{unseen_one}b") == "a\ufffdb"


@given(text=st.text() | st.lists(st.sampled_from(KEYS)).map("".join))
def test_no_text_at_all_gets_through(text: str) -> None:
    for shown in (one_line(text), log_line(text)):
        assert unseen(shown) <= {one for one in text if ord(one) > 0xFFFF}
        assert "\n" not in shown
    assert len(log_line(text)) == len(text)
    assert "##[" not in log_line(text)
    assert log_text(text).count("\n") == text.count("\n")


@given(document=DOCUMENTS)
def test_the_json_of_a_report_is_the_same_json_without_unseen_characters(document: object) -> None:
    written = json_of(document)
    assert json.loads(written) == json.loads(json.dumps(document))
    assert unseen(written) == set()


@given(document=DOCUMENTS)
def test_the_json_of_a_report_is_indented_as_python_does(document: object) -> None:
    written = json.dumps(document, indent=2, ensure_ascii=False)
    assume(unseen(written) == set() and "##" not in written)
    assert json_of(document) == f"{written}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask @octocat.", "ask `@octocat`."),
        ("see acme/app#12, GH-3", "see `acme/app#12`, `GH-3`"),
        ("(https://a.example/x).", "(`https://a.example/x`)."),
        ("ann@acme.example", "`ann@acme.example`"),
        ("merge request !7", "merge request `!7`"),
        ("_www.a.example, _GH-3", "`_www.a.example`, `_GH-3`"),
        ("GL-3, [issue:3], [[home]]", "`GL-3`, `[issue:3]`, `[[home]]`"),
        ("commit 9ba12248 or deadbeefcafe", "commit `9ba12248` or `deadbeefcafe`"),
        ("a decade, 120,000 users", "a decade, 120,000 users"),
        ("awww.", "awww."),
        ("100% of R", "100% of R"),
    ],
)
def test_what_a_platform_would_link_is_code(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_text_that_a_terminal_gets_is_written_line_by_line() -> None:
    lines = StringIO(log_text("a\x1b\n::b"))
    assert lines.read() == "a\ufffd\n_:b"
