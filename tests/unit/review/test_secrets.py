"""Secrets are planted everywhere a plan can hold them, and looked for in every output."""

import io
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rich.console import Console

from constructs_auth.review.command import Format
from constructs_auth.review.plan import read
from constructs_auth.review.report import as_json, html, markdown, sarif, text
from constructs_auth.review.reviewer import Review, review
from constructs_auth.rules.profile import STRICT
from tests.plans.verdicts import plan_of
from tests.unit.review.plans import CLIENT, POOL, change, plan, reviewed, run, written

MARK = "planted-secret"
SECRET = 'q"Z/7+ü planted?&'


class Planter:
    """Gives secrets that are all different, and long enough to be found."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.planted: list[str] = []

    def secret(self) -> str:
        """Give another one."""
        result = f"{MARK}-{next(self._numbers)}-end"
        self.planted.append(result)
        return result


def a_plan_full_of_secrets(planter: Planter) -> dict[str, Any]:
    """Make a plan that holds a secret wherever there is a place for one."""
    secret = planter.secret
    shared = secret()
    provider = change(
        "aws_cognito_identity_provider",
        "okta",
        {"provider_name": "Okta", "provider_details": _details(secret)},
        {"provider_name": "Okta", "provider_details": _details(secret)},
    )
    user = change(
        "aws_cognito_user",
        "ann",
        {"username": secret(), **_user(secret)},
        {"username": secret(), **_user(secret)},
        before_sensitive={"password": True, "temporary_password": True, "username": True},
        after_sensitive={"password": True, "temporary_password": True, "username": True},
    )
    client = change(
        CLIENT,
        "web",
        {
            "name": secret(),
            "callback_urls": [f"https://{secret()}.example", "https://a.example"],
            "client_secret": secret(),
            "mfa": secret(),
        },
        {
            "name": secret(),
            "callback_urls": [f"https://{secret()}.example"],
            "client_secret": secret(),
            "mfa": secret(),
        },
        before_sensitive={"name": True, "callback_urls": [True, False], "mfa": True},
        after_sensitive={"name": True, "callback_urls": [True], "mfa": True},
    )
    pool = change(
        POOL,
        "users",
        {
            "name": secret(),
            "deletion_protection": "ACTIVE",
            "lambda_config": [{"pre_sign_up": secret()}],
            "sms_configuration": [{"external_id": secret(), "sns_caller_arn": secret()}],
            "tags": {"note": secret()},
        },
        {
            "name": secret(),
            "deletion_protection": "INACTIVE",
            "lambda_config": [{"pre_sign_up": secret()}],
            "sms_configuration": [{"external_id": secret(), "sns_caller_arn": secret()}],
            "tags": {"note": secret()},
        },
        actions=("delete", "create"),
        replace_paths=[["name"]],
        before_sensitive={
            "name": True,
            "lambda_config": True,
            "sms_configuration": [{"sns_caller_arn": True}],
            "tags": {"note": True},
        },
        after_sensitive={
            "name": True,
            "lambda_config": [{"pre_sign_up": True}],
            "sms_configuration": [{"sns_caller_arn": True}],
            "tags": True,
        },
    )
    function = change(
        "aws_lambda_function",
        "login",
        {"environment": [{"variables": {"OKTA": shared, "DB_PASSWORD": secret()}}]},
        {
            "environment": [
                {"variables": {"OKTA": f"x{shared}x", "DB_PASSWORD": secret(), "url": shared}}
            ]
        },
    )
    other = change(
        "random_password", "a", None, {"result": shared}, after_sensitive={"result": True}
    )
    login = change(
        "null_resource",
        "a",
        {"triggers": {"url": "https://me:" + secret() + "@db.example/x"}},
        {"triggers": {"url": "https://me:" + secret() + "@db.example/y"}},
    )
    gone = change(
        CLIENT,
        "old",
        {"name": secret(), "client_secret": secret()},
        None,
        before_sensitive={"name": True, "client_secret": True},
    )
    return plan(
        provider,
        user,
        client,
        pool,
        function,
        other,
        login,
        gone,
        variables={"okta": {"value": secret()}, "db_password": {"value": secret()}},
        planned_values={
            "outputs": {"secret": {"value": secret(), "sensitive": True}},
            "root_module": {"resources": [{"address": "a.b", "values": {"password": secret()}}]},
        },
        prior_state={"values": {"root_module": {"resources": [{"values": {"x": secret()}}]}}},
        output_changes={
            "secret": {
                "actions": ["update"],
                "before": secret(),
                "after": secret(),
                "before_sensitive": True,
                "after_sensitive": True,
            }
        },
        resource_drift=[
            change("aws_cognito_user", "bob", _user(secret), _user(secret)),
        ],
        configuration={
            "provider_config": {
                "aws": {"expressions": {"secret_key": {"constant_value": secret()}}}
            },
            "root_module": {
                "variables": {"okta": {"sensitive": True, "default": secret()}},
                "outputs": {
                    "secret": {"sensitive": True, "expression": {"constant_value": secret()}}
                },
                "resources": [
                    {
                        "type": "aws_cognito_identity_provider",
                        "name": "okta",
                        "expressions": {"provider_details": {"constant_value": _details(secret)}},
                    }
                ],
            },
        },
        checks=[{"status": "fail", "instances": [{"problems": [{"message": secret()}]}]}],
    )


def _details(secret: Any) -> dict[str, str]:
    return {"client_id": "acme", "client_secret": secret(), "private_key": secret()}


def _user(secret: Any) -> dict[str, object]:
    return {
        "password": secret(),
        "temporary_password": secret(),
        "attributes": {"email": secret(), "given_name": secret()},
        "client_metadata": {"k": secret()},
        "validation_data": {"k": secret()},
    }


def outputs(result: Review) -> Iterator[tuple[str, str]]:
    """Give every output of every format."""
    console = Console(file=io.StringIO(), width=500)
    text.write([result], console)
    assert isinstance(console.file, io.StringIO)
    yield "text", console.file.getvalue()
    yield "markdown", markdown.write([result])
    yield "json", as_json.write([result])
    yield "sarif", sarif.write([result])
    yield "html", html.write([result])
    yield "repr", repr(result)
    yield "fingerprint", result.fingerprint


def test_no_secret_comes_out_in_any_format() -> None:
    planter = Planter()
    document = a_plan_full_of_secrets(planter)
    assert len(planter.planted) > 60
    assert all(one in json.dumps(document) for one in planter.planted)
    result = review(
        read(document, name="plan.json"), profile=STRICT, today=date(2026, 1, 1), label="auth"
    )
    assert {finding.rule.id for finding in result.findings} >= {"CR01", "CR02", "CH01", "CH21"}
    for name, output in outputs(result):
        assert MARK not in output, name


def test_that_a_secret_changes_is_said() -> None:
    planter = Planter()
    result = reviewed(a_plan_full_of_secrets(planter))
    page = markdown.write([result])
    assert "| `provider_details.client_secret` | `(hidden)` | `(hidden) changes` |" in page
    assert (
        'Users of "Okta" cannot sign in unless the provider changes at the same time: the plan '
        "changes the client secret at the provider." in page
    )


def test_a_sensitive_value_makes_its_finding_silent_about_it() -> None:
    client = change(
        CLIENT,
        "web",
        {"name": "web", "callback_urls": ["https://a.example", "https://b.example"]},
        {"name": "web", "callback_urls": ["https://a.example"]},
        before_sensitive={"callback_urls": True},
    )
    (finding,) = reviewed(plan(client)).findings
    assert finding.rule.id == "CH21"
    assert finding.text == ("A callback URL is removed: the value is sensitive and not shown.")


def test_the_real_plan_of_a_literal_secret_shows_neither_the_old_nor_the_new_one() -> None:
    """The provider does not mark provider_details.client_secret (issue #9934)."""
    result = review(plan_of("provider_secret_changed"), profile=STRICT, today=date(2026, 1, 1))
    assert [finding.rule.id for finding in result.findings] == ["CH37"]
    for _, output in outputs(result):
        assert "literal-secret" not in output


def test_the_fingerprint_is_no_oracle_for_a_secret() -> None:
    def with_secret(value: str) -> str:
        provider = change(
            "aws_cognito_identity_provider",
            "okta",
            {"provider_details": {"client_secret": "old"}},
            {"provider_details": {"client_secret": value}},
        )
        return reviewed(plan(provider)).fingerprint

    assert with_secret("one") == with_secret("another")
    assert with_secret("one") != with_secret("old")


FOREIGN = {
    "aws_lambda_function": {"environment": [{"variables": {"DB_PWD": "{}"}}]},
    "aws_ecs_task_definition": {"container_definitions": '[{"{}": 1}]'},
    "aws_ssm_parameter": {"insecure_value": "{}"},
    "aws_iam_role": {"description": "{}"},
    "terraform_data": {"input": {"{}": "1"}},
    "vendor_thing": {"settings": [{"name": "X-API-KEY", "value": "{}"}]},
}


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("form", Format)
def test_values_of_what_is_not_known_to_be_public_are_in_no_report(
    form: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(FOREIGN[kind])
    old, new = (json.loads(text.replace("{}", f"CANARY{side}")) for side in ("1", "2"))
    assert run(written(tmp_path, plan(change(kind, "x", old, new))), "--format", form) == 0
    report = capsys.readouterr().out
    assert "CANARY" not in report
    (argument,) = old
    assert form == Format.SARIF or argument in report  # SARIF lists findings alone


def test_a_fingerprint_covers_the_values_that_no_report_shows() -> None:
    one, other = (
        reviewed(plan(change("aws_lambda_function", "f", {"handler": "a"}, {"handler": handler})))
        for handler in ("b", "c")
    )
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("marked", "at"),
    [
        (True, "provider_details"),  # the keys of a sensitive map are sensitive too
        ({"oidc_issuer": True}, "provider_details.oidc_issuer"),
        ({}, "provider_details.oidc_issuer"),
    ],
)
def test_a_change_of_a_sensitive_value_is_judged_before_it_is_hidden(marked: Any, at: str) -> None:
    old, new = (
        {
            "provider_name": "Okta",
            "provider_type": "OIDC",
            "provider_details": {"oidc_issuer": f"https://{name}.example", "client_id": "acme"},
        }
        for name in ("CANARY1", "CANARY2")
    )
    marks = {"provider_details": marked}
    result = reviewed(
        plan(
            change(
                "aws_cognito_identity_provider",
                "okta",
                old,
                new,
                before_sensitive=marks,
                after_sensitive=marks,
            )
        )
    )
    (finding,) = result.findings
    assert (finding.rule.id, finding.at) == ("CH37", at)
    assert ("CANARY" in markdown.write([result])) == (marked == {})


COPIES = {
    "plain": SECRET,
    "base64": b64encode(f"user:{SECRET}".encode()).decode(),
    "base64, one byte further": b64encode(f"users:{SECRET}".encode()).decode(),
    "base64, two bytes further": b64encode(f"a-user:{SECRET}".encode()).decode(),
    "base64url": urlsafe_b64encode(f"user:{SECRET}".encode()).decode(),
    "hex": SECRET.encode().hex(),
    "json": json.dumps({"note": SECRET}),
    "url": f"https://a.example/cb?note={quote(SECRET, safe='')}",
}


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("encoding", COPIES)
def test_a_copy_of_a_sensitive_value_is_hidden_in_any_encoding(
    encoding: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy is a callback URL and a key of a map, which nothing marks."""
    copied = COPIES[encoding]
    client = change(
        CLIENT,
        "web",
        {"name": "web", "callback_urls": ["https://a.example"], "tags": {}},
        {"name": "web", "callback_urls": [copied], "tags": {copied: "x"}},
    )
    document = plan(
        client,
        variables={"given": {"value": SECRET}},
        configuration={"root_module": {"variables": {"given": {"sensitive": True}}}},
    )
    run(written(tmp_path, document), "--format", form)
    report = capsys.readouterr().out
    assert "CH21" in report
    assert copied not in report
    assert json.dumps(copied)[1:-1] not in report


SENSITIVE = {"v": True}
OF_A_MODULE = {"variables": {"pin": {"sensitive": True}}}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "a resource that -target leaves out": {
        "prior_state": {
            "values": {
                "root_module": {
                    "resources": [
                        {
                            "address": "aws_x.a",
                            "mode": "managed",
                            "type": "aws_x",
                            "values": {"v": SECRET},
                            "sensitive_values": SENSITIVE,
                        }
                    ]
                }
            }
        }
    },
    "an output of the state": {
        "prior_state": {"values": {"outputs": {"o": {"sensitive": True, "value": SECRET}}}}
    },
    "an argument of a module": {
        "configuration": {
            "root_module": {
                "module_calls": {
                    "m": {"expressions": {"pin": {"constant_value": SECRET}}, "module": OF_A_MODULE}
                }
            }
        }
    },
    "an output that is written as it is": {
        "configuration": {
            "root_module": {
                "outputs": {"o": {"sensitive": True, "expression": {"constant_value": SECRET}}}
            }
        }
    },
    "a provisioner": {
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        "type": "aws_x",
                        "name": "a",
                        "provisioners": [
                            {"expressions": {"environment": {"constant_value": {"PWD_A": SECRET}}}}
                        ],
                    }
                ]
            }
        }
    },
    "an ephemeral variable": {
        "variables": {"given": {"value": SECRET}},
        "configuration": {"root_module": {"variables": {"given": {"ephemeral": True}}}},
    },
    "a deferred change": {
        "deferred_changes": [
            {
                "resource_change": {
                    "address": "aws_x.a",
                    "type": "aws_x",
                    "change": {"after": {"v": SECRET}, "after_sensitive": SENSITIVE},
                }
            }
        ]
    },
    "an action": {
        "action_invocations": [{"config_values": {"v": SECRET}, "config_sensitive": SENSITIVE}]
    },
    "the line of a file": {
        "variables": {"given": {"value": f"{SECRET}\n"}},
        "configuration": {"root_module": {"variables": {"given": {"sensitive": True}}}},
    },
    "a password in sensitive JSON": {
        "variables": {"given": {"value": json.dumps({"password": SECRET})}},
        "configuration": {"root_module": {"variables": {"given": {"sensitive": True}}}},
    },
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_copy_of_what_is_sensitive_in_another_place_of_a_plan_is_hidden(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = change(CLIENT, "web", {"name": "web"}, {"name": f"a {SECRET}"})
    run(written(tmp_path, plan(client, **ELSEWHERE[place])))
    report = capsys.readouterr().out
    assert "name: " in report
    assert SECRET not in report


@pytest.mark.parametrize(
    ("argument", "old", "new"),
    [
        ("name", "QZ", "ZQ"),
        ("access_token_validity", 4711, 8150),
        ("callback_urls", ["http://q.zz"], ["http://z.qq"]),
        ("enable_token_revocation", True, False),
    ],
)
def test_short_values_numbers_and_flags_are_in_no_sentence(
    argument: str, old: Any, new: Any
) -> None:
    marks = {argument: True}
    client = change(
        CLIENT,
        "web",
        {"name": "web", argument: old},
        {"name": "web", argument: new},
        before_sensitive=marks,
        after_sensitive=marks,
    )
    result = reviewed(plan(client))
    for name, output in outputs(result):
        for value in (old, new):
            shown = json.dumps(value[0] if isinstance(value, list) else value).strip('"')
            assert shown in {"true", "false"} or shown not in output, name


def test_a_sensitive_value_that_is_a_word_of_the_report_leaves_its_sentences_whole() -> None:
    def said_with(word: str) -> list[str]:
        pool = change(POOL, "users", {"name": "users", "mfa_configuration": "ON"}, None)
        declared = {"root_module": {"variables": {"given": {"sensitive": True}}}}
        document = plan(pool, variables={"given": {"value": word}}, configuration=declared)
        return [finding.text for finding in reviewed(document).findings]

    assert said_with("Terraform deletes") == said_with("password") == said_with("-")


def test_a_sentence_that_differs_only_in_the_value_keeps_its_words() -> None:
    user = {"username": "ann@acme.example", "attributes": {"email": "ann@acme.example"}}
    (finding,) = reviewed(plan(change("aws_cognito_user", "ann", user, None))).findings
    assert finding.text.startswith('Terraform deletes the user "(hidden)"')


def test_the_key_of_an_instance_is_hidden_if_it_has_a_sensitive_value() -> None:
    client = change(CLIENT, "web", {"name": "web"}, None)
    client |= {"address": f"{CLIENT}.web[{json.dumps(SECRET)}]", "index": SECRET}
    given = change("vendor_thing", "a", None, {"made": SECRET}, after_sensitive={"made": True})
    result = reviewed(plan(client, given))
    assert [finding.change.address for finding in result.findings] == [f'{CLIENT}.web["hidden 1"]']
    assert all(SECRET not in output for _, output in outputs(result))


def test_the_name_of_a_block_is_hidden_if_it_is_sensitive() -> None:
    old, new = ({"recovery_mechanism": [{"name": name, "priority": 1}]} for name in ("QZ", "ZQ"))
    marks = {"account_recovery_setting": [{"recovery_mechanism": [{"name": True}]}]}
    pool = change(
        POOL,
        "users",
        {"account_recovery_setting": [old]},
        {"account_recovery_setting": [new]},
        before_sensitive=marks,
        after_sensitive=marks,
    )
    for name, output in outputs(reviewed(plan(pool))):
        assert "QZ" not in output, name
        assert "ZQ" not in output, name


def test_a_sentence_that_the_value_chooses_is_not_shown() -> None:
    def pool(configuration: str) -> dict[str, Any]:
        return {"name": "users", "mfa_configuration": configuration}

    (finding,) = reviewed(
        plan(
            change(
                POOL,
                "users",
                pool("ON"),
                pool("OFF"),
                before_sensitive={"mfa_configuration": True},
                after_sensitive={"mfa_configuration": True},
            )
        )
    ).findings
    assert finding.rule.id == "CH02"
    assert finding.text == f"{finding.rule.title}: the value is sensitive and not shown."


@pytest.mark.parametrize("argument", ["deletion_protection", "mfa_configuration", "tags"])
def test_no_guess_of_a_sensitive_value_can_be_confirmed_by_the_fingerprint(argument: str) -> None:
    def with_value(value: object) -> str:
        marks = {argument: True}
        before = {"name": "users", argument: "old"}
        after = {"name": "users", argument: value}
        pool = change(
            POOL,
            "users",
            before,
            after,
            actions=("delete", "create"),
            replace_paths=[[argument, *value] if isinstance(value, dict) else [argument]],
            before_sensitive=marks,
            after_sensitive=marks,
        )
        return reviewed(plan(pool)).fingerprint

    values = ({"a": "1"}, {"b": "2"}) if argument == "tags" else ("ACTIVE", "INACTIVE")
    assert len({with_value(value) for value in values}) == 1
