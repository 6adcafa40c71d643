"""Outputs, variables and the backend, which are judged like resources."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.terraform_json import read_document, read_file

SECRET = "${aws_cognito_user_pool_client.web.client_secret}"
DOCUMENT = {
    "terraform": {"backend": {"local": {}}},
    "variable": {"client_secret": {"default": "s3cret"}},
    "output": {"secret": {"value": SECRET}},
}


def judged(document: dict[str, Any], *accepted: Accepted) -> Report:
    """Ask all rules of *document*."""
    return judge(
        read_document(document),
        rules=RULES,
        profile=STANDARD,
        accepted=accepted,
        today=date(2026, 1, 1),
    )


def test_they_have_addresses_and_the_value_is_never_said() -> None:
    report = judged(DOCUMENT)
    assert [(finding.rule.id, finding.resource.address) for finding in report.findings] == [
        ("CG701C", "output.secret"),
        ("CG701D", "var.client_secret"),
        ("CG702", "terraform.backend.local"),
    ]
    assert "s3cret" not in " ".join(finding.text for finding in report.findings)


def test_they_are_not_counted_as_resources() -> None:
    assert judged(DOCUMENT).resources == 0


def test_their_findings_can_be_accepted() -> None:
    entry = Accepted(rule="CG702", address="terraform.backend.local", reason="A demonstration.")
    report = judged(DOCUMENT, entry)
    assert [finding.rule.id for finding in report.accepted] == ["CG702"]


def test_their_file_and_line_are_known(tmp_path: Path) -> None:
    path = tmp_path / "cdk.tf.json"
    path.write_text(json.dumps(DOCUMENT, indent=2), encoding="utf-8")
    origins = [one.origin for one in read_file(path).declarations()]
    assert [(origin.file, origin.line) for origin in origins] == [
        (str(path), 13),
        (str(path), 8),
        (str(path), 3),
    ]


def test_a_plan_does_not_tell_the_backend() -> None:
    plan = {"format_version": "1.2", "resource_changes": []}
    assert read_plan(plan).declarations() == ()
