"""The forms of import ids, on the examples of the provider's documentation."""

import pytest

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.import_ids import IMPORT_IDS, NOT_IMPORTED


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        (types.USER_POOL, "us-west-2_abc123"),
        (types.USER_POOL_CLIENT, "us-west-2_abc123/3ho4ek12345678909nh3fmhpko"),
        (types.USER_POOL_DOMAIN, "auth.example.org"),
        (types.USER_POOL_UI_CUSTOMIZATION, "us-west-2_ZCTarbt5C,12bu4fuk3mlgqa2rtrujgp6egq"),
        (
            types.MANAGED_LOGIN_BRANDING,
            "us-west-2_rSss9Zltr,06c6ae7b-1e66-46d2-87a9-1203ea3307bd",
        ),
        (types.IDENTITY_PROVIDER, "us-west-2_abc123:CorpAD"),
        (types.RESOURCE_SERVER, "us-west-2_abc123|https://example.com"),
        (types.RISK_CONFIGURATION, "us-west-2_abc123:example2client"),
        (types.RISK_CONFIGURATION, "us-west-2_abc123"),
        (types.LOG_DELIVERY_CONFIGURATION, "us-west-2_example123"),
        (types.USER, "us-east-1_vG78M4goG/user"),
        (types.USER_GROUP, "us-east-1_vG78M4goG/user-group"),
        (types.IDENTITY_POOL, "us-west-2:1a234567-8901-234b-5cde-f6789a01b2c3"),
        (types.IDENTITY_POOL_ROLES_ATTACHMENT, "us-west-2:1a234567-8901-234b-5cde-f6789a01b2c3"),
        (
            types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,
            "us-west-2:1a234567-8901-234b-5cde-f6789a01b2c3:"
            "cognito-idp.us-west-2.amazonaws.com/us-west-2_abc123",
        ),
        (types.LAMBDA_PERMISSION, "my_test_lambda_function/AllowExecutionFromCloudWatch"),
        (types.LAMBDA_PERMISSION, "my_test_lambda_function:live/AllowExecutionFromCloudWatch"),
    ],
)
def test_a_documented_id_has_the_form(kind: str, example: str) -> None:
    assert IMPORT_IDS[kind].accepts(example)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (types.USER_POOL, "us-west-2_abc123/3ho4ek12345678909nh3fmhpko"),
        (types.USER_POOL_CLIENT, "3ho4ek12345678909nh3fmhpko"),
        (types.USER_POOL_DOMAIN, "https://auth.example.org"),
        (types.IDENTITY_PROVIDER, "CorpAD"),
        (types.RESOURCE_SERVER, "us-west-2_abc123:https://example.com"),
        (types.LAMBDA_PERMISSION, "AllowExecutionFromCloudWatch"),
    ],
)
def test_an_id_of_another_form_is_not_accepted(kind: str, wrong: str) -> None:
    assert not IMPORT_IDS[kind].accepts(wrong)


def test_a_type_is_imported_or_not() -> None:
    assert not NOT_IMPORTED & IMPORT_IDS.keys()
