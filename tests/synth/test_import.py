"""A construct takes over a resource that exists already."""

from typing import Any

import pytest

from constructs_auth import (
    AS_IT_IS,
    AdminBackend,
    AuthApp,
    AuthStack,
    ImportedSecret,
    InvalidValueError,
    InvitationMessages,
    LambdaTriggers,
    Mfa,
    NativeApplication,
    StringAttribute,
    User,
    UserGroup,
    UserInGroup,
    Username,
    UserPool,
    UserPoolClient,
)
from constructs_auth.engine import Construct
from tests.support.as_it_is import client_as_it_is
from tests.synth.conftest import Synthesize
from tests.synth.reading import rules_broken_in

POOL_ID = "eu-west-1_aBcDeFgH1"
CLIENT_ID = f"{POOL_ID}/1example23456789"
FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:acme"


def pool_as_it_is(scope: Construct) -> UserPool:
    """A pool that leaves all that it may leave."""
    return UserPool(
        scope,
        "users",
        sign_in=Username(case_sensitive=AS_IT_IS),
        attributes=[StringAttribute(name="team", min_length=AS_IT_IS, max_length=AS_IT_IS)],
        attributes_require_verification_before_update=(),
        passwordless=AS_IT_IS,
        mfa=Mfa.off(),
        account_recovery=AS_IT_IS,
        sms=AS_IT_IS,
        verification_messages=AS_IT_IS,
        invitation_messages=AS_IT_IS,
    )


def api_of(stack: AuthStack, pool: UserPool, secret: ImportedSecret) -> UserPoolClient:
    """A client that leaves all that it may leave."""
    return client_as_it_is(
        stack, "api", user_pool=pool, application=NativeApplication(), imported_secret=secret
    )


def body(document: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """A resource without the notes of CDKTF."""
    found: dict[str, Any] = document["resource"][kind][name]
    return {argument: value for argument, value in found.items() if argument != "//"}


def test_what_is_left_as_it_is_is_not_written(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = pool_as_it_is(stack)
    client = api_of(stack, pool, ImportedSecret.ABSENT)
    document = synthesize(stack)

    assert body(document, "aws_cognito_user_pool", "users").keys() == {
        "admin_create_user_config",
        "auto_verified_attributes",
        "deletion_protection",
        "email_configuration",
        "mfa_configuration",
        "name",
        "password_policy",
        "schema",
        "user_pool_tier",
    }
    written = body(document, "aws_cognito_user_pool", "users")
    assert written["admin_create_user_config"] == {"allow_admin_create_user_only": True}
    assert written["schema"][0]["string_attribute_constraints"] == {}
    assert body(document, "aws_cognito_user_pool_client", "api") == {
        "allowed_oauth_flows_user_pool_client": False,
        "enable_propagate_additional_user_context_data": False,
        "enable_token_revocation": True,
        "generate_secret": False,
        "lifecycle": {"ignore_changes": ["generate_secret"]},
        "name": "api",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }
    assert not client.has_secret


def test_an_import_block_takes_over_each_resource(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = UserPool(stack, "users", lambda_triggers=LambdaTriggers(pre_sign_up=FUNCTION))
    client = api_of(stack, pool, ImportedSecret.PRESENT)
    pool.import_from(
        POOL_ID, nested={"aws_lambda_permission.users_pre_sign_up": "acme/AllowCognito"}
    )
    client.import_from(CLIENT_ID)
    assert synthesize(stack)["import"] == [
        {"id": POOL_ID, "to": "aws_cognito_user_pool.users"},
        {"id": "acme/AllowCognito", "to": "aws_lambda_permission.users_pre_sign_up"},
        {"id": CLIENT_ID, "to": "aws_cognito_user_pool_client.api"},
    ]
    assert client.has_secret


def test_a_single_message_is_left_out(stack: AuthStack, synthesize: Synthesize) -> None:
    UserPool(stack, "users", invitation_messages=InvitationMessages(sms_message=AS_IT_IS))
    written = body(synthesize(stack), "aws_cognito_user_pool", "users")
    template = written["admin_create_user_config"]["invite_message_template"]
    assert template.keys() == {"email_message", "email_subject"}


@pytest.mark.parametrize(
    ("resource_id", "nested", "error"),
    [
        (CLIENT_ID, {}, r"aws_cognito_user_pool\.users: must have the form <user pool id>, got"),
        ("", {}, "must be a text, got ''"),
        (7, {}, "must be a text, got 7"),
        (POOL_ID, {"aws_iam_role.users": "x"}, "nested: must name other resources .*choose from"),
        (
            POOL_ID,
            {"aws_lambda_permission.users_pre_sign_up": "AllowCognito"},
            "must have the form <function>/<statement id>",
        ),
    ],
)
def test_an_id_of_another_form_is_refused(
    stack: AuthStack, resource_id: Any, nested: dict[str, str], error: str
) -> None:
    pool = UserPool(stack, "users", lambda_triggers=LambdaTriggers(pre_sign_up=FUNCTION))
    with pytest.raises(InvalidValueError, match=error):
        pool.import_from(resource_id, nested=nested)
    pool.import_from(POOL_ID)  # nothing was kept of the wrong call


def test_a_resource_is_imported_once(stack: AuthStack) -> None:
    pool = pool_as_it_is(stack)
    pool.import_from(POOL_ID)
    with pytest.raises(InvalidValueError, match="must be called once for a resource, got"):
        pool.import_from(POOL_ID)


def test_a_membership_cannot_be_imported(stack: AuthStack) -> None:
    pool = pool_as_it_is(stack)
    ann = User(stack, "ann", user_pool=pool, username="ann")
    staff = UserGroup(stack, "staff", user_pool=pool)
    member = UserInGroup(stack, "member", user=ann, group=staff)
    with pytest.raises(InvalidValueError, match="which aws_cognito_user_in_group is not"):
        member.import_from(f"{POOL_ID}/staff/ann")


def test_an_imported_client_says_whether_it_has_a_secret(app: AuthApp, stack: AuthStack) -> None:
    client = UserPoolClient(
        stack, "api", user_pool=pool_as_it_is(stack), application=AdminBackend()
    )
    client.import_from(CLIENT_ID)
    assert rules_broken_in(app) == ["auth/api: CVH26 generate_secret"]
