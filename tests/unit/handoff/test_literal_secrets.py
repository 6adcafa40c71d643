"""Literal secrets, which a hand-off refuses, and references to secrets, which it keeps."""

import pytest

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
    ],
)
def test_refuses_a_literal_secret_in_an_expression(desk: Desk, name: str, value: object) -> None:
    put_text(desk, name, value)
    assert desk.run() == 3
    assert f"resource.aws_example.a.{name}: must not contain a secret" in desk.complained
    assert HUSH not in desk.complained
    assert not desk.out.exists()


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
