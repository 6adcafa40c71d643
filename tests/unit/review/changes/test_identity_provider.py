"""What Cognito fills in for an identity provider goes from each plan and stays in Cognito."""

import pytest

from tests.unit.review.plans import change, plan, reviewed, said

PROVIDER = "aws_cognito_identity_provider"


def details_change(
    provider_type: str, before: dict[str, str], after: dict[str, str]
) -> dict[str, object]:
    """Make a plan that changes the details of one provider."""
    return plan(
        change(
            PROVIDER,
            "it",
            {"provider_type": provider_type, "provider_name": "it", "provider_details": before},
            {"provider_type": provider_type, "provider_name": "it", "provider_details": after},
        )
    )


@pytest.mark.parametrize(
    ("provider_type", "filled"),
    [
        ("Google", "oidc_issuer"),
        ("Google", "attributes_url"),
        ("Facebook", "token_url"),
        ("LoginWithAmazon", "authorize_url"),
        ("SignInWithApple", "oidc_issuer"),
        ("SignInWithApple", "private_key"),
        ("OIDC", "jwks_uri"),
        ("SAML", "ActiveEncryptionCertificate"),
        ("SAML", "SSORedirectBindingURI"),
    ],
)
def test_a_detail_that_cognito_fills_in_and_that_is_not_set_is_no_change(
    provider_type: str, filled: str
) -> None:
    kept = {"client_id": "1"}
    result = reviewed(details_change(provider_type, {**kept, filled: "x"}, kept))
    assert result.findings == ()
    assert result.undecided == ()


def test_another_value_of_it_is_a_change() -> None:
    issuers = ({"oidc_issuer": "https://a.example"}, {"oidc_issuer": "https://b.example"})
    assert said(details_change("Google", *issuers)) == [
        'CH37: Users of "it" cannot sign in unless the provider changes at the same time: the '
        "plan changes its issuer."
    ]


def test_a_detail_that_only_the_program_knows_is_a_change() -> None:
    issuer = {"oidc_issuer": "https://a.example"}
    assert said(details_change("OIDC", issuer, {})) == [
        'CH37: Users of "it" cannot sign in unless the provider changes at the same time: the '
        "plan changes its issuer."
    ]


def test_a_rotated_private_key_is_a_change_although_its_values_are_hidden() -> None:
    keys = ({"private_key": "old-key-of-apple"}, {"private_key": "new-key-of-apple"})
    assert said(details_change("SignInWithApple", *keys)) == [
        'CH37: Users of "it" cannot sign in unless the provider changes at the same time: the '
        "plan changes the private key for the provider."
    ]


def test_a_private_key_that_is_known_after_apply_is_a_change() -> None:
    own = {"provider_type": "SignInWithApple", "provider_name": "it"}
    document = plan(
        change(
            PROVIDER,
            "it",
            {**own, "provider_details": {"private_key": "old-key-of-apple"}},
            {**own, "provider_details": {}},
            after_unknown={"provider_details": {"private_key": True}},
        )
    )
    assert [finding.rule.id for finding in reviewed(document).findings] == ["CH37"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"authorize_scopes": "openid email"}, {"authorize_scopes": "email  openid"}),
        (
            {"authorize_scopes": "public_profile,email"},
            {"authorize_scopes": "email public_profile"},
        ),
        ({"MetadataFile": "<a>\n <b/></a>"}, {"MetadataFile": "<a><b/></a>\n"}),
    ],
)
def test_another_order_or_other_spaces_are_no_change(
    before: dict[str, str], after: dict[str, str]
) -> None:
    (found,) = reviewed(details_change("OIDC", before, after)).plan.changes
    assert found.is_noise


@pytest.mark.parametrize(
    ("provider_type", "username"),
    [("Google", "sub"), ("Facebook", "id"), ("LoginWithAmazon", "user_id"), ("OIDC", "sub")],
)
def test_the_name_of_a_user_that_cognito_maps_itself_is_no_change(
    provider_type: str, username: str
) -> None:
    def mapping(**more: str) -> dict[str, object]:
        own = {"provider_type": provider_type, "provider_name": "it"}
        return {**own, "attribute_mapping": {"email": "email", **more}}

    document = plan(change(PROVIDER, "it", mapping(username=username), mapping()))
    assert said(document) == []
    other = plan(change(PROVIDER, "it", mapping(username="email"), mapping()))
    assert [text[:5] for text in said(other)] == ["CH37:"]


def test_of_a_pool_that_goes_nobody_says_that_profiles_stay() -> None:
    pool = {"id": "eu-west-1_a", "name": "acme", "deletion_protection": "INACTIVE"}
    own = {"provider_type": "OIDC", "provider_name": "it", "user_pool_id": "eu-west-1_a"}
    alone = reviewed(plan(change(PROVIDER, "it", own, None)))
    assert "Their profiles stay in the pool" in alone.findings[0].text
    together = reviewed(
        plan(
            change("aws_cognito_user_pool", "users", pool, None), change(PROVIDER, "it", own, None)
        )
    )
    (finding,) = together.findings
    assert [one.text for one in finding.dependents] == [
        'Users of "it" can no longer sign in to any application of the pool.'
    ]


def test_a_mapping_that_is_removed_overwrites_nothing() -> None:
    okta = {"provider_type": "OIDC", "provider_name": "Okta"}
    before = {**okta, "attribute_mapping": {"email": "email", "name": "name"}}
    after = {**okta, "attribute_mapping": {"name": "nickname"}}
    assert said(plan(change(PROVIDER, "it", before, after))) == [
        'CH37: At their next sign-in, Cognito overwrites name of users of "Okta" from another '
        'source. Cognito no longer fills email of users of "Okta": new ones get no value, others '
        "keep the last one. If a required attribute gets no value, sign-in fails."
    ]
