# All public names of the package.

from constructs_auth._version import __version__ as __version__
from constructs_auth.app import AuthApp as AuthApp
from constructs_auth.cognito.app_configuration import AppConfiguration as AppConfiguration
from constructs_auth.cognito.app_settings import AppSettings as AppSettings
from constructs_auth.cognito.authorizers import (
    HttpApiJwtAuthorizer as HttpApiJwtAuthorizer,
    RestApiUserPoolAuthorizer as RestApiUserPoolAuthorizer,
)
from constructs_auth.cognito.grants import (
    AppSettingsGrant as AppSettingsGrant,
    UserPoolGrant as UserPoolGrant,
)
from constructs_auth.cognito.identity_pool.construct import IdentityPool as IdentityPool
from constructs_auth.cognito.identity_pool.principal_tag import (
    IdentityPoolPrincipalTag as IdentityPoolPrincipalTag,
)
from constructs_auth.cognito.identity_pool.role import IdentityPoolRole as IdentityPoolRole
from constructs_auth.cognito.identity_providers.identity_provider import (
    IdentityProvider as IdentityProvider,
)
from constructs_auth.cognito.identity_providers.oidc import (
    OidcIdentityProvider as OidcIdentityProvider,
)
from constructs_auth.cognito.identity_providers.saml import (
    IdentityCenterIdentityProvider as IdentityCenterIdentityProvider,
    SamlIdentityProvider as SamlIdentityProvider,
)
from constructs_auth.cognito.identity_providers.social import (
    FacebookIdentityProvider as FacebookIdentityProvider,
    GoogleIdentityProvider as GoogleIdentityProvider,
    LoginWithAmazonIdentityProvider as LoginWithAmazonIdentityProvider,
    SignInWithAppleIdentityProvider as SignInWithAppleIdentityProvider,
)
from constructs_auth.cognito.load_balancer_listener_rule import (
    LoadBalancerListenerRule as LoadBalancerListenerRule,
)
from constructs_auth.cognito.log_delivery import LogDelivery as LogDelivery
from constructs_auth.cognito.managed_login_branding import (
    ManagedLoginBranding as ManagedLoginBranding,
)
from constructs_auth.cognito.resource_server import ResourceServer as ResourceServer
from constructs_auth.cognito.risk_configuration import RiskConfiguration as RiskConfiguration
from constructs_auth.cognito.user import User as User, UserInGroup as UserInGroup
from constructs_auth.cognito.user_group import UserGroup as UserGroup
from constructs_auth.cognito.user_pool.construct import UserPool as UserPool
from constructs_auth.cognito.user_pool_client.construct import (
    COGNITO as COGNITO,
    UserPoolClient as UserPoolClient,
)
from constructs_auth.cognito.user_pool_domain.construct import UserPoolDomain as UserPoolDomain
from constructs_auth.cognito.user_pool_ui_customization import (
    UserPoolUICustomization as UserPoolUICustomization,
)
from constructs_auth.cognito.web_acl import WebAcl as WebAcl, WebAclAssociation as WebAclAssociation
from constructs_auth.errors import (
    ConstructsAuthError as ConstructsAuthError,
    InvalidValueError as InvalidValueError,
    Problem as Problem,
    SynthesisError as SynthesisError,
    UnknownKeywordError as UnknownKeywordError,
)
from constructs_auth.facts.words import (
    CODE as CODE,
    USERNAME as USERNAME,
    AccountTakeoverEventAction as AccountTakeoverEventAction,
    AdvancedSecurityMode as AdvancedSecurityMode,
    AliasAttribute as AliasAttribute,
    AmbiguousRoleResolution as AmbiguousRoleResolution,
    AmplifyVersion as AmplifyVersion,
    AssetCategory as AssetCategory,
    AssetExtension as AssetExtension,
    AttributesRequestMethod as AttributesRequestMethod,
    AuthFlow as AuthFlow,
    ColorMode as ColorMode,
    CompromisedCredentialsEventAction as CompromisedCredentialsEventAction,
    ContactAttribute as ContactAttribute,
    CustomAuthMode as CustomAuthMode,
    DeliveryMedium as DeliveryMedium,
    EventFilter as EventFilter,
    FirstAuthFactor as FirstAuthFactor,
    LoginProvider as LoginProvider,
    MatchType as MatchType,
    MessageAction as MessageAction,
    MfaConfiguration as MfaConfiguration,
    OAuthFlow as OAuthFlow,
    OAuthScope as OAuthScope,
    OnUnauthenticatedRequest as OnUnauthenticatedRequest,
    PreTokenGenerationVersion as PreTokenGenerationVersion,
    RecoveryMechanism as RecoveryMechanism,
    RotationFeature as RotationFeature,
    StandardAttributeName as StandardAttributeName,
    TimeUnit as TimeUnit,
    UserPoolTier as UserPoolTier,
    UserVerification as UserVerification,
)
from constructs_auth.identity_store.application_assignment import (
    IdentityCenterApplicationAssignment as IdentityCenterApplicationAssignment,
)
from constructs_auth.identity_store.group import IdentityStoreGroup as IdentityStoreGroup
from constructs_auth.identity_store.identity_store import IdentityStore as IdentityStore
from constructs_auth.identity_store.user import (
    IdentityStoreMembership as IdentityStoreMembership,
    IdentityStoreUser as IdentityStoreUser,
    IdentityStoreUsers as IdentityStoreUsers,
)
from constructs_auth.judge import Judge as Judge
from constructs_auth.rules.profile import (
    NIST as NIST,
    STANDARD as STANDARD,
    STRICT as STRICT,
    Profile as Profile,
)
from constructs_auth.rules.rule import Severity as Severity
from constructs_auth.stack import AuthStack as AuthStack
from constructs_auth.state._documents import StateAccess as StateAccess
from constructs_auth.state.backends import (
    AssumeRole as AssumeRole,
    LocalBackend as LocalBackend,
    S3Backend as S3Backend,
)
from constructs_auth.state.state_access_policy import StateAccessPolicy as StateAccessPolicy
from constructs_auth.state.state_bucket import AccessLogs as AccessLogs, StateBucket as StateBucket
from constructs_auth.values.account_recovery import AccountRecovery as AccountRecovery
from constructs_auth.values.app_configuration import (
    AmplifyGen1 as AmplifyGen1,
    AmplifyOutputs as AmplifyOutputs,
    AppConfigurationFormat as AppConfigurationFormat,
    AuthJs as AuthJs,
    OidcClient as OidcClient,
    PlainJson as PlainJson,
    SpringProperties as SpringProperties,
)
from constructs_auth.values.app_settings import (
    SecretFormat as SecretFormat,
    StoredClientSecret as StoredClientSecret,
)
from constructs_auth.values.application import (
    AdminBackend as AdminBackend,
    Application as Application,
    MachineToMachine as MachineToMachine,
    NativeApplication as NativeApplication,
    SinglePageApplication as SinglePageApplication,
    WebApplication as WebApplication,
)
from constructs_auth.values.as_it_is import (
    AS_IT_IS as AS_IT_IS,
    AsItIs as AsItIs,
    ImportedSecret as ImportedSecret,
)
from constructs_auth.values.attributes import (
    Attribute as Attribute,
    BooleanAttribute as BooleanAttribute,
    DateTimeAttribute as DateTimeAttribute,
    NumberAttribute as NumberAttribute,
    StandardAttribute as StandardAttribute,
    StringAttribute as StringAttribute,
)
from constructs_auth.values.device_configuration import (
    DeviceConfiguration as DeviceConfiguration,
    RememberDevices as RememberDevices,
)
from constructs_auth.values.email import (
    CognitoEmail as CognitoEmail,
    Email as Email,
    SesEmail as SesEmail,
)
from constructs_auth.values.existing import (
    ExistingUserPool as ExistingUserPool,
    ExistingUserPoolClient as ExistingUserPoolClient,
)
from constructs_auth.values.first_factors import (
    EmailOtp as EmailOtp,
    FirstFactor as FirstFactor,
    Passkey as Passkey,
    SmsOtp as SmsOtp,
)
from constructs_auth.values.identity_pool import (
    MappingRule as MappingRule,
    RoleMapping as RoleMapping,
    RulesRoleMapping as RulesRoleMapping,
    TokenRoleMapping as TokenRoleMapping,
)
from constructs_auth.values.identity_provider import (
    AttributeMapping as AttributeMapping,
    OidcEndpoints as OidcEndpoints,
    SamlMetadata as SamlMetadata,
    SamlMetadataFile as SamlMetadataFile,
    SamlMetadataUrl as SamlMetadataUrl,
)
from constructs_auth.values.identity_store import (
    ExistingIdentityStore as ExistingIdentityStore,
    PostalAddress as PostalAddress,
    WorkforceUser as WorkforceUser,
)
from constructs_auth.values.lambda_triggers import (
    LambdaAlias as LambdaAlias,
    LambdaFunction as LambdaFunction,
    LambdaTriggers as LambdaTriggers,
    PreTokenGeneration as PreTokenGeneration,
)
from constructs_auth.values.load_balancer_authentication import (
    LoadBalancerAuthentication as LoadBalancerAuthentication,
)
from constructs_auth.values.log_delivery import (
    FirehoseStream as FirehoseStream,
    LogBucket as LogBucket,
    LogGroup as LogGroup,
    NewLogGroup as NewLogGroup,
    UserAuthEventLogs as UserAuthEventLogs,
    UserNotificationLogs as UserNotificationLogs,
)
from constructs_auth.values.managed_login_branding import (
    Branding as Branding,
    BrandingAsset as BrandingAsset,
    BrandingSettings as BrandingSettings,
    CognitoProvidedValues as CognitoProvidedValues,
)
from constructs_auth.values.messages import (
    InvitationMessages as InvitationMessages,
    VerificationByCode as VerificationByCode,
    VerificationByLink as VerificationByLink,
    VerificationMessages as VerificationMessages,
    link as link,
)
from constructs_auth.values.mfa import (
    EmailMfa as EmailMfa,
    Mfa as Mfa,
    MfaFactor as MfaFactor,
    SmsMfa as SmsMfa,
    SoftwareTokenMfa as SoftwareTokenMfa,
)
from constructs_auth.values.oauth import OAuth as OAuth
from constructs_auth.values.password_policy import PasswordPolicy as PasswordPolicy
from constructs_auth.values.resource_server import (
    ResourceServerScope as ResourceServerScope,
    ServerScope as ServerScope,
)
from constructs_auth.values.risk_configuration import (
    AccountTakeover as AccountTakeover,
    AccountTakeoverAction as AccountTakeoverAction,
    CompromisedCredentials as CompromisedCredentials,
    NotifyConfiguration as NotifyConfiguration,
    NotifyEmail as NotifyEmail,
    RiskExceptions as RiskExceptions,
)
from constructs_auth.values.sign_in import (
    SignIn as SignIn,
    Username as Username,
    UsernameAttributes as UsernameAttributes,
)
from constructs_auth.values.sms import SmsConfiguration as SmsConfiguration
from constructs_auth.values.tenants import spread_tenants as spread_tenants
from constructs_auth.values.tokens import (
    RefreshTokenRotation as RefreshTokenRotation,
    TokenValidity as TokenValidity,
)
from constructs_auth.values.user_pool_domain import (
    CustomDomain as CustomDomain,
    Domain as Domain,
    ImportedCertificate as ImportedCertificate,
    PrefixDomain as PrefixDomain,
)
from constructs_auth.values.user_pool_grant import UserPoolAction as UserPoolAction
from constructs_auth.values.user_pool_tier import UserPoolAddOns as UserPoolAddOns
from constructs_auth.values.user_pool_ui_customization import ClassicPages as ClassicPages
from constructs_auth.values.web_acl import (
    COUNTED_COMMON_RULES as COUNTED_COMMON_RULES,
    RateLimits as RateLimits,
    WebAclMode as WebAclMode,
)
from constructs_auth.variable import Variable as Variable, VariableValidation as VariableValidation
