"""What a plan does not show, and the Terraform JSON before and after does."""

import json
from pathlib import Path

import pytest

from tests.plans.record import RECORDED
from tests.unit.review.plans import CLIENT, POOL, run

LOCK = """
provider "registry.terraform.io/hashicorp/random" {{
  version = "3.0.0"
}}

provider "registry.terraform.io/hashicorp/aws" {{
  version     = "{version}"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:abc=",
  ]
}}
"""


def stack(folder: Path, *, guarded: bool, version: str = "") -> str:
    """Write the Terraform JSON of a pool and a client, and give its folder."""
    folder.mkdir()
    lifecycle = {"lifecycle": {"prevent_destroy": True}} if guarded else {}
    resources = {POOL: {"users": lifecycle}, CLIENT: {"web": lifecycle}}
    (folder / "cdk.tf.json").write_text(json.dumps({"resource": resources}), "utf-8")
    if version:
        (folder / ".terraform.lock.hcl").write_text(LOCK.format(version=version), "utf-8")
    return str(folder)


def findings_in(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    """Give rule, severity and sentence of each finding that was printed as JSON."""
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    return [(one["rule"], one["severity"], one["text"]) for one in review["findings"]]


def test_a_guard_that_goes_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = stack(tmp_path / "base", guarded=True)
    now = stack(tmp_path / "now", guarded=False)
    plan = str(RECORDED / "no_change.json")
    assert run(plan, "--base", base, "--synth", now, "--format", "json") == 1
    assert findings_in(capsys) == [
        (
            "CH47",
            "high",
            'From now on, a mistaken plan can destroy the pool "acme-users" with about 120,000 '
            "users: prevent_destroy is removed.",
        ),
        (
            "CH47",
            "high",
            'From now on, a mistaken plan can destroy "web": prevent_destroy is removed.',
        ),
    ]


def test_a_guard_that_goes_with_what_it_guards_is_worse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = stack(tmp_path / "base", guarded=True)
    now = stack(tmp_path / "now", guarded=False)
    plan = str(RECORDED / "pool_unprotected_name.json")
    run(plan, "--base", base, "--synth", now, "--format", "json")
    assert (
        "CH47",
        "critical",
        'The change removes prevent_destroy, which protects the pool "acme-users" with about '
        "120,000 users, and this plan destroys it.",
    ) in findings_in(capsys)


def test_a_guard_that_stays_or_comes_is_not_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guarded = stack(tmp_path / "guarded", guarded=True)
    without = stack(tmp_path / "without", guarded=False)
    plan = str(RECORDED / "no_change.json")
    for base, now in ((guarded, guarded), (without, guarded), (without, without)):
        assert run(plan, "--base", base, "--synth", now, "--format", "json") == 0
        assert findings_in(capsys) == []


def test_another_version_of_the_provider_is_reported_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = stack(tmp_path / "base", guarded=False, version="5.32.1")
    now = stack(tmp_path / "now", guarded=False, version="5.33.0")
    plan = str(RECORDED / "no_change.json")
    assert run(plan, "--base", base, "--synth", now, "--format", "json") == 0
    assert findings_in(capsys) == [
        (
            "CH46",
            "medium",
            "The AWS provider changes from 5.32.1 to 5.33.0. A new version alone has replaced "
            "pools and users before: check for deletions that no change to the program explains.",
        )
    ]


def test_a_base_without_what_comes_after_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = stack(tmp_path / "base", guarded=True)
    assert run(str(RECORDED / "no_change.json"), "--base", base) == 2
    assert capsys.readouterr().err == ("constructs-auth review: --base requires --synth\n")


def configured(folder: Path, **client: object) -> str:
    """Write the Terraform JSON of a client, and give its folder."""
    folder.mkdir()
    resources = {CLIENT: {"web": {"name": "web", **client}}}
    (folder / "cdk.tf.json").write_text(json.dumps({"resource": resources}), "utf-8")
    return str(folder)


def test_an_argument_that_is_removed_and_stays_is_reported_as_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan shows nothing, and people believe that the URL is gone."""
    base = configured(
        tmp_path / "base",
        callback_urls=["https://app.acme.example/callback"],
        token_validity_units=[{"access_token": "minutes", "id_token": "minutes"}],
        default_redirect_uri="https://app.acme.example/callback",
    )
    now = configured(tmp_path / "now", token_validity_units=[{"access_token": "minutes"}])
    plan = str(RECORDED / "web_logout_urls_left_out.json")
    assert run(plan, "--base", base, "--synth", now, "--format", "json") == 0
    assert findings_in(capsys) == [
        (
            "CH48",
            "low",
            "The removal of callback_urls, token_validity_units.id_token from the configuration "
            "changes nothing: the provider keeps what Cognito has.",
        )
    ]
    assert run(plan, "--base", now, "--synth", now, "--format", "json") == 0
    assert findings_in(capsys) == []


@pytest.mark.parametrize(
    "units",
    [
        {
            "for_each": ["${var.unit}"],
            "content": {"access_token": "minutes", "id_token": "minutes"},
        },
        [{"content": [{"access_token": "minutes", "id_token": "minutes"}]}],
    ],
)
def test_a_block_that_becomes_dynamic_is_not_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], units: object
) -> None:
    both = {"access_token": "minutes", "id_token": "minutes"}
    base = configured(tmp_path / "base", token_validity_units=[both])
    now = configured(tmp_path / "now", dynamic={"token_validity_units": units})
    plan = str(RECORDED / "web_logout_urls_left_out.json")
    assert run(plan, "--base", base, "--synth", now, "--format", "json") == 0
    assert findings_in(capsys) == []
