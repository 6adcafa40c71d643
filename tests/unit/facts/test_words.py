"""The words of the enums, held against botocore's model of the API."""

from enum import StrEnum
from ipaddress import ip_address

import pytest

from constructs_auth.facts.words import (
    DEFAULT_UNIT,
    DETAILS_FILLED_BY_COGNITO,
    LOOPBACK_HOSTS,
    SECONDS_IN,
    AccountTakeoverEventAction,
    AdvancedSecurityMode,
    AliasAttribute,
    AmbiguousRoleResolution,
    AssetCategory,
    AssetExtension,
    AuthFlow,
    ColorMode,
    CompromisedCredentialsEventAction,
    ContactAttribute,
    CustomAuthMode,
    DeliveryMedium,
    EventFilter,
    FirstAuthFactor,
    MatchType,
    MessageAction,
    MfaConfiguration,
    OAuthFlow,
    PreTokenGenerationVersion,
    RecoveryMechanism,
    RotationFeature,
    UserPoolTier,
    UserVerification,
)
from tests.support.api_models import api_model
from tests.unit.handoff.samples import examples

USERS = api_model("cognito-idp")
IDENTITIES = api_model("cognito-identity")

SHAPES: list[tuple[type[StrEnum], str]] = [
    (AccountTakeoverEventAction, "AccountTakeoverEventActionType"),
    (AdvancedSecurityMode, "AdvancedSecurityModeType"),
    (AliasAttribute, "AliasAttributeType"),
    (AssetCategory, "AssetCategoryType"),
    (AssetExtension, "AssetExtensionType"),
    (AuthFlow, "ExplicitAuthFlowsType"),
    (ColorMode, "ColorSchemeModeType"),
    (CompromisedCredentialsEventAction, "CompromisedCredentialsEventActionType"),
    (ContactAttribute, "UsernameAttributeType"),
    (CustomAuthMode, "AdvancedSecurityEnabledModeType"),
    (DeliveryMedium, "DeliveryMediumType"),
    (EventFilter, "EventFilterType"),
    (FirstAuthFactor, "AuthFactorType"),
    (MessageAction, "MessageActionType"),
    (MfaConfiguration, "UserPoolMfaType"),
    (OAuthFlow, "OAuthFlowType"),
    (PreTokenGenerationVersion, "PreTokenGenerationLambdaVersionType"),
    (RecoveryMechanism, "RecoveryOptionNameType"),
    (RotationFeature, "FeatureType"),
    (UserPoolTier, "UserPoolTierType"),
    (UserVerification, "UserVerificationType"),
]

LEFT_OUT = {
    # The refresh flow is added where it belongs. The names without ALLOW_ are AWS's own legacy;
    # token exchange is for services of AWS, and the AWS provider does not take it.
    AuthFlow: {
        "ADMIN_NO_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_TOKEN_EXCHANGE_DELEGATION",
        "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
        "CUSTOM_AUTH_FLOW_ONLY",
        "USER_PASSWORD_AUTH",
    },
    # «Not currently supported» (API, SignInPolicyType).
    FirstAuthFactor: {"SOFTWARE_TOKEN"},
    # Of MachineToMachine alone, which names no flow.
    OAuthFlow: {"client_credentials"},
}


@pytest.mark.parametrize(("enum", "shape"), SHAPES, ids=lambda each: getattr(each, "__name__", ""))
def test_an_enum_has_the_words_of_the_api(enum: type[StrEnum], shape: str) -> None:
    words = {str(word) for word in enum}
    assert words | LEFT_OUT.get(enum, set()) == set(USERS.shape_for(shape).enum)
    assert words & LEFT_OUT.get(enum, set()) == set()


@pytest.mark.parametrize(
    ("enum", "shape"),
    [
        (AmbiguousRoleResolution, "AmbiguousRoleResolutionType"),
        (MatchType, "MappingRuleMatchType"),
    ],
)
def test_an_enum_of_identity_pools_has_the_words_of_their_api(
    enum: type[StrEnum], shape: str
) -> None:
    assert {str(word) for word in enum} == set(IDENTITIES.shape_for(shape).enum)


API = api_model("cognito-idp")


def test_the_units_are_those_of_the_api() -> None:
    assert set(SECONDS_IN) == set(API.shape_for("TimeUnitsType").enum)


def test_each_unit_is_as_long_as_its_parts_and_the_largest_stands_first() -> None:
    assert SECONDS_IN["minutes"] == 60 * SECONDS_IN["seconds"]
    assert SECONDS_IN["hours"] == 60 * SECONDS_IN["minutes"]
    assert SECONDS_IN["days"] == 24 * SECONDS_IN["hours"]
    assert list(SECONDS_IN.values()) == sorted(SECONDS_IN.values(), reverse=True)


def test_each_lifetime_with_a_unit_in_the_api_has_a_default() -> None:
    units = API.shape_for("TokenValidityUnitsType").members
    lifetimes = {
        "AccessToken": "access_token",
        "IdToken": "id_token",
        "RefreshToken": "refresh_token",
    }
    assert set(DEFAULT_UNIT) == {lifetimes[name] for name in units}
    assert set(DEFAULT_UNIT.values()) <= set(SECONDS_IN)


def test_each_address_is_a_loopback_address() -> None:
    addresses = {host for host in LOOPBACK_HOSTS if host != "localhost"}
    assert {ip_address(host).version for host in addresses} == {4, 6}
    assert all(ip_address(host).is_loopback for host in addresses)


def test_localhost_is_the_only_name() -> None:
    assert [host for host in LOOPBACK_HOSTS if host[-1].isalpha()] == ["localhost"]


def test_details_that_cognito_fills_in_are_those_that_the_constructs_write_against_drift() -> None:
    """SAML's come from the metadata, and Cognito never returns Apple's key: nobody writes them."""
    providers = examples()["every_identity_provider"]["resource"]["aws_cognito_identity_provider"]
    own = {"api_version", "authorize_scopes", "client_id", "client_secret", "key_id", "team_id"}
    written = {
        body["provider_type"]: body["provider_details"].keys() - own
        for body in providers.values()
        if body["provider_type"] not in {"OIDC", "SAML"}
    }
    assert written.keys() == DETAILS_FILLED_BY_COGNITO.keys() - {"OIDC", "SAML"}
    for provider_type, details in written.items():
        assert details == DETAILS_FILLED_BY_COGNITO[provider_type], provider_type
