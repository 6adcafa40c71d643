"""Tags of the sessions that an identity pool gives out."""

import json
from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    IdentityPool,
    IdentityPoolPrincipalTag,
    InvalidValueError,
    LoginProvider,
    NativeApplication,
    UserPool,
    UserPoolClient,
)
from tests.synth.conftest import Synthesize

SAML = "arn:aws:iam::123456789012:saml-provider/staff"
TAGS = {"username": "sub", "department": "custom:department"}


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


@pytest.fixture
def identities(stack: AuthStack, pool: UserPool) -> IdentityPool:
    """An identity pool with two clients of the pool, with guests, and with other providers."""
    return IdentityPool(
        stack,
        "identities",
        cognito_identity_providers=[
            UserPoolClient(stack, name, user_pool=pool, application=NativeApplication())
            for name in ("phone", "tablet")
        ],
        saml_provider_arns=[SAML],
        supported_login_providers={LoginProvider.GOOGLE: "1"},
        allow_unauthenticated_identities=True,
    )


def actions(document: dict[str, Any]) -> dict[str, Any]:
    """What the trust policy of each role allows."""
    return {
        name: json.loads(role["assume_role_policy"])["Statement"][0]["Action"]
        for name, role in document["resource"]["aws_iam_role"].items()
    }


def test_tags_are_written_out_for_a_pool_with_all_of_its_clients(
    stack: AuthStack, pool: UserPool, identities: IdentityPool, synthesize: Synthesize
) -> None:
    """Cognito's own tags would not be seen in a plan."""
    IdentityPoolPrincipalTag(
        stack, "tags", identity_pool=identities, provider=pool, principal_tags=TAGS
    )
    written = synthesize(stack)["resource"]["aws_cognito_identity_pool_provider_principal_tag"]
    del written["tags"]["//"]
    assert written == {
        "tags": {
            "depends_on": ["aws_iam_role.identities_authenticated"],
            "identity_pool_id": "${aws_cognito_identity_pool.identities.id}",
            "identity_provider_name": "${aws_cognito_user_pool.users.endpoint}",
            "principal_tags": {"department": "custom:department", "username": "sub"},
            "use_defaults": False,
        }
    }
    assert [*written["tags"]["principal_tags"]] == ["department", "username"]


def test_every_role_of_signed_in_users_lets_sessions_carry_tags(
    stack: AuthStack, pool: UserPool, identities: IdentityPool, synthesize: Synthesize
) -> None:
    """Also one that is added later; guests have no claims."""
    identities.add_role("before")
    IdentityPoolPrincipalTag(
        stack, "tags", identity_pool=identities, provider=pool, principal_tags=TAGS
    )
    identities.add_role("after")
    tagged = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
    assert actions(synthesize(stack)) == {
        "identities_after": tagged,
        "identities_authenticated": tagged,
        "identities_before": tagged,
        "identities_unauthenticated": "sts:AssumeRoleWithWebIdentity",
    }


def test_other_providers_are_called_by_their_names(
    stack: AuthStack, identities: IdentityPool, synthesize: Synthesize
) -> None:
    for name, provider in (("google", LoginProvider.GOOGLE), ("staff", SAML)):
        IdentityPoolPrincipalTag(
            stack, name, identity_pool=identities, provider=provider, principal_tags=TAGS
        )
    written = synthesize(stack)["resource"]["aws_cognito_identity_pool_provider_principal_tag"]
    names = {name: tags["identity_provider_name"] for name, tags in written.items()}
    assert names == {"google": "accounts.google.com", "staff": SAML}


def test_says_that_users_write_what_becomes_a_tag(
    stack: AuthStack,
    pool: UserPool,
    identities: IdentityPool,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    IdentityPoolPrincipalTag(
        stack,
        "tags",
        identity_pool=identities,
        provider=pool,
        principal_tags={"first": "given_name", "department": "custom:department"},
    )
    app.synth()
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line.startswith("warning: ")] == [
        "warning: auth/tags: a tag uses the claim 'given_name', which users can write through "
        "auth/phone, auth/tablet; remove it from write_attributes there, or use a claim that "
        "users cannot write"
    ]


def test_tokens_pass(
    stack: AuthStack, pool: UserPool, identities: IdentityPool, synthesize: Synthesize
) -> None:
    IdentityPoolPrincipalTag(
        stack,
        "tags",
        identity_pool=identities,
        provider=pool,
        principal_tags={"department": "${var.claim}"},
    )
    written = synthesize(stack)["resource"]["aws_cognito_identity_pool_provider_principal_tag"]
    assert written["tags"]["principal_tags"] == {"department": "${var.claim}"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"identity_pool": "identities"},
            "IdentityPoolPrincipalTag.identity_pool: must be of type IdentityPool, got "
            "'identities'; write IdentityPool(…)",
        ),
        (
            {"provider": LoginProvider.APPLE},
            "IdentityPoolPrincipalTag.provider: must be a provider of the identity pool, got "
            "'appleid.apple.com'; add it to the pool, whose providers are: auth/users, "
            f"{SAML}, accounts.google.com",
        ),
        (
            {"provider": SAML},
            "IdentityPoolPrincipalTag.provider: must be a provider without tags, got "
            f"'{SAML}'; put all of its tags into one IdentityPoolPrincipalTag",
        ),
        (
            {"principal_tags": {}},
            "IdentityPoolPrincipalTag.principal_tags: must be a mapping that is not empty, got {}; "
            "write {'department': 'custom:department'}",
        ),
        (
            {"principal_tags": {"": "sub"}},
            "IdentityPoolPrincipalTag.principal_tags, tag: must be 1 to 128 characters, not 0, got "
            "''; write {'department': 'custom:department'}",
        ),
        (
            {"principal_tags": {"a": ""}},
            "IdentityPoolPrincipalTag.principal_tags['a']: must be 1 to 256 characters, not 0, got "
            "''; write {'department': 'custom:department'}",
        ),
        (
            {"principal_tags": {str(number): "sub" for number in range(51)}},
            "IdentityPoolPrincipalTag.principal_tags, their number: must be from 0 to 50 tags, got "
            "51; name fewer",
        ),
    ],
)
def test_refuses_what_cannot_work(
    settings: dict[str, Any],
    expected: str,
    stack: AuthStack,
    pool: UserPool,
    identities: IdentityPool,
) -> None:
    IdentityPoolPrincipalTag(
        stack, "staff", identity_pool=identities, provider=SAML, principal_tags=TAGS
    )
    sound = {"identity_pool": identities, "provider": pool, "principal_tags": TAGS}
    with pytest.raises(InvalidValueError) as caught:
        IdentityPoolPrincipalTag(stack, "tags", **sound | settings)  # type: ignore[arg-type]  # some of it is wrong
    assert str(caught.value) == expected
    assert stack.node.try_find_child("tags") is None
