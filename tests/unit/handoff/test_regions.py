"""What depends on the region and the partition follows them, and nothing else does."""

import json
from typing import Any

import pytest

from tests.unit.handoff.desk import Desk
from tests.unit.handoff.samples import document

HOST = "https://acme.auth.eu-west-1.amazoncognito.com"
POOL = "${aws_cognito_user_pool.users.id}"


def stack_with(value: str, resource: dict[str, Any] | None = None) -> dict[str, Any]:
    """The stack with a domain, and an output of *value*."""
    content = document()
    content["resource"]["aws_cognito_user_pool_domain"] = {
        "login": {"domain": "acme", "user_pool_id": POOL}
    }
    content["resource"] |= resource or {}
    content["output"] = {"value": {"value": value}}
    return content


def handed_over(desk: Desk, content: object, *options: str) -> str:
    """The value of that output in the hand-off."""
    desk.put(content)
    assert desk.run("--format", "json", *options) == 0
    value: str = json.loads(desk.text("outputs.tf.json"))["output"]["value"]["value"]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"{HOST}/oauth2/token", "https://acme.auth.${var.region}.amazoncognito.com/oauth2/token"),
        (
            f'${{join("", ["{HOST}", "/a"])}}',
            '${join("", ["https://acme.auth.${var.region}.amazoncognito.com", "/a"])}',
        ),
        (
            f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL}/.well-known/jwks.json",
            f"https://cognito-idp.${{var.region}}.amazonaws.com/{POOL}/.well-known/jwks.json",
        ),
        (
            '{"Resource": "arn:aws:cognito-idp:eu-west-1:${data.aws_caller_identity.me.account_id}'
            f':userpool/{POOL}"}}',
            '{"Resource": "arn:${data.aws_partition.current.partition}:cognito-idp:${var.region}:'
            f'${{data.aws_caller_identity.me.account_id}}:userpool/{POOL}"}}',
        ),
        (
            f"cognito-idp.eu-west-1.amazonaws.com/{POOL}",
            f"cognito-idp.${{var.region}}.amazonaws.com/{POOL}",
        ),
        (
            "wss://${aws_apigatewayv2_api.a.id}.execute-api.eu-west-1.amazonaws.com/prod?a=b",
            "wss://${aws_apigatewayv2_api.a.id}.execute-api.${var.region}.amazonaws.com/prod?a=b",
        ),
        (
            "https://s3.eu-west-1.amazonaws.com/${aws_s3_bucket.b.id}/logo.png",
            "https://s3.${var.region}.amazonaws.com/${aws_s3_bucket.b.id}/logo.png",
        ),
        (
            "arn:aws:apigateway:eu-west-1:lambda:path/functions/arn:aws:lambda:eu-west-1:"
            "${data.aws_caller_identity.me.account_id}:function:"
            "${aws_lambda_function.f.function_name}/invocations",
            "arn:${data.aws_partition.current.partition}:apigateway:${var.region}:lambda:path/"
            "functions/arn:${data.aws_partition.current.partition}:lambda:${var.region}:"
            "${data.aws_caller_identity.me.account_id}:function:"
            "${aws_lambda_function.f.function_name}/invocations",
        ),
        (
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess",
        ),
    ],
)
def test_what_names_a_resource_of_the_stack_follows_its_region(
    desk: Desk, value: str, expected: str
) -> None:
    resources = {
        "aws_apigatewayv2_api": {"a": {"name": "a", "protocol_type": "WEBSOCKET"}},
        "aws_lambda_function": {"f": {"function_name": "f"}},
        "aws_s3_bucket": {"b": {}},
    }
    assert handed_over(desk, stack_with(value, resources)) == expected
    assert desk.complained == ""
    assert "| `output.value.value` | follows `var.region` |\n" in desk.text("README.md")


@pytest.mark.parametrize(
    "value",
    [
        "https://other.auth.eu-west-1.amazoncognito.com/oauth2/token",
        "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a1b2c3",
        f"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a1b2c3?not={POOL}",
        "arn:aws:ses:eu-west-1:${data.aws_caller_identity.me.account_id}:identity/acme.example",
        "arn:aws:wafv2:eu-west-1:${data.aws_caller_identity.me.account_id}:global/webacl/"
        "${aws_wafv2_web_acl.a.id}",
        "https://${aws_api_gateway_rest_api.elsewhere.id}.execute-api.eu-west-1.amazonaws.com",
        f"https://collector.eu-west-1.example/v1?pool={POOL}",
        f"https://api.eu-west-1.acme.example/pools/{POOL}",
        f"https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod/{POOL}",
        f"https://cognito-idp.eu-west-1.amazonaws.com/?pool={POOL}",
        f"https://sqs.eu-west-1.amazonaws.com/123456789012/{POOL}",
        f"https://s3.eu-west-1.amazonaws.com/acme-logos/{POOL}.png",
        f"https://acme-logos.s3.eu-west-1.amazonaws.com/{POOL}.png",
        f"https://cognito-idp.eu-west-1.amazonaws.com.acme.example/{POOL}",
        f"s3://acme-logos/eu-west-1/{POOL}",
        f"/acme/eu-west-1/{POOL}",
        "eu-west-1",
        "eu-west-1a",
    ],
)
def test_what_may_exist_in_one_region_stays_and_is_reported(desk: Desk, value: str) -> None:
    elsewhere = {
        "aws_api_gateway_rest_api": {"elsewhere": {"name": "e", "provider": "aws.other"}},
        "aws_wafv2_web_acl": {"a": {"name": "a", "scope": "CLOUDFRONT"}},
    }
    assert handed_over(desk, stack_with(value, elsewhere)) == value
    assert desk.complained == (
        "warning: output.value.value: contains eu-west-1 as text, which does not follow "
        "var.region; use a reference if it depends on the region of this stack\n"
    )
    assert "| `output.value.value` | stays `eu-west-1` |\n" in desk.text("README.md")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            f"{HOST}/login?redirect_uri=https%3A%2F%2Fapp.eu-west-1.acme.example%2Fcallback",
            "https://acme.auth.${var.region}.amazoncognito.com/login"
            "?redirect_uri=https%3A%2F%2Fapp.eu-west-1.acme.example%2Fcallback",
        ),
        (
            "arn:aws:dynamodb:eu-west-1:${data.aws_caller_identity.me.account_id}:"
            f"table/eu-west-1/{POOL}",
            "arn:${data.aws_partition.current.partition}:dynamodb:${var.region}:"
            f"${{data.aws_caller_identity.me.account_id}}:table/eu-west-1/{POOL}",
        ),
    ],
)
def test_only_the_place_of_a_resource_follows_and_not_a_parameter_or_a_name(
    desk: Desk, value: str, expected: str
) -> None:
    assert handed_over(desk, stack_with(value)) == expected
    assert "warning: output.value.value: contains eu-west-1 as text" in desk.complained


@pytest.mark.parametrize(
    "value",
    [
        f"arn:aws:sns:eu-west-1:123456789012:{POOL}",
        "arn:aws:sns:eu-west-1:123456789012:alarms",
    ],
)
def test_the_arn_of_one_account_stays_and_is_reported_once(desk: Desk, value: str) -> None:
    assert handed_over(desk, stack_with(value)) == value
    assert desk.complained == (
        "warning: output.value.value: contains the ARN of one account; use a variable or a "
        "reference instead\n"
    )
    assert "| `output.value.value` | stays, with its account id |\n" in desk.text("README.md")


@pytest.mark.parametrize("value", ["auth.eu-central-1.amazoncognito.com", "my-eu-west-12", "$${a}"])
def test_another_region_is_nothing_to_report(desk: Desk, value: str) -> None:
    assert handed_over(desk, stack_with(value)) == value
    assert desk.complained == ""


def test_a_value_that_calls_itself_the_region_follows(desk: Desk) -> None:
    content = document()
    content["output"] = {"region": {"value": "eu-west-1", "description": "Now eu-west-1."}}
    content["locals"] = {"aws_region": "eu-west-1", "backup_region": "eu-west-1"}
    content["resource"] |= {
        "aws_ssm_parameter": {"a": {"name": "/acme/region", "insecure_value": "eu-west-1"}},
        "aws_lambda_function": {
            "f": {"environment": {"variables": {"REGION": "eu-west-1"}}, "region": "eu-west-1"}
        },
    }
    desk.put(content)
    assert desk.run("--format", "json") == 0
    assert json.loads(desk.text("outputs.tf.json"))["output"]["region"] == {
        "value": "${var.region}",
        "description": "Now eu-west-1.",
    }
    assert json.loads(desk.text("locals.tf.json"))["locals"] == {
        "aws_region": "${var.region}",
        "backup_region": "eu-west-1",
    }
    resources = json.loads(desk.text("main.tf.json"))["resource"]
    assert resources["aws_ssm_parameter"]["a"]["insecure_value"] == "${var.region}"
    assert resources["aws_lambda_function"]["f"] == {
        "environment": {"variables": {"REGION": "${var.region}"}},
        "region": "eu-west-1",
    }


def test_a_module_takes_the_region_from_its_provider(desk: Desk) -> None:
    issuer = "https://cognito-idp.{}.amazonaws.com/${{aws_cognito_user_pool.users.id}}"
    assert handed_over(desk, stack_with(issuer.format("eu-west-1")), "--module") == issuer.format(
        "${data.aws_region.current.id}"
    )
    assert json.loads(desk.text("main.tf.json"))["data"] == {"aws_region": {"current": {}}}
    assert "The region is that of the provider that the caller passes." in desk.text("README.md")


@pytest.mark.parametrize(
    ("region", "condition"),
    [
        ("eu-west-1", '!can(regex("^(cn|eusc|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-", {}))'),
        ("us-gov-west-1", 'startswith({}, "us-gov-")'),
        ("eusc-de-east-1", 'startswith({}, "eusc-")'),
    ],
)
def test_a_domain_keeps_its_partition(desk: Desk, region: str, condition: str) -> None:
    """Its URL has another form in another one."""
    content = stack_with(f"https://acme.auth.{region}.amazoncognito.com")
    content["provider"]["aws"][0]["region"] = region
    handed_over(desk, content)
    variable = json.loads(desk.text("variables.tf.json"))["variable"]["region"]
    assert variable["validation"]["condition"] == f"${{{condition.format('var.region')}}}"

    handed_over(desk, content, "--module")
    data = json.loads(desk.text("main.tf.json"))["data"]["aws_region"]["current"]
    postcondition = data["lifecycle"]["postcondition"]
    assert postcondition["condition"] == f"${{{condition.format('self.id')}}}"


def test_a_host_in_china_stays_in_china(desk: Desk) -> None:
    content = stack_with(f"https://cognito-idp.cn-north-1.amazonaws.com.cn/{POOL}")
    content["provider"]["aws"][0]["region"] = "cn-north-1"
    assert handed_over(desk, content) == (
        f"https://cognito-idp.${{var.region}}.amazonaws.com.cn/{POOL}"
    )
    variable = json.loads(desk.text("variables.tf.json"))["variable"]["region"]
    assert variable["validation"]["condition"] == '${startswith(var.region, "cn-")}'


def test_a_variable_with_the_name_region_and_another_meaning_is_reported(desk: Desk) -> None:
    content = stack_with(HOST)
    content["variable"]["region"] = {"type": "string", "description": "Where the old pool is."}
    assert handed_over(desk, content) == HOST
    assert desk.complained == (
        "warning: provider.aws.region: stays eu-west-1, because the variable region of the program "
        "has another meaning; use that variable as the region of the stack, or rename it\n"
    )


def test_a_module_uses_the_data_source_that_is_there(desk: Desk) -> None:
    content = stack_with(HOST)
    content["data"] = {"aws_region": {"current": {"provider": "aws.other"}, "here": {}}}
    assert "${data.aws_region.here.id}" in handed_over(desk, content, "--module")

    del content["data"]["aws_region"]["here"]
    assert "${data.aws_region.current_2.id}" in handed_over(desk, content, "--module")


def test_a_module_has_no_variable_for_the_region_of_its_provider(desk: Desk) -> None:
    """The caller could give another one than its provider has."""
    content = stack_with("https://acme.auth.${var.place}.amazoncognito.com")
    content["variable"]["place"] = {"type": "string"}
    content["provider"]["aws"][0]["region"] = "${var.place}"
    assert handed_over(desk, content, "--module") == (
        "https://acme.auth.${data.aws_region.current.id}.amazoncognito.com"
    )
    assert list(json.loads(desk.text("variables.tf.json"))["variable"]) == ["google_secret"]


def test_a_provider_of_another_region_is_listed(desk: Desk) -> None:
    content = document()
    content["provider"]["aws"].append({"alias": "us_east_1", "region": "us-east-1"})
    desk.put(content)
    desk.run()
    assert "| the provider `aws.us_east_1` | stays `us-east-1` |\n" in desk.text("README.md")
