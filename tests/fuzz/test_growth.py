"""Time grows in line with the input: four times as much takes no sixteen times as long."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.answers import answered
from tests.unit.review.plans import CLIENT, POOL, change, plan

SMALL = 1_000
LARGE = 4 * SMALL
MOST = 8
"""Sixteen would be the square. Other work on the machine makes four a little more."""

OF_POOL = {"user_pool_id": "eu-west-1_a"}
POOL_ITSELF = change(POOL, "a", {"name": "a", "id": "eu-west-1_a"}, None)


def pools(count: int) -> dict[str, Any]:
    return plan(*(change(POOL, f"p{at}", {"name": f"p{at}"}, None) for at in range(count)))


def clients(count: int) -> dict[str, Any]:
    bodies = [{**OF_POOL, "id": f"c{at}", "name": f"c{at}"} for at in range(count)]
    changes = (
        change(CLIENT, body["name"], body, {**body, "callback_urls": ["https://a.example"]})
        for body in bodies
    )
    return plan(POOL_ITSELF, *changes)


def groups(count: int) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {**OF_POOL, "name": f"g{at}", "precedence": at} for at in range(count)
    ]
    changes = (
        change("aws_cognito_user_group", body["name"], body, {**body, "precedence": 3})
        for body in bodies
    )
    return plan(POOL_ITSELF, *changes)


def callback_urls(count: int) -> dict[str, Any]:
    before, after = ([f"https://{host}{at}.example" for at in range(count)] for host in "ab")
    body = {**OF_POOL, "name": "web"}
    return plan(
        POOL_ITSELF,
        change(CLIENT, "web", {**body, "callback_urls": before}, {**body, "callback_urls": after}),
    )


def scopes(count: int) -> dict[str, Any]:
    scope = [{"scope_name": f"s{at}", "scope_description": "d"} for at in range(count)]
    server = {**OF_POOL, "identifier": "api", "name": "api", "scope": scope}
    web = {**OF_POOL, "name": "web", "allowed_oauth_scopes": [f"api/s{at}" for at in range(count)]}
    return plan(
        POOL_ITSELF,
        change("aws_cognito_resource_server", "api", server, {**server, "scope": scope[::2]}),
        change(CLIENT, "web", web, {**web, "name": "app"}),
    )


def permissions(count: int) -> dict[str, Any]:
    body = {"principal": "cognito-idp.amazonaws.com", "action": "lambda:InvokeFunction"}
    return plan(
        POOL_ITSELF,
        *(
            change("aws_lambda_permission", f"l{at}", {**body, "function_name": f"f{at}"}, None)
            for at in range(count)
        ),
    )


def providers(count: int) -> dict[str, Any]:
    kind = "aws_cognito_identity_provider"
    names = [f"p{at}" for at in range(count)]
    bodies: list[dict[str, Any]] = [{**OF_POOL, "id": name, "name": name} for name in names]
    changes = (
        change(CLIENT, body["name"], {**body, "supported_identity_providers": [body["name"]]}, body)
        for body in bodies
    )
    gone = (change(kind, name, {**OF_POOL, "provider_name": name}, None) for name in names)
    return plan(POOL_ITSELF, *gone, *changes)


def certificates(count: int) -> dict[str, Any]:
    domains = [{"domain": f"d{at}", "certificate_arn": "arn:aws:acm:a"} for at in range(count)]
    gone = (
        change("aws_acm_certificate", f"c{at}", {"arn": f"arn:{at}"}, None) for at in range(count)
    )
    kept = (
        change("aws_cognito_user_pool_domain", body["domain"], body, body, actions=("no-op",))
        for body in domains
    )
    return plan(POOL_ITSELF, *gone, *kept)


def long_text(repeated: str) -> Any:
    def make(count: int) -> dict[str, Any]:
        body = {"name": "a", "description": f"a@b {repeated * count}"}
        return plan(change("aws_iam_role", "a", body, {**body, "name": "b"}))

    return make


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize("repeated", [";a=", ";key=", "?code=a;b=", "//a:", "%2f%2fa", "a:,"])
def test_a_text_like_many_urls_takes_no_square_of_time(
    repeated: str, command: str, tmp_path: Path
) -> None:
    spent = seconds(command, long_text(repeated), tmp_path)
    assert spent[1] < MOST * max(spent[0], 0.1)


def test_a_lock_file_without_ends_of_blocks_takes_no_square_of_time(tmp_path: Path) -> None:
    (tmp_path / "main.tf.json").write_text("{}", encoding="utf-8")
    (tmp_path / "plan.json").write_text(json.dumps(plan()), encoding="utf-8")
    spent = []
    for count in (SMALL, LARGE):
        text = 'provider "a/hashicorp/aws" { ' * count
        (tmp_path / ".terraform.lock.hcl").write_text(text, encoding="utf-8")
        started = time.process_time()
        answered(["review", str(tmp_path / "plan.json"), "--synth", str(tmp_path)])
        spent.append(time.process_time() - started)
    assert spent[1] < MOST * max(spent[0], 0.05)


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize(
    "make",
    [pools, clients, groups, callback_urls, scopes, permissions, providers, certificates],
)
def test_four_times_as_much_takes_no_square_of_time(
    make: Any, command: str, tmp_path: Path
) -> None:
    spent = seconds(command, make, tmp_path)
    assert spent[1] < MOST * max(spent[0], 0.05)


def seconds(command: str, make: Any, folder: Path) -> list[float]:
    """Return the time that *command* takes for a small and a large input."""
    spent = []
    for count in (SMALL, LARGE):
        file = folder / f"{count}.json"
        file.write_text(json.dumps(make(count)), encoding="utf-8")
        started = time.process_time()
        answered([command, str(file)])
        spent.append(time.process_time() - started)
    return spent
