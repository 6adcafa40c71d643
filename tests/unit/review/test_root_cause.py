"""What only follows stands under what it follows from, also where there are several of each."""

from typing import Any

from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed

FILES = "aws_cognito_identity_pool"


def instance(entry: dict[str, Any], key: str) -> dict[str, Any]:
    """Make a change that of one instance of `for_each`."""
    return {**entry, "index": key, "address": f'{entry["address"]}["{key}"]'}


def pool(key: str) -> dict[str, Any]:
    """Replace the pool of a tenant."""
    return instance(
        change(
            POOL,
            "users",
            {"id": f"eu-west-1_{key}", "name": key},
            {"name": f"{key}2"},
            actions=("delete", "create"),
            replace_paths=[["name"]],
        ),
        key,
    )


def client(key: str) -> dict[str, Any]:
    """Replace the client of a tenant, because its pool is."""
    return instance(
        change(
            CLIENT,
            "web",
            {"name": key, "user_pool_id": f"eu-west-1_{key}"},
            {"name": key},
            actions=("delete", "create"),
            after_unknown={"user_pool_id": True},
            replace_paths=[["user_pool_id"]],
        ),
        key,
    )


def files(key: str) -> dict[str, Any]:
    """Update the identity pool of a tenant, because the id of its client is another one."""
    return instance(
        change(
            FILES,
            "files",
            {"identity_pool_name": key, "cognito_identity_providers": [{"client_id": key}]},
            {"identity_pool_name": key, "cognito_identity_providers": [{}]},
            after_unknown={"cognito_identity_providers": [{"client_id": True}]},
        ),
        key,
    )


WRITTEN = {
    "root_module": {
        "resources": [
            {
                "type": CLIENT,
                "name": "web",
                "expressions": {"user_pool_id": {"references": [f"{POOL}.users", "each.key"]}},
            },
            {
                "type": FILES,
                "name": "files",
                "expressions": {
                    "cognito_identity_providers": [
                        {"client_id": {"references": [f"{CLIENT}.web", "each.key"]}}
                    ]
                },
            },
        ]
    }
}


def test_each_instance_follows_its_own() -> None:
    result = reviewed(
        plan(
            *(make(key) for make in (pool, client, files) for key in ("acme", "zeta")),
            configuration=WRITTEN,
        )
    )
    assert {
        finding.change.address: [one.change.address for one in finding.dependents]
        for finding in result.findings
    } == {
        f'{POOL}.users["acme"]': [f'{CLIENT}.web["acme"]', f'{FILES}.files["acme"]'],
        f'{POOL}.users["zeta"]': [f'{CLIENT}.web["zeta"]', f'{FILES}.files["zeta"]'],
    }
    assert result.undecided == ()


def test_what_follows_from_one_of_several_nobody_knows_which_stays_where_it_is() -> None:
    lonely = {key: value for key, value in files("acme").items() if key != "index"}
    result = reviewed(
        plan(
            pool("acme"),
            pool("zeta"),
            client("acme"),
            client("zeta"),
            lonely,
            configuration=WRITTEN,
        )
    )
    dependents = [one.change.type for finding in result.findings for one in finding.dependents]
    assert dependents == [CLIENT, CLIENT]
    assert [one.rule.id for one in result.undecided] == ["CH41"]


def test_a_client_whose_secret_goes_takes_its_style_along() -> None:
    web = change(
        CLIENT,
        "web",
        {"id": "c", "name": "web", "generate_secret": True},
        {"name": "web", "generate_secret": False},
        actions=("delete", "create"),
        replace_paths=[["generate_secret"]],
    )
    style = change(
        "aws_cognito_managed_login_branding",
        "web",
        {"client_id": "c"},
        {},
        actions=("delete", "create"),
        after_unknown={"client_id": True},
        replace_paths=[["client_id"]],
    )
    (finding,) = reviewed(plan(web, style)).findings
    assert finding.rule.id == "CR02"
    assert [one.change.type for one in finding.dependents] == ["aws_cognito_managed_login_branding"]
