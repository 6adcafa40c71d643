"""What became of resources outside of Terraform, and plans that look where they are not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed, run, said, written

POOL_ID = "eu-west-1_AbCdEf123"
USERS = {
    "id": POOL_ID,
    "arn": f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL_ID}",
    "name": "acme",
    "estimated_number_of_users": 1200,
    "mfa_configuration": "ON",
}
WEB = {"id": "4c1fk1e3", "name": "web", "user_pool_id": POOL_ID}
FUNCTION = {"arn": "arn:aws:lambda:eu-west-1:123456789012:function:acme"}


def configured(region: str = "eu-west-1", **more: Any) -> dict[str, Any]:
    """Make the configuration of a plan: its provider, and the reference of the client."""
    expressions = {"region": {"constant_value": region}, **more}
    return {
        "provider_config": {"aws": {"name": "aws", "expressions": expressions}},
        "root_module": {
            "resources": [
                {"type": POOL, "name": "users", "provider_config_key": "aws"},
                {
                    "type": CLIENT,
                    "name": "web",
                    "provider_config_key": "aws",
                    "expressions": {"user_pool_id": {"references": [f"{POOL}.users.id"]}},
                },
            ]
        },
    }


def gone(*others: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Make a plan that does not find a pool and its client, and would create them."""
    return plan(
        change(POOL, "users", None, {"name": "acme"}, after_unknown={"id": True}),
        change(CLIENT, "web", None, {"name": "web"}, after_unknown={"user_pool_id": True}),
        *others,
        resource_drift=[change(POOL, "users", USERS, None), change(CLIENT, "web", WEB, None)],
        **more,
    )


def test_pools_that_another_region_holds_are_the_worst_finding() -> None:
    result = reviewed(gone(configuration=configured("eu-central-1")))
    (finding,) = result.findings
    assert (finding.rule.id, finding.severity, finding.effect) == ("CR19", "critical", "not found")
    assert finding.text == (
        'The state holds the pool "acme" with about 1,200 users, but the provider does not find '
        "it, nor 1 resource that depends on it. The plan looks in another region: eu-central-1, "
        "and the pool is in eu-west-1. The apply creates a new, empty pool with another id, issuer "
        "and clients."
    )
    assert "restore the region eu-west-1" in finding.remedy
    assert [one.change.address for one in finding.dependents] == [f"{CLIENT}.web"]


def test_the_region_may_come_from_a_variable() -> None:
    configuration = configured()
    configuration["provider_config"]["aws"]["expressions"]["region"] = {"references": ["var.here"]}
    (finding, *_) = reviewed(
        gone(configuration=configuration, variables={"here": {"value": "us-east-1"}})
    ).findings
    assert "another region: us-east-1" in finding.text


def test_a_pool_of_another_account_is_told_by_what_the_plan_knows_of_the_caller() -> None:
    caller = {"mode": "data", "type": "aws_caller_identity", "values": {"account_id": "999"}}
    (finding, *_) = reviewed(
        gone(
            configuration=configured(),
            prior_state={"values": {"root_module": {"resources": [caller]}}},
        )
    ).findings
    assert "another account: 999, and the pool is in 123456789012" in finding.text
    assert finding.remedy == "do not apply; use credentials of the account 123456789012"


OTHER = "999999999999"


@pytest.mark.parametrize(
    "expressions",
    [
        {"assume_role": [{"role_arn": {"constant_value": f"arn:aws:iam::{OTHER}:role/dns"}}]},
        {"allowed_account_ids": {"constant_value": [OTHER]}},
        {},
    ],
)
def test_the_account_of_another_provider_says_nothing_of_the_pool(
    expressions: dict[str, Any],
) -> None:
    """A provider for the zone often works in an account of its own."""
    configuration = configured()
    configuration["provider_config"]["aws.dns"] = {"name": "aws", "expressions": expressions}
    caller = {"address": "data.aws_caller_identity.dns", "type": "aws_caller_identity"}
    configuration["root_module"]["resources"].append({**caller, "provider_config_key": "aws.dns"})
    read = {**caller, "mode": "data", "values": {"account_id": OTHER}}
    (finding, *_) = reviewed(
        gone(
            configuration=configuration,
            prior_state={"values": {"root_module": {"resources": [read]}}},
        )
    ).findings
    assert OTHER not in finding.text
    assert "aws sts get-caller-identity" in finding.remedy


@pytest.mark.parametrize(
    ("provider", "account"), [("aws.dns", "123456789012"), ("aws", OTHER), ("aws.dns", OTHER)]
)
def test_what_another_provider_finds_in_the_region_does_not_say_that_the_pool_was_deleted(
    provider: str, account: str
) -> None:
    kind = "aws_acm_certificate"
    values = {"arn": f"arn:aws:acm:eu-west-1:{account}:certificate/a"}
    configuration = configured()
    configuration["root_module"]["resources"].append(
        {"type": kind, "name": "c", "provider_config_key": provider}
    )
    certificate = change(kind, "c", values, values, actions=("no-op",))
    (finding, *_) = reviewed(gone(certificate, configuration=configuration)).findings
    assert "Either the plan looks in another region or account" in finding.text


def test_a_pool_that_alone_is_missing_was_deleted() -> None:
    function = change("aws_lambda_function", "f", FUNCTION, FUNCTION, actions=("no-op",))
    (finding, *_) = reviewed(gone(function, configuration=configured())).findings
    assert "deleted it outside of Terraform: the provider still finds one other" in finding.text
    assert "CloudTrail" in finding.remedy


def test_where_nothing_is_left_both_are_possible() -> None:
    (finding, *_) = reviewed(gone(configuration=configured())).findings
    assert "Either the plan looks in another region or account, or somebody deleted" in finding.text
    assert "aws sts get-caller-identity" in finding.remedy


def test_what_is_gone_and_not_wanted_any_more_only_leaves_the_state() -> None:
    document = plan(resource_drift=[change(POOL, "users", USERS, None)])
    assert "The apply only removes it from the state." in said(document)[0]


def test_findings_of_check_are_not_new_where_the_pool_is_looked_for_elsewhere() -> None:
    after = {name: value for name, value in USERS.items() if name not in {"id", "arn"}}
    document = plan(
        change(POOL, "users", None, after, after_unknown={"id": True, "arn": True}),
        resource_drift=[change(POOL, "users", USERS, None)],
    )
    result = reviewed(document)
    assert result.checks.old > 0
    assert result.checks.new == ()


def test_a_client_that_somebody_deleted_is_a_finding_of_its_own() -> None:
    document = plan(
        change(POOL, "users", USERS, USERS, actions=("no-op",)),
        change(CLIENT, "web", None, {"name": "web", "user_pool_id": POOL_ID}),
        resource_drift=[change(CLIENT, "web", WEB, None)],
        configuration=configured(),
    )
    assert said(document) == [
        f"CR20: Somebody deleted {CLIENT}.web outside of Terraform. Its users cannot sign in. The "
        "apply creates it again, with an id that no application knows.",
    ]
    del document["resource_changes"][1]
    (text,) = said(document)
    assert text.endswith("Its users cannot sign in. The apply only removes it from the state.")


def test_a_pool_in_another_region_is_found_without_a_refresh_too() -> None:
    document = plan(
        change(POOL, "users", USERS, USERS, actions=("no-op",)),
        configuration=configured("eu-central-1"),
    )
    assert said(document) == [
        'CR19: This plan is made for eu-central-1, but the pool "acme" with about 1,200 users is '
        "in eu-west-1: the apply does not find it there.",
    ]


def test_a_region_of_the_resource_itself_counts_more_than_that_of_the_provider() -> None:
    users = {**USERS, "region": "eu-west-1"}  # provider 6
    document = plan(
        change(POOL, "users", users, users, actions=("no-op",)),
        configuration=configured("eu-central-1"),
    )
    assert said(document) == []


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ("OFF", ("critical", "keeps that")),
        ("ON", ("low", "undoes that")),
    ],
)
def test_mfa_that_somebody_turned_off_is_judged_like_a_change(
    planned: str, expected: tuple[str, str]
) -> None:
    now, after = ({**USERS, "mfa_configuration": mode} for mode in ("OFF", planned))
    document = plan(
        change(POOL, "users", now, after, actions=("no-op",) if now == after else ("update",)),
        resource_drift=[change(POOL, "users", USERS, now)],
    )
    (finding,) = (one for one in reviewed(document).findings if one.is_drift)
    severity, outcome = expected
    assert (finding.rule.id, finding.severity) == ("CH02", severity)
    assert f"Somebody changed it outside of Terraform, and this apply {outcome}: " in finding.text


def test_what_an_apply_takes_back_says_that_somebody_else_had_changed_it() -> None:
    urls = ["https://a.example/cb"]
    now = {**WEB, "callback_urls": [*urls, "https://b.example/cb"]}
    document = plan(
        change(CLIENT, "web", now, {**WEB, "callback_urls": urls}),
        resource_drift=[change(CLIENT, "web", {**WEB, "callback_urls": urls}, now)],
    )
    (sentence,) = (one for one in said(document) if one.startswith("CH21: "))
    assert sentence.endswith("Somebody changed this outside of Terraform since the last apply.")


def test_the_number_of_users_is_no_drift() -> None:
    now = {**USERS, "estimated_number_of_users": 1300}
    result = reviewed(
        plan(
            change(POOL, "users", now, now, actions=("no-op",)),
            resource_drift=[change(POOL, "users", USERS, now)],
        )
    )
    assert result.plan.drift == ()
    assert result.findings == ()


def test_the_region_that_a_newer_provider_adds_is_no_drift() -> None:
    moved = change(POOL, "users", USERS, {**USERS, "region": "eu-west-1"})
    other = change(POOL, "others", {**USERS, "region": "a"}, {**USERS, "region": "b"})
    found = reviewed(plan(resource_drift=[moved, other]))
    assert [one.address for one in found.plan.drift] == [f"{POOL}.others"]


def deployed(folder: Path, *, key: str) -> str:
    """Write Terraform JSON with a pool and a backend; give the folder."""
    document = {
        "terraform": {"backend": {"s3": {"bucket": "state", "key": key, "region": "eu-west-1"}}},
        "resource": {POOL: {"users": {"name": "acme"}}},
    }
    folder.mkdir()
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("staging", "key of the backend changes from prod to staging"),
        ("prod", "The state is empty, but --base shows that the pool is deployed"),
    ],
)
def test_a_second_pool_in_another_state_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, expected: str
) -> None:
    created = plan(change(POOL, "users", None, {"name": "acme"}))
    synthesized = deployed(tmp_path / "new", key=key)
    base = deployed(tmp_path / "base", key="prod")
    assert run(written(tmp_path, created), "--synth", synthesized, "--base", base) == 1
    first = capsys.readouterr().out.splitlines()[:2]
    assert "CR21" in first[0]
    assert expected in first[1]
    assert "a second time, empty" in first[1]


def test_a_state_that_was_moved_with_its_pool_is_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = plan(change(POOL, "users", USERS, USERS, actions=("no-op",)))
    synthesized = deployed(tmp_path / "new", key="staging")
    base = deployed(tmp_path / "base", key="prod")
    assert run(written(tmp_path, kept), "--synth", synthesized, "--base", base) == 0
    assert "No changes." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "before", "after", "rule"),
    [
        (
            POOL,
            {"mfa_configuration": "ON", "software_token_mfa_configuration": [{"enabled": True}]},
            {"mfa_configuration": "OFF", "software_token_mfa_configuration": [{"enabled": False}]},
            "CH02",
        ),
        (
            CLIENT,
            {"refresh_token_rotation": [{"feature": "ENABLED", "retry_grace_period_seconds": 10}]},
            {"explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH"]},
            "CH35",
        ),
    ],
)
def test_what_no_apply_could_do_somebody_has_done(
    kind: str, before: dict[str, Any], after: dict[str, Any], rule: str
) -> None:
    """Terraform would fail to make these changes; the console did not."""
    name = {"name": "acme"}
    document = plan(
        change(kind, "a", {**name, **after}, {**name, **after}, actions=("no-op",)),
        resource_drift=[change(kind, "a", {**name, **before}, {**name, **after})],
    )
    (text,) = said(document)
    assert text.startswith(
        f"{rule}: Somebody changed it outside of Terraform, and this apply keeps"
    )


def test_what_the_plan_deletes_is_not_kept() -> None:
    off = {**USERS, "mfa_configuration": "OFF"}
    document = plan(
        change(POOL, "users", off, None), resource_drift=[change(POOL, "users", USERS, off)]
    )
    drifted = [one for one in reviewed(document).findings if one.is_drift]
    assert [one.text.partition(":")[0] for one in drifted] == [
        "Somebody changed it outside of Terraform, and this apply deletes it"
    ]
    assert "into the configuration" not in drifted[0].remedy


def test_a_region_that_an_expression_makes_is_not_taken_for_its_variable() -> None:
    configuration = configured()
    configuration["provider_config"]["aws"]["expressions"]["region"] = {"references": ["var.near"]}
    document = plan(
        change(POOL, "users", USERS, USERS, actions=("no-op",)),
        configuration=configuration,
        variables={"near": {"value": "us-west-2"}},
    )
    assert said(document) == []


def test_a_region_that_a_data_source_read_counts_more_than_a_variable() -> None:
    configuration = configured()
    configuration["provider_config"]["aws"]["expressions"]["region"] = {"references": ["var.near"]}
    here = {
        "mode": "data",
        "address": "data.aws_region.here",
        "type": "aws_region",
        "values": {"name": "ap-south-1"},
    }
    (finding, *_) = reviewed(
        gone(
            configuration=configuration,
            variables={"near": {"value": "us-west-2"}},
            prior_state={"values": {"root_module": {"resources": [here]}}},
        )
    ).findings
    assert "another region: ap-south-1" in finding.text


ROLE = "aws_iam_role"
LOGS = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def role_with(**now: Any) -> list[str]:
    """Return the addresses that drift if the role of a plan with attachments is *now* so."""
    role = {"id": "trigger", "name": "trigger", "managed_policy_arns": [], "inline_policy": []}
    attachment = {"role": "trigger", "policy_arn": LOGS}
    result = reviewed(
        plan(
            change(f"{ROLE}_policy_attachment", "logs", attachment, attachment),
            change(f"{ROLE}_policy", "own", {"role": "trigger", "name": "own"}, None),
            resource_drift=[change(ROLE, "trigger", role, {**role, **now})],
        )
    )
    return [one.address for one in result.plan.drift]


def test_what_other_resources_of_the_plan_added_is_no_drift() -> None:
    assert role_with(managed_policy_arns=[LOGS]) == []
    assert role_with(inline_policy=[{"name": "own", "policy": "{}"}]) == []


@pytest.mark.parametrize(
    "now",
    [
        {"managed_policy_arns": [LOGS, ADMIN]},
        {"inline_policy": [{"name": "another", "policy": "{}"}]},
        {"managed_policy_arns": [LOGS], "description": "changed"},
    ],
)
def test_what_somebody_else_added_to_a_role_is_drift(now: dict[str, Any]) -> None:
    assert role_with(**now) == [f"{ROLE}.trigger"]
