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
