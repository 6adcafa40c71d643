"""Systems of Cognito as consoles and SDKs leave them, made with calls of the API alone.

The names of one system are in no other one, so that the programs of all can be one root module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from tests.emulator import Emulator

REGION = "eu-west-1"
ACCOUNT = "123456789012"
PASSWORD = "Made-up-password-1"
MAIL = "ann@example.com"
SECRET = "made-up"
"""The secret of all identity providers and roles."""

CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/0a1b2c3d"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b2c3d"
SES = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/acme.example"

_FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
_IMAGE = b"\x89PNG\r\n\x1a\n"
_METADATA = "<EntityDescriptor>${not} a template</EntityDescriptor>"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMade:
    """A system that others created, with a user.

    Attributes:
        pool_id: Its user pool.
        client_id: The client at which the user signs in.
        user: The name of the user.
    """

    pool_id: str
    client_id: str
    user: str


def nothing_set(emulator: Emulator) -> HandMade:
    """A pool and a client of which only the name was given."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="bare")["UserPool"]["Id"]
    client = _client(cognito, pool_id, ClientName="bare client")
    return _with_user(cognito, pool_id, client, "ann")


def console_defaults(emulator: Emulator) -> HandMade:
    """E-mail addresses as names, one client for a browser, lifetimes in minutes."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="User pool - k3j2",
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        AutoVerifiedAttributes=["email"],
        DeletionProtection="ACTIVE",
        AccountRecoverySetting={
            "RecoveryMechanisms": [
                {"Priority": 1, "Name": "verified_email"},
                {"Priority": 2, "Name": "verified_phone_number"},
            ]
        },
    )["UserPool"]["Id"]
    client = _client(
        cognito,
        pool_id,
        ClientName="My SPA app - k3j2",
        ExplicitAuthFlows=_FLOWS,
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["email", "openid", "phone"],
        CallbackURLs=["https://d84l1y8p4kdic.cloudfront.net"],
        SupportedIdentityProviders=["COGNITO"],
        PreventUserExistenceErrors="ENABLED",
        AccessTokenValidity=60,
        IdTokenValidity=60,
        RefreshTokenValidity=5,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
    )
    cognito.create_user_pool_domain(Domain="eu-west-1k3j2", UserPoolId=pool_id)
    return _with_user(cognito, pool_id, client, MAIL)


def an_old_pool(emulator: Emulator) -> HandMade:
    """The tier LITE, aliases, attributes without bounds, legacy flows, two clients."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="old",
        AliasAttributes=["email", "preferred_username"],
        AutoVerifiedAttributes=["email"],
        MfaConfiguration="OFF",
        Schema=[
            {"Name": "team", "AttributeDataType": "String", "Mutable": True},
            {"Name": "age", "AttributeDataType": "Number", "Mutable": True},
        ],
        UserPoolTier="LITE",
    )["UserPool"]["Id"]
    client = _client(
        cognito, pool_id, ClientName="legacy app", ExplicitAuthFlows=["USER_PASSWORD_AUTH"]
    )
    _client(cognito, pool_id, ClientName="server", GenerateSecret=True)
    return _with_user(cognito, pool_id, client, "ann")


def with_everything_around(emulator: Emulator) -> HandMade:
    """Triggers, groups, a resource server, a machine, Google and SAML."""
    cognito: Any = emulator.cognito(REGION)
    function = emulator.make_trigger("adopted", REGION, source=_ECHO)
    pool = cognito.create_user_pool(
        PoolName="users",
        AutoVerifiedAttributes=["email"],
        LambdaConfig={"PostConfirmation": function, "PreSignUp": function},
        UserPoolTags={"team": "identity"},
    )["UserPool"]
    pool_id = pool["Id"]
    emulator.allow_trigger(function, pool_arn=pool["Arn"])
    cognito.create_group(UserPoolId=pool_id, GroupName="staff", Description="All", Precedence=1)
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="orders",
        Name="Orders",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
    )
    _provider(cognito, pool_id, "Google", authorize_scopes="email openid")
    _saml(cognito, pool_id, "partner", MetadataURL="https://idp.example/metadata")
    client = _client(cognito, pool_id, ClientName="app", ExplicitAuthFlows=_FLOWS)
    _client(
        cognito,
        pool_id,
        ClientName="machine",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["orders/read"],
    )
    return _with_user(cognito, pool_id, client, "ann")


def several_domains(emulator: Emulator) -> HandMade:
    """A domain with a prefix and one with a certificate; classic pages of all and of a client."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="pages",
        UsernameAttributes=["email", "phone_number"],
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
    )["UserPool"]["Id"]
    callback = {
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthScopes": ["aws.cognito.signin.user.admin", "email"],
        "CallbackURLs": ["https://shop.example/", "https://*.shop.example/", "shop:signed-in"],
        "DefaultRedirectURI": "https://shop.example/",
        "LogoutURLs": ["https://shop.example/bye"],
        "SupportedIdentityProviders": ["COGNITO"],
    }
    client = _client(
        cognito,
        pool_id,
        ClientName="shop",
        ExplicitAuthFlows=_FLOWS,
        GenerateSecret=False,
        **callback,
    )
    _client(cognito, pool_id, ClientName="wiki", GenerateSecret=True, **callback)
    cognito.create_user_pool_domain(Domain="acme-pages", UserPoolId=pool_id)
    cognito.create_user_pool_domain(
        Domain="login.acme.example",
        UserPoolId=pool_id,
        CustomDomainConfig={"CertificateArn": CERTIFICATE},
    )
    cognito.set_ui_customization(
        UserPoolId=pool_id, CSS=".logo-customizable {\n  max-width: 60%;\n}\n", ImageFile=_IMAGE
    )
    cognito.set_ui_customization(
        UserPoolId=pool_id, ClientId=client, CSS=".banner-customizable {background: #fff}"
    )
    return _with_user(cognito, pool_id, client, MAIL)


def every_trigger(emulator: Emulator) -> HandMade:
    """Each trigger, one of them of an alias; the policy of one function does not name the pool."""
    cognito: Any = emulator.cognito(REGION)
    allowed = emulator.make_trigger("trigger-allowed", REGION, source=_ECHO)
    elsewhere = emulator.make_trigger("trigger-elsewhere", REGION, source=_ECHO)
    aliased = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:trigger-aliased"
    emulator.make_function(aliased, alias="live")
    sender = {"LambdaArn": allowed, "LambdaVersion": "V1_0"}
    pool = cognito.create_user_pool(
        PoolName="triggers",
        LambdaConfig={
            "CreateAuthChallenge": elsewhere,
            "CustomEmailSender": sender,
            "CustomMessage": elsewhere,
            "CustomSMSSender": sender,
            "DefineAuthChallenge": elsewhere,
            "KMSKeyID": KEY,
            "PostAuthentication": allowed,
            "PostConfirmation": allowed,
            "PreAuthentication": f"{aliased}:live",
            "PreSignUp": allowed,
            "PreTokenGeneration": allowed,
            "PreTokenGenerationConfig": {"LambdaArn": allowed, "LambdaVersion": "V2_0"},
            "UserMigration": allowed,
            "VerifyAuthChallengeResponse": elsewhere,
        },
    )["UserPool"]
    emulator.allow_trigger(allowed, pool_arn=pool["Arn"])
    functions = emulator.client("lambda", REGION)
    functions.add_permission(
        FunctionName="trigger-aliased",
        Qualifier="live",
        StatementId="AllowCognito",
        Action="lambda:InvokeFunction",
        Principal="cognito-idp.amazonaws.com",
        SourceArn=pool["Arn"],
    )
    functions.add_permission(
        FunctionName="trigger-elsewhere",
        StatementId="any-pool",
        Action="lambda:InvokeFunction",
        Principal="cognito-idp.amazonaws.com",
        SourceAccount=ACCOUNT,
    )
    client = _client(
        cognito,
        pool["Id"],
        ClientName="custom challenges",
        ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", *_FLOWS],
    )
    return _with_user(cognito, pool["Id"], client, "ann")


def two_identity_pools(emulator: Emulator) -> HandMade:
    """One with guests, rules, tokens and principal tags; the other one without roles."""
    cognito: Any = emulator.cognito(REGION)
    identities = emulator.identities(REGION)
    pool_id = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
    client = _client(cognito, pool_id, ClientName="photos", ExplicitAuthFlows=_FLOWS)
    other = _client(cognito, pool_id, ClientName="albums", GenerateSecret=True)
    endpoint = f"cognito-idp.{REGION}.amazonaws.com/{pool_id}"
    logins = [
        {"ProviderName": endpoint, "ClientId": client, "ServerSideTokenCheck": True},
        {"ProviderName": endpoint, "ClientId": other, "ServerSideTokenCheck": False},
    ]
    first = identities.create_identity_pool(
        IdentityPoolName="photo users",
        AllowUnauthenticatedIdentities=True,
        AllowClassicFlow=True,
        CognitoIdentityProviders=logins,
        DeveloperProviderName="login.acme",
        SupportedLoginProviders={"accounts.google.com": "acme.apps.example"},
        IdentityPoolTags={"team": "photos"},
    )["IdentityPoolId"]
    roles = {
        name: emulator.make_role(name, {}) for name in ("photo-user", "photo-guest", "photo-admin")
    }
    rule = {
        "Claim": "custom:team",
        "MatchType": "StartsWith",
        "Value": "admin",
        "RoleARN": roles["photo-admin"],
    }
    identities.set_identity_pool_roles(
        IdentityPoolId=first,
        Roles={"authenticated": roles["photo-user"], "unauthenticated": roles["photo-guest"]},
        RoleMappings={
            f"{endpoint}:{client}": {
                "Type": "Rules",
                "AmbiguousRoleResolution": "AuthenticatedRole",
                "RulesConfiguration": {"Rules": [rule]},
            },
            f"{endpoint}:{other}": {"Type": "Token", "AmbiguousRoleResolution": "Deny"},
        },
    )
    identities.set_principal_tag_attribute_map(
        IdentityPoolId=first,
        IdentityProviderName=endpoint,
        UseDefaults=False,
        PrincipalTags={"department": "custom:team", "user": "sub"},
    )
    identities.create_identity_pool(
        IdentityPoolName="albums_2019",
        AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": endpoint, "ClientId": other}],
    )
    return _with_user(cognito, pool_id, client, "ann")


def threat_protection(emulator: Emulator) -> HandMade:
    """Reactions to risks of the pool, with messages, and other ones of a client."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="protected",
        UserPoolTier="PLUS",
        UserPoolAddOns={
            "AdvancedSecurityMode": "ENFORCED",
            "AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "AUDIT"},
        },
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireUppercase": False,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
                "PasswordHistorySize": 4,
                "TemporaryPasswordValidityDays": 1,
            }
        },
    )["UserPool"]["Id"]
    client = _client(
        cognito,
        pool_id,
        ClientName="bank",
        ExplicitAuthFlows=_FLOWS,
        EnablePropagateAdditionalUserContextData=False,
        EnableTokenRevocation=False,
        AuthSessionValidity=15,
    )
    mail = {"Subject": "Sign-in", "HtmlBody": "<p>{city}</p>", "TextBody": "{city}"}
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        CompromisedCredentialsRiskConfiguration={
            "EventFilter": ["SIGN_IN"],
            "Actions": {"EventAction": "NO_ACTION"},
        },
        AccountTakeoverRiskConfiguration={
            "NotifyConfiguration": {
                "From": "security@acme.example",
                "ReplyTo": "help@acme.example",
                "SourceArn": SES,
                "BlockEmail": mail,
                "MfaEmail": mail,
                "NoActionEmail": mail,
            },
            "Actions": {
                "LowAction": {"Notify": False, "EventAction": "NO_ACTION"},
                "MediumAction": {"Notify": True, "EventAction": "MFA_IF_CONFIGURED"},
                "HighAction": {"Notify": True, "EventAction": "BLOCK"},
            },
        },
        RiskExceptionConfiguration={"BlockedIPRangeList": ["192.0.2.0/24"]},
    )
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        ClientId=client,
        AccountTakeoverRiskConfiguration={
            # Without a sender, AWS provider 5 cannot express it.
            "NotifyConfiguration": {"SourceArn": SES, "NoActionEmail": mail},
            "Actions": {"HighAction": {"Notify": False, "EventAction": "MFA_REQUIRED"}},
        },
        RiskExceptionConfiguration={"SkippedIPRangeList": ["198.51.100.0/24"]},
    )
    return _with_user(cognito, pool_id, client, "ann")


def federated(emulator: Emulator) -> HandMade:
    """Each type of identity provider, with the details that AWS fills in."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="federated",
        Schema=[{"Name": "department", "AttributeDataType": "String", "Mutable": True}],
    )["UserPool"]["Id"]
    _provider(cognito, pool_id, "Facebook", authorize_scopes="public_profile,email")
    _provider(cognito, pool_id, "LoginWithAmazon", authorize_scopes="profile postal_code")
    cognito.create_identity_provider(
        UserPoolId=pool_id,
        ProviderName="SignInWithApple",
        ProviderType="SignInWithApple",
        ProviderDetails={
            "authorize_scopes": "email name",
            "client_id": "example.acme",
            "key_id": "ABCDE12345",
            "private_key": SECRET,
            "team_id": "FGHIJ67890",
        },
        AttributeMapping={"email": "email", "given_name": "firstName"},
    )
    issuer = {
        "attributes_request_method": "POST",
        "authorize_scopes": "openid profile",
        "client_id": "acme",
        "client_secret": SECRET,
        "oidc_issuer": "https://idp.example/",
    }
    endpoints = {
        "attributes_url": "https://idp.example/userinfo",
        "authorize_url": "https://idp.example/authorize",
        "jwks_uri": "https://idp.example/keys",
        "token_url": "https://idp.example/token",
    }
    for name, details in (
        ("Okta", issuer),
        ("Manual", {**issuer, **endpoints}),
        ("Public", {**issuer, "client_secret": ""}),
    ):
        cognito.create_identity_provider(
            UserPoolId=pool_id,
            ProviderName=name,
            ProviderType="OIDC",
            ProviderDetails={key: value for key, value in details.items() if value},
            AttributeMapping={"custom:department": "dept", "email": "mail"},
            IdpIdentifiers=[f"{name.lower()}.example"],
        )
    _saml(cognito, pool_id, "ADFS", MetadataFile=_METADATA, IDPSignout="true")
    _saml(
        cognito,
        pool_id,
        "Entra",
        EncryptedResponses="true",
        IDPInit="true",
        IDPSignout="false",
        MetadataURL="https://login.example/metadata?appid=1&x=%20",
        RequestSigningAlgorithm="rsa-sha256",
    )
    client = _client(
        cognito,
        pool_id,
        ClientName="portal",
        ExplicitAuthFlows=_FLOWS,
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["openid", "email", "profile"],
        CallbackURLs=["acme://signed-in"],
        SupportedIdentityProviders=["COGNITO", "Okta", "Entra", "SignInWithApple"],
        ReadAttributes=["custom:department", "email", "email_verified"],
        WriteAttributes=["email"],
    )
    return _with_user(cognito, pool_id, client, "ann")


def by_sms(emulator: Emulator) -> HandMade:
    """Phone numbers as names, and a code by SMS at each sign-in."""
    cognito: Any = emulator.cognito(REGION)
    role = emulator.make_role("sends-sms", {})
    sms = {"SnsCallerArn": role, "ExternalId": SECRET, "SnsRegion": REGION}
    pool_id = cognito.create_user_pool(
        PoolName="phones",
        UsernameAttributes=["phone_number"],
        UsernameConfiguration={"CaseSensitive": True},
        AutoVerifiedAttributes=["phone_number"],
        MfaConfiguration="ON",
        SmsConfiguration=sms,
        SmsAuthenticationMessage="Acme: {####}",
        AdminCreateUserConfig={
            "AllowAdminCreateUserOnly": True,
            "InviteMessageTemplate": {"SMSMessage": "{username}: {####}"},
        },
    )["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool_id,
        MfaConfiguration="ON",
        SmsMfaConfiguration={
            "SmsAuthenticationMessage": "Acme: {####}",
            "SmsConfiguration": sms,
        },
    )
    client = _client(cognito, pool_id, ClientName="dialer", ExplicitAuthFlows=_FLOWS)
    made = _with_user(cognito, pool_id, client, "+15555550100")
    cognito.admin_set_user_mfa_preference(
        UserPoolId=pool_id,
        Username=made.user,
        SMSMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    return made


def with_every_feature(emulator: Emulator) -> HandMade:
    """Attributes of each kind, messages, passkeys, devices, rotation, a branding, and logs."""
    cognito: Any = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="features",
        UsernameConfiguration={"CaseSensitive": False},
        AutoVerifiedAttributes=["email"],
        MfaConfiguration="OPTIONAL",
        Policies={
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}
        },
        DeviceConfiguration={
            "ChallengeRequiredOnNewDevice": False,
            "DeviceOnlyRememberedOnUserPrompt": True,
        },
        EmailConfiguration={
            "ConfigurationSet": "sign-in",
            "EmailSendingAccount": "DEVELOPER",
            "From": "Acme <sign-in@acme.example>",
            "ReplyToEmailAddress": "help@acme.example",
            "SourceArn": SES,
        },
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
        VerificationMessageTemplate={
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailMessageByLink": "Click {##here##}, «${name}» at 100%{",
            "EmailSubjectByLink": 'Welcome to "Acme"',
            "SmsMessage": "{####}",
        },
        Schema=[
            {"Name": "email", "AttributeDataType": "String", "Required": True, "Mutable": True},
            {
                "Name": "birthdate",
                "AttributeDataType": "String",
                "Mutable": False,
                "StringAttributeConstraints": {"MinLength": "10", "MaxLength": "10"},
            },
            {
                "Name": "tenant",
                "AttributeDataType": "String",
                "Mutable": False,
                "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "64"},
            },
            {
                "Name": "notes",
                "AttributeDataType": "String",
                "DeveloperOnlyAttribute": True,
                "Mutable": True,
                "StringAttributeConstraints": {"MaxLength": "256"},
            },
            {
                "Name": "level",
                "AttributeDataType": "Number",
                "Mutable": True,
                "NumberAttributeConstraints": {"MinValue": "0", "MaxValue": "10"},
            },
            {"Name": "beta", "AttributeDataType": "Boolean", "Mutable": True},
            {"Name": "joined", "AttributeDataType": "DateTime", "Mutable": True},
        ],
    )["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
        WebAuthnConfiguration={"RelyingPartyId": "acme.example", "UserVerification": "preferred"},
    )
    client = _client(
        cognito,
        pool_id,
        ClientName="notes-app",
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 30},
        AnalyticsConfiguration={
            "ApplicationArn": f"arn:aws:mobiletargeting:us-east-1:{ACCOUNT}:apps/0a1b"
        },
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["notes/read", "openid"],
        CallbackURLs=["https://notes.example/"],
        SupportedIdentityProviders=["COGNITO"],
    )
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="notes",
        Name="Notes API",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
    )
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="https://notes.example/v2",
        Name="Notes 2",
        Scopes=[{"ScopeName": f"scope{at}", "ScopeDescription": "-"} for at in range(12)],
    )
    cognito.create_user_pool_domain(Domain="acme-notes", UserPoolId=pool_id, ManagedLoginVersion=2)
    cognito.create_managed_login_branding(
        UserPoolId=pool_id, ClientId=client, UseCognitoProvidedValues=True
    )
    cognito.set_log_delivery_configuration(
        UserPoolId=pool_id,
        LogConfigurations=[
            {
                "EventSource": "userNotification",
                "LogLevel": "ERROR",
                "CloudWatchLogsConfiguration": {
                    "LogGroupArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/vendedlogs/n"
                },
            }
        ],
    )
    role = emulator.make_role("notes-admin", {})
    cognito.create_group(UserPoolId=pool_id, GroupName="admins", RoleArn=role, Precedence=0)
    cognito.create_group(UserPoolId=pool_id, GroupName="Müller&Söhne")
    return _with_user(cognito, pool_id, client, "ann")


SYSTEMS: tuple[Callable[[Emulator], HandMade], ...] = (
    nothing_set,
    console_defaults,
    an_old_pool,
    with_everything_around,
    several_domains,
    every_trigger,
    two_identity_pools,
    threat_protection,
    federated,
    by_sms,
    with_every_feature,
)


def sign_in(emulator: Emulator, made: HandMade) -> str:
    """Sign the user in; return the challenge that follows, or the type of the tokens."""
    cognito: Any = emulator.cognito(REGION)
    client = {"UserPoolId": made.pool_id, "ClientId": made.client_id}
    described = cognito.describe_user_pool_client(**client)["UserPoolClient"]
    if described.get("ExplicitAuthFlows"):
        answer = cognito.initiate_auth(
            ClientId=made.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": made.user, "PASSWORD": PASSWORD},
        )
    else:
        answer = AWSSRP(
            username=made.user,
            password=PASSWORD,
            pool_id=made.pool_id,
            client_id=made.client_id,
            client=cognito,
        ).authenticate_user()
    return str(answer.get("ChallengeName") or answer["AuthenticationResult"]["TokenType"])


def described(emulator: Emulator, made: HandMade) -> Mapping[str, Any]:
    """Everything that AWS tells about a system."""
    cognito: Any = emulator.cognito(REGION)
    in_pool = {"UserPoolId": made.pool_id}
    pool = dict(cognito.describe_user_pool(**in_pool)["UserPool"])
    pool.pop("LastModifiedDate", None)
    clients = [
        {**in_pool, "ClientId": one["ClientId"]}
        for one in cognito.list_user_pool_clients(**in_pool, MaxResults=60)["UserPoolClients"]
    ]
    domains = [pool[name] for name in ("Domain", "CustomDomain") if name in pool]
    return {
        "pool": pool,
        "mfa": _told(cognito.get_user_pool_mfa_config(**in_pool)),
        "clients": [cognito.describe_user_pool_client(**one)["UserPoolClient"] for one in clients],
        "domains": [
            cognito.describe_user_pool_domain(Domain=one)["DomainDescription"] for one in domains
        ],
        "groups": cognito.list_groups(**in_pool)["Groups"],
        "servers": cognito.list_resource_servers(**in_pool, MaxResults=50)["ResourceServers"],
        "providers": [
            cognito.describe_identity_provider(**in_pool, ProviderName=one["ProviderName"])[
                "IdentityProvider"
            ]
            for one in cognito.list_identity_providers(**in_pool)["Providers"]
        ],
        "pages": [
            cognito.get_ui_customization(**one)["UICustomization"] for one in (in_pool, *clients)
        ],
        "risks": [
            cognito.describe_risk_configuration(**one)["RiskConfiguration"]
            for one in (in_pool, *clients)
            if pool.get("UserPoolAddOns")
        ],
        "logs": cognito.get_log_delivery_configuration(**in_pool)["LogDeliveryConfiguration"],
        "policies": _policies(emulator, pool),
        "identity pools": _identity_pools(emulator, made.pool_id),
    }


def _policies(emulator: Emulator, pool: Mapping[str, Any]) -> list[str]:
    functions = emulator.client("lambda", REGION)
    names = {
        text.split(":")[6]
        for value in (pool.get("LambdaConfig") or {}).values()
        for text in (value if isinstance(value, str) else value["LambdaArn"],)
        if ":lambda:" in text
    }
    return [functions.get_policy(FunctionName=name)["Policy"] for name in sorted(names)]


def _identity_pools(emulator: Emulator, pool_id: str) -> list[Any]:
    identities = emulator.identities(REGION)
    found = []
    for one in identities.list_identity_pools(MaxResults=60)["IdentityPools"]:
        pool = _told(identities.describe_identity_pool(IdentityPoolId=one["IdentityPoolId"]))
        endpoints = [each["ProviderName"] for each in pool.get("CognitoIdentityProviders", ())]
        if any(endpoint.endswith(pool_id) for endpoint in endpoints):
            named = {"IdentityPoolId": one["IdentityPoolId"]}
            found.append(pool)
            found.append(_told(identities.get_identity_pool_roles(**named)))
            found.extend(
                _told(
                    identities.get_principal_tag_attribute_map(
                        **named, IdentityProviderName=endpoint
                    )
                )
                for endpoint in endpoints
            )
    return found


def _told(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


_ECHO = "def handler(event, _): return event"


def _client(cognito: Any, pool_id: str, **settings: Any) -> str:
    """Create a client; return its id."""
    answer = cognito.create_user_pool_client(UserPoolId=pool_id, **settings)
    client_id: str = answer["UserPoolClient"]["ClientId"]
    return client_id


def _provider(cognito: Any, pool_id: str, kind: str, *, authorize_scopes: str) -> None:
    """Create a social provider."""
    cognito.create_identity_provider(
        UserPoolId=pool_id,
        ProviderName=kind,
        ProviderType=kind,
        ProviderDetails={
            "client_id": "acme",
            "client_secret": SECRET,
            "authorize_scopes": authorize_scopes,
        },
        AttributeMapping={"email": "email"},
    )


def _saml(cognito: Any, pool_id: str, name: str, **details: str) -> None:
    cognito.create_identity_provider(
        UserPoolId=pool_id,
        ProviderName=name,
        ProviderType="SAML",
        ProviderDetails=details,
        AttributeMapping={"email": "email"},
    )


def _with_user(cognito: Any, pool_id: str, client_id: str, name: str) -> HandMade:
    """Create a user with a password and verified addresses."""
    addresses = {"email": MAIL, **({"phone_number": name} if name.startswith("+") else {})}
    attributes = [
        each
        for kind, address in addresses.items()
        for each in (
            {"Name": kind, "Value": address},
            {"Name": f"{kind}_verified", "Value": "true"},
        )
    ]
    cognito.admin_create_user(
        UserPoolId=pool_id, Username=name, MessageAction="SUPPRESS", UserAttributes=attributes
    )
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=name, Password=PASSWORD, Permanent=True
    )
    return HandMade(pool_id=pool_id, client_id=client_id, user=name)
