"""The provider of a resource: what a plan shows of it, and what only the Terraform JSON does."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.review.changes.test_drift import POOL_ID, USERS, WEB, configured, gone
from tests.unit.review.plans import CLIENT, POOL, change, plan, run, said, written

KEPT = plan(
    change(CLIENT, "web", WEB, WEB, actions=("no-op",)),
    change(POOL, "users", USERS, USERS, actions=("no-op",)),
    configuration=configured(),
)
DEPLOY = "arn:aws:iam::123456789012:role/deploy"


def stack(folder: Path, *providers: dict[str, Any], provider: str = "aws") -> str:
    """Write the Terraform JSON of a pool and a client of *provider*; give the folder."""
    arguments = {} if provider == "aws" else {"provider": provider}
    document = {
        "provider": {"aws": list(providers)},
        "resource": {
            POOL: {"users": {"name": "acme", **arguments}},
            CLIENT: {"web": {"name": "web", **arguments}},
        },
    }
    folder.mkdir()
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    return str(folder)


def findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: object, base: str, now: str
) -> list[dict[str, Any]]:
    """Review *document* with the deployed and the planned Terraform JSON; give the findings."""
    path = written(tmp_path, document)
    run(path, "--base", base, "--synth", now, "--format", "json")
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["reviews"][0]["findings"]
    return found


HERE = {"region": "eu-west-1"}
WEST = {"alias": "west", "region": "us-west-2"}


@pytest.mark.parametrize(
    ("providers", "severity", "what"),
    [
        (
            ({"profile": "prod"}, {"profile": "staging"}),
            "medium",
            "profile of the provider changes from prod to staging",
        ),
        (
            ({}, {"assume_role": [{"role_arn": DEPLOY}]}),
            "medium",
            f"assume_role.role_arn of the provider changes from (not set) to {DEPLOY}",
        ),
        (
            (
                {"assume_role": {"role_arn": DEPLOY}},
                {"assume_role": [{"role_arn": DEPLOY.replace("123456789012", "999999999999")}]},
            ),
            "high",
            "to arn:aws:iam::999999999999:role/deploy",
        ),
        (
            (
                {"allowed_account_ids": ["123456789012"]},
                {"allowed_account_ids": ["999999999999"]},
            ),
            "high",
            "from 123456789012 to 999999999999",
        ),
        (
            ({"allowed_account_ids": ["123456789012"]}, {}),
            "medium",
            "from 123456789012 to (not set)",
        ),
        (
            ({}, {"endpoints": [{"cognitoidp": "https://me:key@idp.acme.example"}]}),
            "high",
            "endpoints.cognitoidp of the provider changes from (not set) to "
            "https://(hidden)@idp.acme.example",
        ),
        (
            (
                {"assume_role": {"role_arn": '${sensitive("first-role")}'}},
                {"assume_role": {"role_arn": '${sensitive("other-role")}'}},
            ),
            "medium",
            'from ${sensitive("(hidden)")} to ${sensitive("(hidden)")}',
        ),
        (
            ({}, {"secret_key": "of-the-provider", "profile": "of-the-provider"}),
            "medium",
            "profile of the provider changes from (not set) to (hidden)",
        ),
        (({}, {"insecure": True}), "medium", "insecure of the provider changes"),
    ],
)
def test_another_account_or_role_is_one_finding_for_all_resources_of_the_provider(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    providers: tuple[dict[str, Any], dict[str, Any]],
    severity: str,
    what: str,
) -> None:
    before, after = providers
    base = stack(tmp_path / "base", {**HERE, **before})
    now = stack(tmp_path / "now", {**HERE, **after})
    (finding,) = findings(tmp_path, capsys, KEPT, base, now)
    assert (finding["rule"], finding["severity"]) == ("CR27", severity)
    assert finding["address"] == f"{POOL}.users"
    assert what in finding["text"]
    assert [one["address"] for one in finding["dependents"]] == [f"{CLIENT}.web"]


@pytest.mark.parametrize(
    ("alias", "severity", "what"),
    [
        (
            WEST,
            "high",
            "alias of the provider changes from (not set) to west, region of the provider changes "
            "from eu-west-1 to us-west-2",
        ),
        ({**HERE, "alias": "west"}, "low", "The arguments of both are the same."),
    ],
)
def test_another_alias_is_a_finding(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    alias: dict[str, Any],
    severity: str,
    what: str,
) -> None:
    base = stack(tmp_path / "base", HERE, alias)
    now = stack(tmp_path / "now", HERE, alias, provider="aws.west")
    (finding,) = findings(tmp_path, capsys, KEPT, base, now)
    assert (finding["rule"], finding["severity"]) == ("CR27", severity)
    assert what in finding["text"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HERE, HERE),
        ({**HERE, "access_key": "a", "secret_key": "b"}, HERE),
        ({**HERE, "default_tags": [{"tags": {"a": "b"}}]}, HERE),
        (
            {**HERE, "assume_role": [{"role_arn": DEPLOY}]},
            {**HERE, "assume_role": {"role_arn": DEPLOY}},
        ),
    ],
)
def test_the_same_provider_with_other_tags_or_keys_is_no_finding(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    base, now = stack(tmp_path / "base", before), stack(tmp_path / "now", after)
    assert findings(tmp_path, capsys, KEPT, base, now) == []


def test_where_the_pool_is_not_found_its_provider_is_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = stack(tmp_path / "base", {**HERE, "profile": "prod"}, {**HERE, "alias": "b"})
    now = stack(
        tmp_path / "now", {**HERE, "profile": "prod"}, {**HERE, "alias": "b"}, provider="aws.b"
    )
    (finding,) = findings(tmp_path, capsys, gone(configuration=configured()), base, now)
    assert finding["rule"] == "CR19"
    assert (
        "The plan looks elsewhere: alias of the provider changes from (not set) to b, profile"
        in (finding["text"])
    )


def test_a_client_that_another_region_is_asked_for_was_not_deleted() -> None:
    """The pool keeps its provider, and its client gets another one."""
    configuration = configured()
    configuration["provider_config"]["aws.west"] = {
        "name": "aws",
        "expressions": {"region": {"constant_value": "us-west-2"}},
    }
    configuration["root_module"]["resources"][1]["provider_config_key"] = "aws.west"
    document = plan(
        change(POOL, "users", USERS, USERS, actions=("no-op",)),
        change(CLIENT, "web", None, {"name": "web", "user_pool_id": POOL_ID}),
        resource_drift=[change(CLIENT, "web", WEB, None)],
        configuration=configuration,
    )
    assert said(document) == [
        f"CR20: The provider does not find {CLIENT}.web. The plan looks in another region: "
        "us-west-2, and the resource is in eu-west-1. The apply creates it again, with an id that "
        "no application knows."
    ]


@pytest.mark.parametrize(
    "expression",
    [
        {"assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::999999999999:role/a"}}]},
        {"allowed_account_ids": {"constant_value": ["999999999999"]}},
    ],
)
def test_a_pool_of_another_account_is_found_without_a_refresh_too(
    expression: dict[str, Any],
) -> None:
    document = {**KEPT, "configuration": configured(**expression)}
    assert said(document) == [
        'CR19: This plan is made for the account 999999999999, but the pool "acme" with about '
        "1,200 users is in 123456789012: the apply does not find it there."
    ]


@pytest.mark.parametrize(
    "role",
    [
        {"references": ["var.role"]},
        {"constant_value": "arn:aws:iam::${var.a}:role/${var.b}", "references": ["var.a", "var.b"]},
    ],
)
def test_an_account_that_an_expression_makes_is_not_known(role: dict[str, Any]) -> None:
    configuration = configured(assume_role=[{"role_arn": role}])
    assert said({**KEPT, "configuration": configuration}) == []


def asking(url: str) -> dict[str, Any]:
    """Make a plan whose provider has *url* as endpoint."""
    endpoints = [{"cognitoidp": {"constant_value": url}}]
    return {**KEPT, "configuration": configured(endpoints=endpoints)}


def test_a_server_that_is_not_aws_is_a_finding() -> None:
    (text,) = said(asking("https://idp.amazonaws.com.acme.example"))
    assert text == (
        f"CR28: The provider of {POOL}.users does not call AWS: it sends the requests of "
        "cognitoidp (https://idp.amazonaws.com.acme.example) to another server. The plan shows "
        "what that server returned."
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://cognito-idp-fips.us-east-1.amazonaws.com",
        "https://vpce-1-a.cognito-idp.eu-west-1.vpce.amazonaws.com",
        "https://cognito-idp.cn-north-1.amazonaws.com.cn/",
        "cognito-idp.eu-west-1.api.aws",
        "",
    ],
)
def test_an_endpoint_of_aws_is_none(url: str) -> None:
    assert said(asking(url)) == []


def test_an_endpoint_that_is_deployed_already_is_not_reported_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    emulator = "http://localhost:4566"
    both = {**HERE, "endpoints": [{"cognitoidp": emulator}]}
    base, now = stack(tmp_path / "base", both), stack(tmp_path / "now", both)
    assert findings(tmp_path, capsys, asking(emulator), base, now) == []
