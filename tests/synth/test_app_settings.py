"""What an application reads at run time, and who may read it."""

import json
from typing import Any

import pytest

from constructs_auth import (
    AppSettings,
    AppSettingsGrant,
    AuthApp,
    AuthStack,
    ExistingUserPool,
    ExistingUserPoolClient,
    InvalidValueError,
    OAuth,
    PrefixDomain,
    S3Backend,
    SecretFormat,
    SinglePageApplication,
    StoredClientSecret,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from tests.synth.conftest import Synthesize

OAUTH = OAuth(callback_urls=["https://app.acme.example/callback"])
KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d"


@pytest.fixture
def web(stack: AuthStack) -> UserPoolClient:
    """A client that keeps a secret."""
    pool = UserPool(stack, "users")
    return UserPoolClient(stack, "web", user_pool=pool, application=WebApplication(oauth=OAUTH))


@pytest.fixture
def browser(stack: AuthStack) -> UserPoolClient:
    """A client that keeps none."""
    pool = UserPool(stack, "people")
    application = SinglePageApplication(oauth=OAUTH)
    return UserPoolClient(stack, "browser", user_pool=pool, application=application)


def written(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resources of one type, by name, without what CDKTF notes of them."""
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in document["resource"].get(kind, {}).items()
    }


def test_an_application_reads_parameters_and_a_secret(
    stack: AuthStack, web: UserPoolClient, synthesize: Synthesize
) -> None:
    domain = UserPoolDomain(
        stack, "domain", user_pool=web.user_pool, domain=PrefixDomain(prefix="acme")
    )
    AppSettings(stack, "settings", client=web, prefix="/acme/web", domain=domain)
    document = synthesize(stack)
    parameters = written(document, "aws_ssm_parameter")
    endpoint = "${aws_cognito_user_pool.users.endpoint}"

    assert {name: parameter["insecure_value"] for name, parameter in parameters.items()} == {
        "settings_client_secret_arn": ("${aws_secretsmanager_secret.settings_client_secret.arn}"),
        "settings_domain_url": "https://acme.auth.eu-west-1.amazoncognito.com",
        "settings_issuer": f"https://{endpoint}",
        "settings_jwks_url": f"https://{endpoint}/.well-known/jwks.json",
        "settings_region": "eu-west-1",
        "settings_user_pool_client_id": "${aws_cognito_user_pool_client.web.id}",
        "settings_user_pool_id": "${aws_cognito_user_pool.users.id}",
    }
    assert parameters["settings_user_pool_id"] == {
        "data_type": "text",
        "description": "The id of the user pool",
        "insecure_value": "${aws_cognito_user_pool.users.id}",
        "name": "/acme/web/user_pool_id",
        "tier": "Standard",
        "type": "String",
    }
    assert written(document, "aws_secretsmanager_secret") == {
        "settings_client_secret": {
            "description": "The client secret of auth/web",
            "name": "acme/web/client_secret",
            "recovery_window_in_days": 30,
        }
    }
    assert written(document, "aws_secretsmanager_secret_version") == {
        "settings_client_secret": {
            "secret_id": "${aws_secretsmanager_secret.settings_client_secret.id}",
            "secret_string": (
                '${jsonencode({"client_id" = aws_cognito_user_pool_client.web.id, '
                '"client_secret" = aws_cognito_user_pool_client.web.client_secret})}'
            ),
        }
    }


def test_a_secret_may_be_plain_with_a_key_of_its_own(
    stack: AuthStack, web: UserPoolClient, synthesize: Synthesize
) -> None:
    stored = StoredClientSecret(
        secret_format=SecretFormat.PLAINTEXT, kms_key_id=KEY, recovery_window_in_days=0
    )
    AppSettings(stack, "settings", client=web, prefix="/acme/web", client_secret=stored)
    document = synthesize(stack)
    (secret,) = written(document, "aws_secretsmanager_secret").values()
    (version,) = written(document, "aws_secretsmanager_secret_version").values()

    assert secret["kms_key_id"] == KEY
    assert secret["recovery_window_in_days"] == 0
    assert version["secret_string"] == "${aws_cognito_user_pool_client.web.client_secret}"


@pytest.mark.parametrize("name", ["browser", "web"])
def test_without_a_secret_there_are_only_parameters(
    name: str, stack: AuthStack, request: pytest.FixtureRequest, synthesize: Synthesize
) -> None:
    """A client that keeps none, and one whose secret is to stay where it is."""
    client = request.getfixturevalue(name)
    settings = (
        AppSettings(stack, "settings", client=client, prefix="/acme")
        if name == "browser"
        else AppSettings(stack, "settings", client=client, prefix="/acme", client_secret=None)
    )
    document = synthesize(stack)

    assert settings.secret is None
    assert list(settings.parameters) == [
        "issuer",
        "jwks_url",
        "region",
        "user_pool_client_id",
        "user_pool_id",
    ]
    assert len(written(document, "aws_ssm_parameter")) == 5
    assert written(document, "aws_secretsmanager_secret") == {}


def test_pool_and_client_may_be_those_of_others(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = ExistingUserPool.from_id("eu-north-1_AbCdEf123", region="eu-north-1")
    client = ExistingUserPoolClient(user_pool=pool, user_pool_client_id="1example23456789")
    AppSettings(
        stack, "settings", client=client, prefix="/acme", domain="https://auth.acme.example/"
    )
    parameters = written(synthesize(stack), "aws_ssm_parameter")
    issuer = "https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_AbCdEf123"

    assert {name: parameter["insecure_value"] for name, parameter in parameters.items()} == {
        "settings_domain_url": "https://auth.acme.example",
        "settings_issuer": issuer,
        "settings_jwks_url": f"{issuer}/.well-known/jwks.json",
        "settings_region": "eu-north-1",
        "settings_user_pool_client_id": "1example23456789",
        "settings_user_pool_id": "eu-north-1_AbCdEf123",
    }


def test_a_role_may_read_exactly_these(
    stack: AuthStack, web: UserPoolClient, synthesize: Synthesize
) -> None:
    """And use the key for this secret alone."""
    stored = StoredClientSecret(kms_key_id=KEY)
    settings = AppSettings(stack, "settings", client=web, prefix="/acme", client_secret=stored)
    AppSettingsGrant(stack, "web_reads", settings=settings, role="web")
    (policy,) = written(synthesize(stack), "aws_iam_role_policy").values()
    secret = "${aws_secretsmanager_secret.settings_client_secret.arn}"

    assert (policy["name"], policy["role"]) == ("auth-web_reads", "web")
    assert json.loads(policy["policy"])["Statement"] == [
        {
            "Action": ["ssm:GetParameter", "ssm:GetParameters"],
            "Effect": "Allow",
            "Resource": [
                "${aws_ssm_parameter.settings_client_secret_arn.arn}",
                "${aws_ssm_parameter.settings_issuer.arn}",
                "${aws_ssm_parameter.settings_jwks_url.arn}",
                "${aws_ssm_parameter.settings_region.arn}",
                "${aws_ssm_parameter.settings_user_pool_client_id.arn}",
                "${aws_ssm_parameter.settings_user_pool_id.arn}",
            ],
        },
        {"Action": "secretsmanager:GetSecretValue", "Effect": "Allow", "Resource": secret},
        {
            "Action": "kms:Decrypt",
            "Condition": {"StringEquals": {"kms:EncryptionContext:SecretARN": secret}},
            "Effect": "Allow",
            "Resource": KEY,
        },
    ]


def test_a_role_needs_no_key_where_there_is_none(
    stack: AuthStack, web: UserPoolClient, browser: UserPoolClient, synthesize: Synthesize
) -> None:
    for client, count in ((web, 2), (browser, 1)):
        name = client.node.id
        settings = AppSettings(stack, f"{name}_settings", client=client, prefix=f"/acme/{name}")
        grant = AppSettingsGrant(stack, f"{name}_reads", settings=settings, role=name)
        document = synthesize(stack)
        policy = document["resource"]["aws_iam_role_policy"][grant.node.id]["policy"]
        assert len(json.loads(policy)["Statement"]) == count


def test_two_settings_at_one_path_are_a_problem(
    stack: AuthStack, app: AuthApp, web: UserPoolClient, browser: UserPoolClient
) -> None:
    """In one region: Parameter Store has a name once in each."""
    AppSettings(stack, "one", client=web, prefix="/acme")
    AppSettings(stack, "two", client=browser, prefix="/acme")
    elsewhere = AuthStack(
        app,
        "elsewhere",
        region="eu-north-1",
        backend=S3Backend(bucket="acme-state", key="elsewhere.tfstate", region="eu-west-1"),
    )
    pool = ExistingUserPool.from_id("eu-north-1_AbCdEf123", region="eu-north-1")
    other = ExistingUserPoolClient(user_pool=pool, user_pool_client_id="1example23456789")
    AppSettings(elsewhere, "three", client=other, prefix="/acme")
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    assert [str(problem) for problem in caught.value.problems] == [
        "auth/two: prefix: must be unique, got '/acme', the prefix of auth/one; choose another one"
    ]


def test_refuses_settings_of_a_secret_that_is_not_known(
    stack: AuthStack, browser: UserPoolClient
) -> None:
    stored = StoredClientSecret(recovery_window_in_days=7)
    with pytest.raises(InvalidValueError) as caught:
        AppSettings(stack, "settings", client=browser, prefix="/acme", client_secret=stored)
    assert str(caught.value) == (
        "AppSettings.client_secret: must be left out for a client whose secret this library does "
        f"not know, got {stored!r}; leave it out, or use a UserPoolClient with a secret"
    )
    assert stack.node.try_find_child("settings") is None


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"client": "1example23456789"},
            "AppSettings.client: must be of type UserPoolClient or ExistingUserPoolClient, got "
            "'1example23456789'; write UserPoolClient(…) or ExistingUserPoolClient(…)",
        ),
        (
            {"prefix": "acme"},
            "AppSettings.prefix: must be 2 to 490 characters, a path of letters, digits and _ . - "
            "with a / before each part, got 'acme'; write one such as '/acme/web'",
        ),
        (
            {"domain": "auth.acme.example"},
            "domain: must be an https URL of a host alone, got 'auth.acme.example'; use the "
            "UserPoolDomain, or write 'https://auth.example.com'",
        ),
        (
            {"client_secret": KEY},
            f"AppSettings.client_secret: must be of type StoredClientSecret, got {KEY!r}; write "
            "StoredClientSecret(…)",
        ),
    ],
)
def test_refuses_what_cannot_work(
    settings: dict[str, Any], expected: str, stack: AuthStack, web: UserPoolClient
) -> None:
    given: dict[str, Any] = {"client": web, "prefix": "/acme"}
    with pytest.raises(InvalidValueError) as caught:
        AppSettings(stack, "settings", **{**given, **settings})
    assert str(caught.value) == expected
    assert stack.node.try_find_child("settings") is None
