"""The words of the enums, held against botocore's model of the API."""

from enum import StrEnum

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest

from constructs_auth.facts.words import (
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

SESSION = botocore.session.get_session()
USERS = SESSION.get_service_model("cognito-idp")
IDENTITIES = SESSION.get_service_model("cognito-identity")

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
