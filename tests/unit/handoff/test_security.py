"""What the rules say of a hand-off: in its README, and in the tests that go with it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from constructs_auth.handoff.reading import Stack
from constructs_auth.handoff.security import (
    security_assertions,
    security_report,
    security_sections,
)
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.synthesized import FILE, Synthesized
from tests.unit.handoff.samples import document, examples, write

POOL = "aws_cognito_user_pool.users"
CLIENT = "aws_cognito_user_pool_client.web"
POLICY = {
    "minimum_length": 15,
    "require_lowercase": True,
    "require_numbers": True,
    "require_symbols": True,
    "require_uppercase": True,
    "temporary_password_validity_days": 3,
}


def stack(*, synthesized: Synthesized = Synthesized(), **client: Any) -> Stack:
    """A pool that keeps the rules, and a client with more arguments."""
    content = document()
    pool = content["resource"]["aws_cognito_user_pool"]["users"]
    pool |= {
        "mfa_configuration": "OPTIONAL",
        "password_policy": POLICY,
        "username_configuration": {"case_sensitive": False},
    }
    content["resource"]["aws_cognito_user_pool_client"]["web"] |= client
    return Stack(name="auth", document=content, synthesized=synthesized)


def conditions(of: Stack, address: str) -> list[str]:
    """What the tests of a hand-off ask of a resource, without its address."""
    assertions = security_assertions(of, security_report(of)).get(address, ())
    return [each.condition.replace(f"{address}.", "") for each in assertions]


def test_what_a_pool_keeps_is_tested() -> None:
    assert conditions(stack(), POOL) == [
        'contains(["ON", "OPTIONAL"], mfa_configuration)',
        "password_policy[0].minimum_length >= 8",
        "alltrue([password_policy[0].require_lowercase, password_policy[0].require_numbers, "
        "password_policy[0].require_symbols, password_policy[0].require_uppercase])",
        "password_policy[0].temporary_password_validity_days <= 7",
        "!username_configuration[0].case_sensitive",
    ]


def test_the_profile_of_the_program_decides_what_is_tested() -> None:
    """NIST asks for longer passwords, and forbids to ask for kinds of character."""
    found = conditions(stack(synthesized=Synthesized(profile="nist")), POOL)

    assert "password_policy[0].minimum_length >= 15" in found
    assert [one for one in found if "require_lowercase" in one] == []


def test_what_is_found_is_not_tested() -> None:
    """A test that fails from the first day is soon switched off."""
    kept = stack(allowed_oauth_flows=["code"], explicit_auth_flows=["ALLOW_USER_SRP_AUTH"])
    broken = stack(
        allowed_oauth_flows=["implicit"], explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"]
    )

    assert conditions(kept, CLIENT) == [
        '!contains(allowed_oauth_flows, "implicit")',
        '!contains(explicit_auth_flows, "ALLOW_USER_PASSWORD_AUTH")',
    ]
    assert conditions(broken, CLIENT) == []


@pytest.mark.parametrize("flows", ["${var.flows}", ["${var.flow}"], None])
def test_what_only_terraform_knows_is_not_tested(flows: Any) -> None:
    assert conditions(stack(allowed_oauth_flows=flows), CLIENT) == []


def test_a_failing_test_names_the_resource_and_the_rule() -> None:
    found = security_assertions(stack(), security_report(stack()))[POOL]
    assert found[0].error_message == f"{POOL} must meet CG102: MFA must be on."


def test_the_readme_has_the_report_with_the_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the command reads them from beside the Terraform JSON."""
    folder = write(tmp_path / "stack", stack(allowed_oauth_flows=["implicit"]).document)
    accepted = Accepted(rule="CG201", address=CLIENT, reason="Pages of 2019 still use it.")
    (folder / FILE).write_text(Synthesized(accepted=(accepted,)).dumps(), encoding="utf-8")
    out = tmp_path / "terraform"

    assert cli.main(["handoff", str(folder), "--out", str(out)]) == 0
    capsys.readouterr()
    section = (out / "README.md").read_text(encoding="utf-8").partition("## Security")[2]
    assert "1 accepted" in section
    assert "Pages of 2019 still use it." in section
    tests = (out / "tests" / "as_written.tftest.hcl").read_text(encoding="utf-8")
    assert "must meet CG102: MFA must be on." in tests


def test_the_report_is_the_same_every_day() -> None:
    """What is over is still shown with its last day; `check` says that it is over."""
    over = Accepted(rule="CG201", address=CLIENT, reason="A test.", until=date(2020, 1, 1))
    found = security_report(
        stack(allowed_oauth_flows=["implicit"], synthesized=Synthesized(accepted=(over,)))
    )

    assert found.stale == ()
    assert [one.rule.id for one in found.accepted] == ["CG201"]


def test_a_stack_without_cognito_has_no_report() -> None:
    empty = Stack(name="state", document={"resource": {"aws_s3_bucket": {"state": {}}}})
    assert security_sections(empty, security_report(empty)) == ()


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_line_of_the_program_is_left_out(name: str) -> None:
    """It would change the hand-off whenever a line moves."""
    found = Stack(name=name, document=examples()[name])
    for section in security_sections(found, security_report(found)):
        assert "main.py" not in section.body
