"""What a pool needs of other services, and Cognito's resources of another provider."""

from typing import Any

import pytest

from tests.unit.review.plans import POOL, change, plan, reviewed, said

PERMISSION = "aws_lambda_permission"
FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:acme"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
USERS = {"name": "acme", "arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/x"}


def pool(**config: Any) -> dict[str, Any]:
    """Keep a pool with triggers."""
    values = {**USERS, "lambda_config": [config] if config else []}
    return change(POOL, "users", values, values, actions=("no-op",))


def permission(function: str = FUNCTION) -> dict[str, Any]:
    """Delete the permission of a trigger."""
    before = {
        "principal": "cognito-idp.amazonaws.com",
        "function_name": function,
        "source_arn": USERS["arn"],
    }
    return change(PERMISSION, "call", before, None)


@pytest.mark.parametrize("function", [FUNCTION, "acme", f"{FUNCTION}:live"])
def test_a_trigger_that_stays_needs_its_permission(function: str) -> None:
    assert said(plan(pool(pre_sign_up=FUNCTION), permission(function))) == [
        'CR23: Cognito may not call the function of pre_sign_up of the pool "acme": everything '
        "that needs this trigger fails for users.",
    ]


def test_a_permission_that_goes_with_its_trigger_is_no_finding() -> None:
    assert said(plan(pool(), permission())) == []


def test_a_permission_at_another_address_is_no_finding() -> None:
    created = {"principal": "cognito-idp.amazonaws.com", "function_name": FUNCTION}
    again = change(PERMISSION, "again", None, created)
    assert said(plan(pool(pre_sign_up=FUNCTION), permission(), again)) == []


@pytest.mark.parametrize("name", ["acme", FUNCTION])
def test_a_permission_for_every_pool_is_another_one(name: str) -> None:
    created = {
        "principal": "cognito-idp.amazonaws.com",
        "function_name": name,
        "source_arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/*",
    }
    again = change(PERMISSION, "again", None, created)
    assert said(plan(pool(pre_sign_up=FUNCTION), permission(), again)) == []


def test_the_permission_of_another_pool_is_not_another_one() -> None:
    other = {
        "principal": "cognito-idp.amazonaws.com",
        "function_name": FUNCTION,
        "source_arn": f"{USERS['arn']}-other",
    }
    stays = change(PERMISSION, "other", other, other, actions=("no-op",))
    (text,) = said(plan(pool(pre_sign_up=FUNCTION), permission(), stays))
    assert text.startswith("CR23: Cognito may not call the function")


def test_the_key_of_a_sender_that_goes_ends_all_codes() -> None:
    sender = {"lambda_arn": FUNCTION, "lambda_version": "V1_0"}
    key = change("aws_kms_key", "codes", {"arn": KEY}, None)
    (finding,) = reviewed(plan(pool(custom_email_sender=[sender], kms_key_id=KEY), key)).findings
    assert (finding.rule.id, finding.severity) == ("CR25", "critical")
    assert said(plan(pool(custom_email_sender=[sender]), key)) == []


def test_a_certificate_in_use_cannot_be_deleted() -> None:
    values = {"domain": "login.acme.example", "certificate_arn": CERTIFICATE}
    domain = change("aws_cognito_user_pool_domain", "login", values, values, actions=("no-op",))
    certificate = change("aws_acm_certificate", "login", {"arn": CERTIFICATE}, None)
    assert said(plan(domain, certificate)) == [
        "CR26: The apply fails: AWS refuses to delete the certificate that "
        '"login.acme.example" uses.',
    ]
    assert said(plan(certificate)) == []


@pytest.mark.parametrize(
    ("first", "second", "of_domain", "count"),
    [
        ("delete", "create", ("update",), 1),
        ("create", "delete", ("update",), 0),
        ("delete", "create", ("delete", "create"), 0),
    ],
)
def test_a_certificate_in_use_cannot_be_deleted_before_there_is_another_one(
    first: str, second: str, of_domain: tuple[str, ...], count: int
) -> None:
    values = {"domain": "login.acme.example", "certificate_arn": CERTIFICATE}
    domain = change(
        "aws_cognito_user_pool_domain",
        "login",
        values,
        {"domain": values["domain"]},
        actions=of_domain,
        after_unknown={"certificate_arn": True},
    )
    certificate = change(
        "aws_acm_certificate",
        "login",
        {"arn": CERTIFICATE, "domain_name": "login.acme.example"},
        {"domain_name": "*.acme.example"},
        actions=(first, second),
        after_unknown={"arn": True},
    )
    told = [text for text in said(plan(domain, certificate)) if text.startswith("CR26")]
    assert len(told) == count


def test_employees_who_leave_the_directory_are_named() -> None:
    ann = change("aws_identitystore_user", "ann", {"user_name": "ann"}, None)
    assert said(plan(ann)) == [
        "CR24: The employee can no longer sign in, and loses every assignment: Terraform deletes "
        "aws_identitystore_user.ann.",
    ]


@pytest.mark.parametrize(
    ("kind", "after", "expected"),
    [
        ("awscc_cognito_user_pool", None, ("critical", "destroys")),
        ("aws_cognito_newer_than_this_release", None, ("high", "breaks")),
        ("awscc_cognito_user_pool_client", None, ("high", "breaks")),
        ("awscc_cognito_user_pool", {"mfa_configuration": "OFF"}, ("medium", "breaks")),
    ],
)
def test_resources_of_the_cloud_control_provider_are_never_passed_over(
    kind: str, after: dict[str, Any] | None, expected: tuple[str, str]
) -> None:
    (finding,) = reviewed(plan(change(kind, "x", {"mfa_configuration": "ON"}, after))).findings
    assert finding.rule.id == "CR22"
    assert (finding.severity, finding.effect) == expected


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (
            "aws_cognito_newer_than_this_release",
            "review this resource by hand, and see whether a newer release of constructs-auth "
            "judges its type",
        ),
        (
            "awscc_cognito_terms",
            "review this resource by hand, or define it with the provider hashicorp/aws if that "
            "has its type",
        ),
    ],
)
@pytest.mark.parametrize("after", [None, {"x": "2"}])
def test_only_resources_of_another_provider_are_to_be_defined_with_the_provider_of_aws(
    kind: str, remedy: str, after: dict[str, Any] | None
) -> None:
    (finding,) = reviewed(plan(change(kind, "x", {"x": "1"}, after))).findings
    assert finding.remedy == remedy


@pytest.mark.parametrize("actions", [("delete", "create"), ("create", "delete")])
def test_a_replaced_pool_of_the_cloud_control_provider_loses_its_users(
    actions: tuple[str, str],
) -> None:
    pool = change("awscc_cognito_user_pool", "a", {"x": "1"}, {"x": "2"}, actions=actions)
    (finding,) = reviewed(plan(pool)).findings
    assert (finding.rule.id, finding.severity, finding.effect) == ("CR22", "critical", "destroys")


def test_a_pool_that_stays_without_terraform_while_another_takes_its_place_is_not_low() -> None:
    old = change(POOL, "users", USERS, {"name": "b"}, actions=("forget", "create"))
    (finding,) = reviewed(plan(old)).findings
    assert (finding.rule.id, finding.severity) == ("CR17", "critical")
    assert "a new, empty pool takes its place" in finding.text


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        (
            "aws_cloudcontrolapi_resource",
            {"type_name": "AWS::Cognito::UserPool"},
            [("CR22", "critical")],
        ),
        (
            "aws_cloudcontrolapi_resource",
            {"type_name": "AWS::Cognito::UserPoolClient"},
            [("CR22", "high")],
        ),
        (
            "aws_cloudformation_stack",
            {"template_body": '{"Resources": {"a": {"Type": "AWS::Cognito::IdentityPool"}}}'},
            [("CR22", "critical")],
        ),
        ("aws_cloudformation_stack", {"template_body": "Type: AWS::SNS::Topic"}, []),
        ("aws_cloudcontrolapi_resource", {"type_name": "AWS::SNS::Topic"}, []),
    ],
)
def test_what_cloudformation_manages_of_cognito_is_not_passed_over(
    kind: str, before: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = reviewed(plan(change(kind, "x", before, None))).findings
    assert [(one.rule.id, one.severity) for one in found] == expected


def test_an_address_is_written_as_it_is() -> None:
    pool = change("awscc_cognito_user_pool", "a", {"name": "a"}, {"name": "b"})
    (text,) = said(plan(pool))
    assert text.startswith("CR22: The resource awscc_cognito_user_pool.a changes")


def updated(argument: str, value: object, **config: Any) -> dict[str, Any]:
    """Change one argument of a pool with triggers."""
    before = {**USERS, "id": "eu-west-1_a", "lambda_config": [config] if config else []}
    return change(POOL, "users", before, {**before, argument: value})


def kept(kind: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Keep a resource as it is."""
    return change(kind, name, values, values, actions=("no-op",))


MAY_CALL = kept(
    PERMISSION,
    "call",
    {
        "principal": "cognito-idp.amazonaws.com",
        "function_name": "acme",
        "source_arn": USERS["arn"],
    },
)
GOOGLE = kept(
    "aws_cognito_identity_provider",
    "google",
    {"user_pool_id": "eu-west-1_a", "provider_name": "Google", "provider_type": "Google"},
)
DROPPED = (
    'CH49: If the pool "acme" has an inbound federation trigger, which only the API can set, this '
    "update removes it, and sign-in through identity providers continues without it. The plan "
    "cannot show this."
)


def of_ch49(*changes: dict[str, Any]) -> list[str]:
    """Give what CH49 says."""
    return [text for text in said(plan(*changes)) if text.startswith("CH49")]


def test_an_update_of_a_pool_with_identity_providers_may_remove_a_trigger_of_the_api() -> None:
    assert of_ch49(updated("deletion_protection", "ACTIVE"), GOOGLE) == [DROPPED]


def test_a_function_that_the_pool_may_call_and_does_not_name_is_perhaps_that_trigger() -> None:
    assert of_ch49(updated("deletion_protection", "ACTIVE"), MAY_CALL) == [
        'CH49: The pool "acme" may call acme, which lambda_config does not name. If it is the '
        "inbound federation trigger, this update removes it, and sign-in through identity "
        "providers continues without it. The plan cannot show this.",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([updated("deletion_protection", "ACTIVE")], id="nobody signs in elsewhere"),
        pytest.param(
            [updated("deletion_protection", "ACTIVE", pre_sign_up=FUNCTION), MAY_CALL],
            id="the function is another trigger",
        ),
        pytest.param([updated("tags", {"a": "b"}), GOOGLE], id="another API changes tags"),
        pytest.param(
            [updated("web_authn_configuration", [{"relying_party_id": "acme.example"}]), GOOGLE],
            id="another API changes second factors",
        ),
    ],
)
def test_what_keeps_every_trigger_is_not_reported(changes: list[dict[str, Any]]) -> None:
    assert of_ch49(*changes) == []
