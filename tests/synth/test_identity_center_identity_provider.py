"""IAM Identity Center as SAML provider of a pool, and what it must be told."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    CustomDomain,
    IdentityCenterIdentityProvider,
    InvalidValueError,
    PrefixDomain,
    SamlMetadataUrl,
    StandardAttributeName,
    UserPool,
    UserPoolDomain,
)
from constructs_auth.engine import AwsProvider, TerraformStack
from tests.synth.conftest import Synthesize

METADATA = SamlMetadataUrl(url="https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTEx")


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool."""
    return UserPool(stack, "users")


def domain_of(stack: TerraformStack, pool: UserPool, **settings: Any) -> UserPoolDomain:
    """A domain with the classic pages, which need no style."""
    given = {"domain": PrefixDomain(prefix="acme"), "managed_login_version": 1, **settings}
    return UserPoolDomain(stack, "domain", user_pool=pool, **given)


def test_identity_center_vouches_by_saml(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """With the metadata of the application, and the e-mail address by the name given there."""
    IdentityCenterIdentityProvider(
        stack,
        "identity-center",
        user_pool=pool,
        metadata=METADATA,
        idp_identifiers=["acme.example"],
    )

    (provider,) = synthesize(stack)["resource"]["aws_cognito_identity_provider"].values()
    del provider["//"]
    assert provider == {
        "attribute_mapping": {"email": "email"},
        "idp_identifiers": ["acme.example"],
        "lifecycle": {
            "ignore_changes": [
                'provider_details["ActiveEncryptionCertificate"]',
                'provider_details["SLORedirectBindingURI"]',
                'provider_details["SSORedirectBindingURI"]',
            ]
        },
        "provider_details": {
            "EncryptedResponses": "false",
            "IDPInit": "false",
            "IDPSignout": "false",
            "MetadataURL": "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTEx",
        },
        "provider_name": "identity-center",
        "provider_type": "SAML",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_more_attributes_come_by_the_names_given_there(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """And the provider may have another name."""
    IdentityCenterIdentityProvider(
        stack,
        "workforce",
        user_pool=pool,
        metadata=METADATA,
        provider_name="Acme",
        attribute_mapping={
            StandardAttributeName.EMAIL: "email",
            StandardAttributeName.GIVEN_NAME: "first",
        },
    )

    (provider,) = synthesize(stack)["resource"]["aws_cognito_identity_provider"].values()
    assert provider["attribute_mapping"] == {"email": "email", "given_name": "first"}
    assert provider["provider_name"] == "Acme"


def test_a_wrong_value_names_this_provider(stack: AuthStack, pool: UserPool) -> None:
    """As the reader wrote it."""
    metadata: Any = METADATA.url
    with pytest.raises(InvalidValueError) as caught:
        IdentityCenterIdentityProvider(stack, "sso", user_pool=pool, metadata=metadata)

    assert str(caught.value) == (
        "IdentityCenterIdentityProvider.metadata: must be of type SamlMetadataUrl or "
        "SamlMetadataFile, got 'https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTEx'; "
        "write SamlMetadataUrl(…) or SamlMetadataFile(…)"
    )


@pytest.mark.parametrize(
    ("domain", "acs_url"),
    [
        (
            PrefixDomain(prefix="acme"),
            "https://acme.auth.eu-west-1.amazoncognito.com/saml2/idpresponse",
        ),
        (
            CustomDomain(
                domain="auth.acme.example",
                certificate="arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d",
            ),
            "https://auth.acme.example/saml2/idpresponse",
        ),
    ],
)
def test_what_is_pasted_into_identity_center_is_an_output(
    domain: Any, acs_url: str, stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """The pool must be known there before it can know of Identity Center."""
    domain_of(stack, pool, domain=domain).add_saml_outputs()

    assert synthesize(stack)["output"] == {
        "saml_acs_url": {
            "description": "Where a SAML provider sends its answers (ACS URL).",
            "value": acs_url,
        },
        "saml_entity_id": {
            "description": "What a SAML provider calls the user pool (audience).",
            "value": "urn:amazon:cognito:sp:${aws_cognito_user_pool.users.id}",
        },
    }


def test_outputs_can_be_in_a_stack_of_cdktf_itself(app: AuthApp, synthesize: Synthesize) -> None:
    """With the same names."""
    plain = TerraformStack(app, "plain")
    AwsProvider(plain, "aws", region="eu-west-1")
    domain_of(plain, UserPool(plain, "users")).add_saml_outputs()

    written = synthesize(plain)  # type: ignore[arg-type]  # any stack will do
    assert written["output"].keys() == {"saml_acs_url", "saml_entity_id"}
