"""Amazon Cognito user authentication as Terraform, defined in Python with CDKTF.

Every name is loaded when it is first used: the values need no Node, the constructs start it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_auth.app import AuthApp as AuthApp
    from constructs_auth.cognito._identity_provider import IdentityProvider as IdentityProvider
    from constructs_auth.cognito.app_settings import AppSettings as AppSettings
    from constructs_auth.cognito.app_settings_grant import AppSettingsGrant as AppSettingsGrant
    from constructs_auth.cognito.apple_identity_provider import (
        SignInWithAppleIdentityProvider as SignInWithAppleIdentityProvider,
    )
    from constructs_auth.cognito.http_api_jwt_authorizer import (
        HttpApiJwtAuthorizer as HttpApiJwtAuthorizer,
    )
    from constructs_auth.cognito.identity_center_identity_provider import (
        IdentityCenterIdentityProvider as IdentityCenterIdentityProvider,
    )
    from constructs_auth.cognito.identity_pool import IdentityPool as IdentityPool
    from constructs_auth.cognito.identity_pool_principal_tag import (
        IdentityPoolPrincipalTag as IdentityPoolPrincipalTag,
    )
    from constructs_auth.cognito.identity_pool_role import IdentityPoolRole as IdentityPoolRole
    from constructs_auth.cognito.load_balancer_listener_rule import (
        LoadBalancerListenerRule as LoadBalancerListenerRule,
    )
    from constructs_auth.cognito.log_delivery import LogDelivery as LogDelivery
    from constructs_auth.cognito.managed_login_branding import (
        ManagedLoginBranding as ManagedLoginBranding,
    )
    from constructs_auth.cognito.oidc_identity_provider import (
        OidcIdentityProvider as OidcIdentityProvider,
    )
    from constructs_auth.cognito.resource_server import ResourceServer as ResourceServer
    from constructs_auth.cognito.rest_api_user_pool_authorizer import (
        RestApiUserPoolAuthorizer as RestApiUserPoolAuthorizer,
    )
    from constructs_auth.cognito.risk_configuration import RiskConfiguration as RiskConfiguration
    from constructs_auth.cognito.saml_identity_provider import (
        SamlIdentityProvider as SamlIdentityProvider,
    )
    from constructs_auth.cognito.social_identity_providers import (
        FacebookIdentityProvider as FacebookIdentityProvider,
    )
    from constructs_auth.cognito.social_identity_providers import (
        GoogleIdentityProvider as GoogleIdentityProvider,
    )
    from constructs_auth.cognito.social_identity_providers import (
        LoginWithAmazonIdentityProvider as LoginWithAmazonIdentityProvider,
    )
    from constructs_auth.cognito.user import User as User
    from constructs_auth.cognito.user import UserInGroup as UserInGroup
    from constructs_auth.cognito.user_group import UserGroup as UserGroup
    from constructs_auth.cognito.user_pool import UserPool as UserPool
    from constructs_auth.cognito.user_pool_client import COGNITO as COGNITO
    from constructs_auth.cognito.user_pool_client import UserPoolClient as UserPoolClient
    from constructs_auth.cognito.user_pool_domain import UserPoolDomain as UserPoolDomain
    from constructs_auth.cognito.user_pool_grant import UserPoolGrant as UserPoolGrant
    from constructs_auth.cognito.user_pool_ui_customization import (
        UserPoolUICustomization as UserPoolUICustomization,
    )
    from constructs_auth.cognito.web_acl import WebAcl as WebAcl
    from constructs_auth.cognito.web_acl_association import WebAclAssociation as WebAclAssociation
    from constructs_auth.errors import ConstructsAuthError as ConstructsAuthError
    from constructs_auth.errors import InvalidValueError as InvalidValueError
    from constructs_auth.errors import Problem as Problem
    from constructs_auth.errors import SynthesisError as SynthesisError
    from constructs_auth.facts.placeholders import CODE as CODE
    from constructs_auth.facts.placeholders import USERNAME as USERNAME
    from constructs_auth.facts.words import AccountTakeoverEventAction as AccountTakeoverEventAction
    from constructs_auth.facts.words import AdvancedSecurityMode as AdvancedSecurityMode
    from constructs_auth.facts.words import AliasAttribute as AliasAttribute
    from constructs_auth.facts.words import AmbiguousRoleResolution as AmbiguousRoleResolution
    from constructs_auth.facts.words import AssetCategory as AssetCategory
    from constructs_auth.facts.words import AssetExtension as AssetExtension
    from constructs_auth.facts.words import AttributesRequestMethod as AttributesRequestMethod
    from constructs_auth.facts.words import AuthFlow as AuthFlow
    from constructs_auth.facts.words import ColorMode as ColorMode
    from constructs_auth.facts.words import (
        CompromisedCredentialsEventAction as CompromisedCredentialsEventAction,
    )
    from constructs_auth.facts.words import ContactAttribute as ContactAttribute
    from constructs_auth.facts.words import CustomAuthMode as CustomAuthMode
    from constructs_auth.facts.words import DeliveryMedium as DeliveryMedium
    from constructs_auth.facts.words import EventFilter as EventFilter
    from constructs_auth.facts.words import LoginProvider as LoginProvider
    from constructs_auth.facts.words import MatchType as MatchType
    from constructs_auth.facts.words import MessageAction as MessageAction
    from constructs_auth.facts.words import MfaConfiguration as MfaConfiguration
    from constructs_auth.facts.words import OAuthFlow as OAuthFlow
    from constructs_auth.facts.words import OAuthScope as OAuthScope
    from constructs_auth.facts.words import OnUnauthenticatedRequest as OnUnauthenticatedRequest
    from constructs_auth.facts.words import PreTokenGenerationVersion as PreTokenGenerationVersion
    from constructs_auth.facts.words import RecoveryMechanism as RecoveryMechanism
    from constructs_auth.facts.words import RotationFeature as RotationFeature
    from constructs_auth.facts.words import StandardAttributeName as StandardAttributeName
    from constructs_auth.facts.words import UserPoolTier as UserPoolTier
    from constructs_auth.facts.words import UserVerification as UserVerification
    from constructs_auth.identity_store.application_assignment import (
        IdentityCenterApplicationAssignment as IdentityCenterApplicationAssignment,
    )
    from constructs_auth.identity_store.group import IdentityStoreGroup as IdentityStoreGroup
    from constructs_auth.identity_store.identity_store import IdentityStore as IdentityStore
    from constructs_auth.identity_store.user import (
        IdentityStoreMembership as IdentityStoreMembership,
    )
    from constructs_auth.identity_store.user import IdentityStoreUser as IdentityStoreUser
    from constructs_auth.identity_store.users import IdentityStoreUsers as IdentityStoreUsers
    from constructs_auth.rules.profile import NIST as NIST
    from constructs_auth.rules.profile import STANDARD as STANDARD
    from constructs_auth.rules.profile import STRICT as STRICT
    from constructs_auth.rules.profile import Profile as Profile
    from constructs_auth.rules.rule import Severity as Severity
    from constructs_auth.stack import AuthStack as AuthStack
    from constructs_auth.state.access import StateAccess as StateAccess
    from constructs_auth.state.access_logs import AccessLogs as AccessLogs
    from constructs_auth.state.local_backend import LocalBackend as LocalBackend
    from constructs_auth.state.s3_backend import AssumeRole as AssumeRole
    from constructs_auth.state.s3_backend import S3Backend as S3Backend
    from constructs_auth.state.state_access_policy import StateAccessPolicy as StateAccessPolicy
    from constructs_auth.state.state_bucket import StateBucket as StateBucket
    from constructs_auth.values.account_recovery import AccountRecovery as AccountRecovery
    from constructs_auth.values.app_settings import SecretFormat as SecretFormat
    from constructs_auth.values.app_settings import StoredClientSecret as StoredClientSecret
    from constructs_auth.values.application import AdminBackend as AdminBackend
    from constructs_auth.values.application import Application as Application
    from constructs_auth.values.application import MachineToMachine as MachineToMachine
    from constructs_auth.values.application import NativeApplication as NativeApplication
    from constructs_auth.values.application import SinglePageApplication as SinglePageApplication
    from constructs_auth.values.application import WebApplication as WebApplication
    from constructs_auth.values.attribute_mapping import AttributeMapping as AttributeMapping
    from constructs_auth.values.attributes import Attribute as Attribute
    from constructs_auth.values.attributes import BooleanAttribute as BooleanAttribute
    from constructs_auth.values.attributes import DateTimeAttribute as DateTimeAttribute
    from constructs_auth.values.attributes import NumberAttribute as NumberAttribute
    from constructs_auth.values.attributes import StandardAttribute as StandardAttribute
    from constructs_auth.values.attributes import StringAttribute as StringAttribute
    from constructs_auth.values.classic_pages import ClassicPages as ClassicPages
    from constructs_auth.values.device_configuration import (
        DeviceConfiguration as DeviceConfiguration,
    )
    from constructs_auth.values.device_configuration import RememberDevices as RememberDevices
    from constructs_auth.values.email import CognitoEmail as CognitoEmail
    from constructs_auth.values.email import Email as Email
    from constructs_auth.values.email import SesEmail as SesEmail
    from constructs_auth.values.existing import ExistingUserPool as ExistingUserPool
    from constructs_auth.values.existing import ExistingUserPoolClient as ExistingUserPoolClient
    from constructs_auth.values.first_factors import EmailOtp as EmailOtp
    from constructs_auth.values.first_factors import FirstFactor as FirstFactor
    from constructs_auth.values.first_factors import Passkey as Passkey
    from constructs_auth.values.first_factors import SmsOtp as SmsOtp
    from constructs_auth.values.identity_pool import MappingRule as MappingRule
    from constructs_auth.values.identity_pool import RoleMapping as RoleMapping
    from constructs_auth.values.identity_pool import RulesRoleMapping as RulesRoleMapping
    from constructs_auth.values.identity_pool import TokenRoleMapping as TokenRoleMapping
    from constructs_auth.values.identity_store import ExistingIdentityStore as ExistingIdentityStore
    from constructs_auth.values.identity_store import PostalAddress as PostalAddress
    from constructs_auth.values.identity_store import WorkforceUser as WorkforceUser
    from constructs_auth.values.lambda_triggers import LambdaAlias as LambdaAlias
    from constructs_auth.values.lambda_triggers import LambdaFunction as LambdaFunction
    from constructs_auth.values.lambda_triggers import LambdaTriggers as LambdaTriggers
    from constructs_auth.values.lambda_triggers import PreTokenGeneration as PreTokenGeneration
    from constructs_auth.values.load_balancer_authentication import (
        LoadBalancerAuthentication as LoadBalancerAuthentication,
    )
    from constructs_auth.values.log_delivery import FirehoseStream as FirehoseStream
    from constructs_auth.values.log_delivery import LogBucket as LogBucket
    from constructs_auth.values.log_delivery import LogGroup as LogGroup
    from constructs_auth.values.log_delivery import NewLogGroup as NewLogGroup
    from constructs_auth.values.log_delivery import UserAuthEventLogs as UserAuthEventLogs
    from constructs_auth.values.log_delivery import UserNotificationLogs as UserNotificationLogs
    from constructs_auth.values.managed_login_branding import Branding as Branding
    from constructs_auth.values.managed_login_branding import BrandingAsset as BrandingAsset
    from constructs_auth.values.managed_login_branding import BrandingSettings as BrandingSettings
    from constructs_auth.values.managed_login_branding import (
        CognitoProvidedValues as CognitoProvidedValues,
    )
    from constructs_auth.values.messages import InvitationMessages as InvitationMessages
    from constructs_auth.values.messages import VerificationByCode as VerificationByCode
    from constructs_auth.values.messages import VerificationByLink as VerificationByLink
    from constructs_auth.values.messages import VerificationMessages as VerificationMessages
    from constructs_auth.values.messages import link as link
    from constructs_auth.values.mfa import EmailMfa as EmailMfa
    from constructs_auth.values.mfa import Mfa as Mfa
    from constructs_auth.values.mfa import MfaFactor as MfaFactor
    from constructs_auth.values.mfa import SmsMfa as SmsMfa
    from constructs_auth.values.mfa import SoftwareTokenMfa as SoftwareTokenMfa
    from constructs_auth.values.oauth import OAuth as OAuth
    from constructs_auth.values.oidc import OidcEndpoints as OidcEndpoints
    from constructs_auth.values.password_policy import PasswordPolicy as PasswordPolicy
    from constructs_auth.values.resource_server import ResourceServerScope as ResourceServerScope
    from constructs_auth.values.resource_server import ServerScope as ServerScope
    from constructs_auth.values.risk_configuration import AccountTakeover as AccountTakeover
    from constructs_auth.values.risk_configuration import (
        AccountTakeoverAction as AccountTakeoverAction,
    )
    from constructs_auth.values.risk_configuration import (
        CompromisedCredentials as CompromisedCredentials,
    )
    from constructs_auth.values.risk_configuration import RiskExceptions as RiskExceptions
    from constructs_auth.values.risk_notifications import NotifyConfiguration as NotifyConfiguration
    from constructs_auth.values.risk_notifications import NotifyEmail as NotifyEmail
    from constructs_auth.values.saml import SamlMetadata as SamlMetadata
    from constructs_auth.values.saml import SamlMetadataFile as SamlMetadataFile
    from constructs_auth.values.saml import SamlMetadataUrl as SamlMetadataUrl
    from constructs_auth.values.sign_in import SignIn as SignIn
    from constructs_auth.values.sign_in import Username as Username
    from constructs_auth.values.sign_in import UsernameAttributes as UsernameAttributes
    from constructs_auth.values.sms import SmsConfiguration as SmsConfiguration
    from constructs_auth.values.tenants import spread_tenants as spread_tenants
    from constructs_auth.values.tokens import RefreshTokenRotation as RefreshTokenRotation
    from constructs_auth.values.tokens import TokenValidity as TokenValidity
    from constructs_auth.values.user_pool_action import UserPoolAction as UserPoolAction
    from constructs_auth.values.user_pool_domain import CustomDomain as CustomDomain
    from constructs_auth.values.user_pool_domain import Domain as Domain
    from constructs_auth.values.user_pool_domain import PrefixDomain as PrefixDomain
    from constructs_auth.values.user_pool_tier import UserPoolAddOns as UserPoolAddOns
    from constructs_auth.values.variable_validation import VariableValidation as VariableValidation
    from constructs_auth.values.web_acl import COUNTED_COMMON_RULES as COUNTED_COMMON_RULES
    from constructs_auth.values.web_acl import RateLimits as RateLimits
    from constructs_auth.values.web_acl import WebAclMode as WebAclMode
    from constructs_auth.variable import Variable as Variable

_NAMES = {
    "constructs_auth.app": ("AuthApp",),
    "constructs_auth.cognito._identity_provider": ("IdentityProvider",),
    "constructs_auth.cognito.app_settings": ("AppSettings",),
    "constructs_auth.cognito.app_settings_grant": ("AppSettingsGrant",),
    "constructs_auth.cognito.apple_identity_provider": ("SignInWithAppleIdentityProvider",),
    "constructs_auth.cognito.http_api_jwt_authorizer": ("HttpApiJwtAuthorizer",),
    "constructs_auth.cognito.identity_center_identity_provider": (
        "IdentityCenterIdentityProvider",
    ),
    "constructs_auth.cognito.identity_pool": ("IdentityPool",),
    "constructs_auth.cognito.identity_pool_principal_tag": ("IdentityPoolPrincipalTag",),
    "constructs_auth.cognito.identity_pool_role": ("IdentityPoolRole",),
    "constructs_auth.cognito.load_balancer_listener_rule": ("LoadBalancerListenerRule",),
    "constructs_auth.cognito.log_delivery": ("LogDelivery",),
    "constructs_auth.cognito.managed_login_branding": ("ManagedLoginBranding",),
    "constructs_auth.cognito.oidc_identity_provider": ("OidcIdentityProvider",),
    "constructs_auth.cognito.resource_server": ("ResourceServer",),
    "constructs_auth.cognito.rest_api_user_pool_authorizer": ("RestApiUserPoolAuthorizer",),
    "constructs_auth.cognito.risk_configuration": ("RiskConfiguration",),
    "constructs_auth.cognito.saml_identity_provider": ("SamlIdentityProvider",),
    "constructs_auth.cognito.social_identity_providers": (
        "FacebookIdentityProvider",
        "GoogleIdentityProvider",
        "LoginWithAmazonIdentityProvider",
    ),
    "constructs_auth.cognito.user": (
        "User",
        "UserInGroup",
    ),
    "constructs_auth.cognito.user_group": ("UserGroup",),
    "constructs_auth.cognito.user_pool": ("UserPool",),
    "constructs_auth.cognito.user_pool_client": (
        "COGNITO",
        "UserPoolClient",
    ),
    "constructs_auth.cognito.user_pool_domain": ("UserPoolDomain",),
    "constructs_auth.cognito.user_pool_grant": ("UserPoolGrant",),
    "constructs_auth.cognito.user_pool_ui_customization": ("UserPoolUICustomization",),
    "constructs_auth.cognito.web_acl": ("WebAcl",),
    "constructs_auth.cognito.web_acl_association": ("WebAclAssociation",),
    "constructs_auth.errors": (
        "ConstructsAuthError",
        "InvalidValueError",
        "Problem",
        "SynthesisError",
    ),
    "constructs_auth.facts.placeholders": (
        "CODE",
        "USERNAME",
    ),
    "constructs_auth.facts.words": (
        "AccountTakeoverEventAction",
        "AdvancedSecurityMode",
        "AliasAttribute",
        "AmbiguousRoleResolution",
        "AssetCategory",
        "AssetExtension",
        "AttributesRequestMethod",
        "AuthFlow",
        "ColorMode",
        "CompromisedCredentialsEventAction",
        "ContactAttribute",
        "CustomAuthMode",
        "DeliveryMedium",
        "EventFilter",
        "LoginProvider",
        "MatchType",
        "MessageAction",
        "MfaConfiguration",
        "OAuthFlow",
        "OAuthScope",
        "OnUnauthenticatedRequest",
        "PreTokenGenerationVersion",
        "RecoveryMechanism",
        "RotationFeature",
        "StandardAttributeName",
        "UserPoolTier",
        "UserVerification",
    ),
    "constructs_auth.identity_store.application_assignment": (
        "IdentityCenterApplicationAssignment",
    ),
    "constructs_auth.identity_store.group": ("IdentityStoreGroup",),
    "constructs_auth.identity_store.identity_store": ("IdentityStore",),
    "constructs_auth.identity_store.user": (
        "IdentityStoreMembership",
        "IdentityStoreUser",
    ),
    "constructs_auth.identity_store.users": ("IdentityStoreUsers",),
    "constructs_auth.rules.profile": (
        "NIST",
        "Profile",
        "STANDARD",
        "STRICT",
    ),
    "constructs_auth.rules.rule": ("Severity",),
    "constructs_auth.stack": ("AuthStack",),
    "constructs_auth.state.access": ("StateAccess",),
    "constructs_auth.state.access_logs": ("AccessLogs",),
    "constructs_auth.state.local_backend": ("LocalBackend",),
    "constructs_auth.state.s3_backend": (
        "AssumeRole",
        "S3Backend",
    ),
    "constructs_auth.state.state_access_policy": ("StateAccessPolicy",),
    "constructs_auth.state.state_bucket": ("StateBucket",),
    "constructs_auth.values.account_recovery": ("AccountRecovery",),
    "constructs_auth.values.app_settings": (
        "SecretFormat",
        "StoredClientSecret",
    ),
    "constructs_auth.values.application": (
        "AdminBackend",
        "Application",
        "MachineToMachine",
        "NativeApplication",
        "SinglePageApplication",
        "WebApplication",
    ),
    "constructs_auth.values.attribute_mapping": ("AttributeMapping",),
    "constructs_auth.values.attributes": (
        "Attribute",
        "BooleanAttribute",
        "DateTimeAttribute",
        "NumberAttribute",
        "StandardAttribute",
        "StringAttribute",
    ),
    "constructs_auth.values.classic_pages": ("ClassicPages",),
    "constructs_auth.values.device_configuration": (
        "DeviceConfiguration",
        "RememberDevices",
    ),
    "constructs_auth.values.email": (
        "CognitoEmail",
        "Email",
        "SesEmail",
    ),
    "constructs_auth.values.existing": (
        "ExistingUserPool",
        "ExistingUserPoolClient",
    ),
    "constructs_auth.values.first_factors": (
        "EmailOtp",
        "FirstFactor",
        "Passkey",
        "SmsOtp",
    ),
    "constructs_auth.values.identity_pool": (
        "MappingRule",
        "RoleMapping",
        "RulesRoleMapping",
        "TokenRoleMapping",
    ),
    "constructs_auth.values.identity_store": (
        "ExistingIdentityStore",
        "PostalAddress",
        "WorkforceUser",
    ),
    "constructs_auth.values.lambda_triggers": (
        "LambdaAlias",
        "LambdaFunction",
        "LambdaTriggers",
        "PreTokenGeneration",
    ),
    "constructs_auth.values.load_balancer_authentication": ("LoadBalancerAuthentication",),
    "constructs_auth.values.log_delivery": (
        "FirehoseStream",
        "LogBucket",
        "LogGroup",
        "NewLogGroup",
        "UserAuthEventLogs",
        "UserNotificationLogs",
    ),
    "constructs_auth.values.managed_login_branding": (
        "Branding",
        "BrandingAsset",
        "BrandingSettings",
        "CognitoProvidedValues",
    ),
    "constructs_auth.values.messages": (
        "InvitationMessages",
        "VerificationByCode",
        "VerificationByLink",
        "VerificationMessages",
        "link",
    ),
    "constructs_auth.values.mfa": (
        "EmailMfa",
        "Mfa",
        "MfaFactor",
        "SmsMfa",
        "SoftwareTokenMfa",
    ),
    "constructs_auth.values.oauth": ("OAuth",),
    "constructs_auth.values.oidc": ("OidcEndpoints",),
    "constructs_auth.values.password_policy": ("PasswordPolicy",),
    "constructs_auth.values.resource_server": (
        "ResourceServerScope",
        "ServerScope",
    ),
    "constructs_auth.values.risk_configuration": (
        "AccountTakeover",
        "AccountTakeoverAction",
        "CompromisedCredentials",
        "RiskExceptions",
    ),
    "constructs_auth.values.risk_notifications": (
        "NotifyConfiguration",
        "NotifyEmail",
    ),
    "constructs_auth.values.saml": (
        "SamlMetadata",
        "SamlMetadataFile",
        "SamlMetadataUrl",
    ),
    "constructs_auth.values.sign_in": (
        "SignIn",
        "Username",
        "UsernameAttributes",
    ),
    "constructs_auth.values.sms": ("SmsConfiguration",),
    "constructs_auth.values.tenants": ("spread_tenants",),
    "constructs_auth.values.tokens": (
        "RefreshTokenRotation",
        "TokenValidity",
    ),
    "constructs_auth.values.user_pool_action": ("UserPoolAction",),
    "constructs_auth.values.user_pool_domain": (
        "CustomDomain",
        "Domain",
        "PrefixDomain",
    ),
    "constructs_auth.values.user_pool_tier": ("UserPoolAddOns",),
    "constructs_auth.values.variable_validation": ("VariableValidation",),
    "constructs_auth.values.web_acl": (
        "COUNTED_COMMON_RULES",
        "RateLimits",
        "WebAclMode",
    ),
    "constructs_auth.variable": ("Variable",),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [*_HOMES]  # noqa: PLE0604 - its items are texts; the list above is the one place


if not TYPE_CHECKING:  # seeing this, a type checker would let any misspelt name pass

    def __getattr__(name: str) -> object:
        """Import the module that defines *name*, the first time it is asked for."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """Name what can be imported from here, for editors and `dir()`."""
    return sorted({*globals(), *_HOMES})
