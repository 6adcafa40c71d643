"""Literal secrets, which a hand-off refuses, and references to secrets, which it keeps."""

import time

import pytest

from constructs_auth.handoff.literal_secrets import literal_secrets
from tests.unit.handoff.desk import Desk
from tests.unit.handoff.samples import document

HUSH = "HUSHHUSH99"


def put_text(desk: Desk, name: str, value: object) -> None:
    content = document()
    content["resource"]["aws_example"] = {"a": {name: value}}
    desk.put(content)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", f"{HUSH}${{var.x}}"),
        ("password", f'${{upper("{HUSH}")}}'),
        ("password", f'${{coalesce(var.x, "{HUSH}")}}'),
        ("password", f'${{var.x == "" ? "{HUSH}" : var.x}}'),
        ("password", 12345678),
        ("password", [HUSH]),
        ("dbPassword", HUSH),
        ("db-password", HUSH),
        ("name", f'${{sensitive("{HUSH}")}}'),
        ("url", f"postgres://user:{HUSH}@host"),
        ("secret_string", f'${{jsonencode({{"a": "{HUSH}"}})}}'),
        ("secret_string", f'${{jsonencode({{user = var.x, password = "{HUSH}"}})}}'),
        ("secret_string", f'{{"user": "${{var.x}}", "password": "{HUSH}"}}'),
        ("secret_string", f'{{"user": "a", "password": "{HUSH}${{var.x}}"}}'),
        ("password", f'${{format("{HUSH}-%s", var.x)}}'),
        ("password", f'${{format("%s-%s", var.x, "{HUSH}")}}'),
        ("password", f'${{join("-", [var.x, "{HUSH}"])}}'),
        ("password", f'${{join("{HUSH}", var.list)}}'),
        ("details", f'${{merge(var.x, {{client_secret = "{HUSH}"}})}}'),
        ("details", f'${{merge(var.x, {{a = 1, "client_secret" : "{HUSH}"}})}}'),
        ("details", f'${{{{client_secret = "{HUSH}${{var.x}}"}}}}'),
        ("password", f'${{replace(var.x, "-", "{HUSH}")}}'),
        ("password", f'${{replace("{HUSH}-", "-", var.x)}}'),
        ("password", f'${{replace("-{HUSH}", "/a/", var.x)}}'),
        ("password", f'${{upper(join("", ["{HUSH}", var.x]))}}'),
        ("password", f'${{var.x == "a" ? format("{HUSH}%s", var.y) : var.x}}'),
        ("password", f'${{lookup(var.passwords, "database", "{HUSH}")}}'),
        ("password", f'${{(var.x) != "" ? var.x : ("{HUSH}")}}'),
        ("password", f'${{join("", ["${{var.x}}{HUSH}"])}}'),
        ("token", f'${{format("Bearer %s{HUSH}", var.x)}}'),
        ("secret_string", f'${{format("{{\\"password\\":\\"{HUSH}%s\\"}}", var.x)}}'),
        ("secret_string", f'${{format("user=%s;password={HUSH}", var.x)}}'),
        ("secret_string", f'${{format("postgres://user:{HUSH}@%s", var.x)}}'),
        ("secret_string", f'${{jsonencode({{password = format("%s{HUSH}", var.x)}})}}'),
        ("definitions", f'[{{"environment": [{{"name": "DB_PASSWORD", "value": "{HUSH}"}}]}}]'),
        ("definitions", f'{{"image": "${{var.x}}", "apiKey": "{HUSH}"}}'),
        ("details", f'${{jsondecode("{{\\"client_secret\\": \\"{HUSH}\\"}}")}}'),
    ],
)
def test_refuses_a_literal_secret_in_an_expression(desk: Desk, name: str, value: object) -> None:
    put_text(desk, name, value)
    assert desk.run() == 3
    assert f"resource.aws_example.a.{name}: must not contain a secret" in desk.complained
    assert HUSH not in desk.complained
    assert not desk.out.exists()


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({"setting": [{"name": "DB_PASSWORD", "value": HUSH}]}, "setting.value"),
        ({"setting": {"Name": "db.password", "Value": f"{HUSH}${{var.x}}"}}, "setting.Value"),
        ({"name": "/a/db", "type": "SecureString", "value": HUSH}, "value"),
        ({"name": "/a/db", "type": "SecureString", "insecure_value": HUSH}, "insecure_value"),
    ],
)
def test_refuses_the_literal_value_of_a_setting_that_is_secret(
    desk: Desk, block: object, place: str
) -> None:
    content = document()
    content["resource"]["aws_example"] = {"a": block}
    desk.put(content)
    assert desk.run() == 3
    assert f"resource.aws_example.a.{place}: must not contain a secret" in desk.complained
    assert HUSH not in desk.complained


@pytest.mark.parametrize(
    "block",
    [
        {"setting": [{"name": "DB_PASSWORD", "value": "${var.x}"}]},
        {"setting": [{"name": "DB_USER", "value": HUSH}]},
        {"setting": [{"name": "REQUIRE_PASSWORD", "value": "true"}]},
        {"name": "/a/db", "type": "SecureString", "value": "${var.x}"},
        {"name": "/a/db", "type": "String", "value": HUSH},
        {"definition": '{"Parameters": {"password": "$.password", "token": "{{resolve:x}}"}}'},
        {"body": '{"properties": {"password": {"type": "string"}}}'},
        {"text": "{password}"},
        {"text": "[client_secret]"},
    ],
)
def test_hands_over_settings_that_contain_no_literal_secret(desk: Desk, block: object) -> None:
    content = document()
    content["resource"]["aws_example"] = {"a": block}
    desk.put(content)
    assert desk.run() == 0, desk.complained


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", "${random_password.a.result}"),
        ("password", "${random_password.a.result}!Aa1"),
        ("password", '${lookup(var.passwords, "database")}'),
        ("password", '${jsondecode(data.aws_example.a.secret_string)["password"]}'),
        ("password", '${replace(var.x, "/[^a-zA-Z]/", "")}'),
        ("password", '${var.stage == "production" ? var.x : var.y}'),
        ("client_secret", "arn:aws:secretsmanager:eu-west-1:${var.account}:secret:google"),
        ("token", "Bearer ${var.x}"),
        ("url", "https://user:${var.x}@host"),
        ("secret_string", "${jsonencode({client_secret = aws_example.b.client_secret})}"),
        ("secret_string", '${jsonencode({username = "administrator", password = var.x})}'),
        ("secret_string", '{"username": "administrator", "password": "${var.x}"}'),
        ("password", '${format("%s-%05d", var.x, var.y)}'),
        ("password", '${format("%s!Aa1", random_password.a.result)}'),
        ("password", '${join("-", [var.x, var.y])}'),
        ("password", '${join("\\n", [for key in ["production", "staging1"] : var.all[key]])}'),
        ("password", '${replace(var.x, "production", "")}'),
        ("password", '${trimprefix(var.x, "production-")}'),
        ("password", '${format("production-%s", var.y) == var.z ? var.x : var.y}'),
        ("password", '${contains(["production", "staging"], var.stage) ? var.x : var.y}'),
        ("password", '${var.all[format("production-%s", var.x)]}'),
        ("password", '${try(jsondecode(var.x)["production"], var.y)}'),
        ("password", '${regex("^production-(.*)$", var.x)}'),
        ("password", '${provider::aws::arn_build("production", "iam", var.x)}'),
        ("password", '${textdecodebase64(var.x, "UTF-16LE")}'),
        ("client_secret", '${format("arn:aws:ssm:%s:parameter/google/production", var.x)}'),
        ("client_secret", '${join("/", ["/production/google", var.x])}'),
        ("token", '${format("Bearer %s", var.x)}'),
        ("secret_string", '${format("postgres://administrator:%s@%s:5432/app", var.x, var.y)}'),
        ("secret_string", '${format("Server=%s;User Id=administrator;Password=%s", var.x, var.y)}'),
        (
            "secret_string",
            '${format("{\\"username\\":\\"administrator\\",\\"password\\":\\"%s\\"}", var.x)}',
        ),
        ("secret_string", '${jsonencode({username = format("production-%s", var.x)})}'),
    ],
)
def test_hands_over_a_reference_to_a_secret(desk: Desk, name: str, value: str) -> None:
    put_text(desk, name, value)
    assert desk.run() == 0, desk.complained


@pytest.mark.parametrize(
    ("kind", "block", "place"),
    [
        ("variable", {"a": {"sensitive": "true", "default": HUSH}}, "variable.a.default"),
        ("variable", {"a": {"sensitive": "${true}", "default": HUSH}}, "variable.a.default"),
        ("variable", {"a": {"default": {"password": HUSH}}}, "variable.a.default.password"),
        ("variable", {"db-password": {"default": HUSH}}, "variable.db-password.default"),
        ("output", {"password": {"value": HUSH}}, "output.password.value"),
        ("output", {"a": {"value": HUSH, "sensitive": True}}, "output.a.value"),
        (
            "provider",
            {"aws": [{"assume_role": [{"external_id": HUSH}]}]},
            "provider.aws.assume_role.external_id",
        ),
        (
            "terraform",
            {"backend": {"http": {"address": f"https://user:{HUSH}@host"}}},
            "terraform.backend.http.address",
        ),
    ],
)
def test_refuses_a_literal_secret_in_another_block(
    desk: Desk, kind: str, block: object, place: str
) -> None:
    content = document()
    content[kind] = block
    desk.put(content)
    assert desk.run() == 3
    assert f"{place}: must not contain a secret" in desk.complained
    assert not desk.out.exists()


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("variable", {"a": {"type": "string", "sensitive": "false", "default": "text"}}),
        ("output", {"a": {"value": {"id": "web", "s": "${path.module}"}, "sensitive": True}}),
    ],
)
def test_hands_over_values_that_are_not_secret(desk: Desk, kind: str, block: object) -> None:
    content = document()
    content[kind] = block
    desk.put(content)
    assert desk.run() == 0, desk.complained


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param(f'join("-", [{"var.x, " * 9000}"ab"])', id="many references"),
        pytest.param(
            'join("-", [' + '"ab", ' * 9000 + "var.x])",
            id="many short texts",
            marks=pytest.mark.thorough,
        ),
        pytest.param(f'format("{"- " * 40_000}", var.x)', id="a long separator"),
        pytest.param(f'format("%{"0" * 80_000}", var.x)', id="a long verb"),
        pytest.param(f"{'upper(' * 400}var.x{')' * 400}", id="deep"),
    ],
)
def test_long_expressions_take_time_in_line_with_their_length(expression: str) -> None:
    start = time.process_time()
    found = list(literal_secrets({"resource": {"a": {"b": {"password": f"${{{expression}}}"}}}}))
    assert time.process_time() - start < 10
    assert found in ([], ["resource.a.b.password"])


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"locals": {"google": HUSH}}, "locals.google"),
        ({"locals": {"google": "${local.other}", "other": HUSH}}, "locals.other"),
        ({"variable": {"google": {"default": HUSH}}}, "variable.google.default"),
    ],
)
def test_a_literal_that_is_used_as_a_secret_is_one(more: dict[str, object], place: str) -> None:
    reference = "${var.google}" if "variable" in more else "${local.google}"
    details = {"a": {"provider_details": {"client_secret": reference}}}
    assert list(literal_secrets({"resource": {"aws_example": details}, **more})) == [place]


def test_a_literal_beside_a_secret_is_none() -> None:
    written = {
        "locals": {"google": "${var.google}", "stage": HUSH, "loop": "${local.loop}"},
        "variable": {"google": {"sensitive": True}},
        "resource": {
            "aws_example": {
                "a": {
                    "client_secret": "${local.google}",
                    "password": "${local.loop}",
                    "secret": '${local.stage == "x" ? var.google : null}',
                    "name": f'${{var.is_new ? var.client_secret : "{HUSH}"}}',
                    "tags": f'${{{{client_secret = var.google, stage = "{HUSH}"}}}}',
                    "same": f'${{var.client_secret == "{HUSH}"}}',
                }
            }
        },
    }
    assert list(literal_secrets(written)) == []
