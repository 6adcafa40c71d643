"""The configuration that an application reads, as an output in the format of its library."""

from collections.abc import Mapping, Sequence
from typing import Any

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import for_each_member
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._references import joined
from constructs_auth.cognito.identity_pool.construct import IdentityPool
from constructs_auth.cognito.user_group import UserGroup
from constructs_auth.cognito.user_pool.base import UserPoolBase
from constructs_auth.cognito.user_pool.reference import is_own, region_of
from constructs_auth.cognito.user_pool_client.blocks import oauth_of, required_oauth, scopes_of
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.cognito.user_pool_client.login_urls import (
    PagesDomain,
    base_url_of,
    logout_uri_of,
    redirect_uri_of,
)
from constructs_auth.engine import Construct, Fn, TerraformOutput, Token
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.words import (
    AMPLIFY_GEN_1_PROVIDERS,
    AMPLIFY_PROVIDERS,
    FirstAuthFactor,
    MfaConfiguration,
    OAuthFlow,
)
from constructs_auth.values.app_configuration import (
    FOR_BROWSERS,
    FORMATS,
    AmplifyGen1,
    AmplifyOutputs,
    AppConfigurationFormat,
    AuthJs,
    OidcClient,
    SpringProperties,
)
from constructs_auth.values.application import MachineToMachine
from constructs_auth.values.as_it_is import AS_IT_IS
from constructs_auth.values.attributes import StandardAttribute
from constructs_auth.values.first_factors import EmailOtp, FirstFactor, Passkey, SmsOtp, factor_name
from constructs_auth.values.mfa import EmailMfa, Mfa, MfaFactor, SmsMfa, SoftwareTokenMfa
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.resource_server import identifier_of
from constructs_auth.values.sign_in import UsernameAttributes

_METHODS: Mapping[type[MfaFactor], str] = {
    SmsMfa: "SMS",
    SoftwareTokenMfa: "TOTP",
    EmailMfa: "EMAIL",
}
_MFA = {
    MfaConfiguration.OFF: "NONE",
    MfaConfiguration.OPTIONAL: "OPTIONAL",
    MfaConfiguration.ON: "REQUIRED",
}
_CHARACTERS = {
    "require_lowercase": "REQUIRES_LOWERCASE",
    "require_uppercase": "REQUIRES_UPPERCASE",
    "require_numbers": "REQUIRES_NUMBERS",
    "require_symbols": "REQUIRES_SYMBOLS",
}
_SPRING = "spring.security.oauth2"


class AppConfiguration(AuthConstruct):
    """The configuration of an application, as a Terraform output in the format of its library.

    After the apply, `terraform output -json | constructs-auth app-config --format amplify-outputs
    --output src/amplify_outputs.json` writes the file. A configuration for browsers contains no
    secret.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the name of the output.
        construct_id: The id.
        client: The app client.
        format: The format: `AmplifyOutputs()`, `AmplifyGen1()`, `OidcClient()`, `AuthJs()`,
            `SpringProperties()` or `PlainJson()`.
        domain: The `UserPoolDomain` of the sign-in pages, or the base URL of one that others own.
            Amplify needs it for sign-in on these pages. By default none.
        identity_pool: The identity pool that gives users of the client AWS credentials. By default
            none.
        redirect_uri: The callback URL, for a format that has one. By default
            *default_redirect_uri* of the `OAuth`, or the only callback URL.
        logout_uri: The logout URL, for a format that has one. By default the only one.

    Attributes:
        client: The app client.
        format: The format.
        output: The CDKTF output.

    Raises:
        InvalidValueError: A client with a secret for a format that a browser gets, a client without
            sign-in pages for a format that needs them, no logout URL for Amplify's sign-in pages,
            a domain of another pool, or a URL that the client does not allow.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        client: UserPoolClient,
        format: AppConfigurationFormat,  # noqa: A002 - what it is
        domain: PagesDomain | None = None,
        identity_pool: IdentityPool | None = None,
        redirect_uri: str | None = None,
        logout_uri: str | None = None,
    ) -> None:
        _checks.kind("AppConfiguration.client", client, UserPoolClient)
        _checks.kind("AppConfiguration.format", format, *FORMATS)
        if identity_pool is not None:
            _checks.kind("AppConfiguration.identity_pool", identity_pool, IdentityPool)
        _check_client(client, format)
        parts = _Parts(
            client=client,
            domain=domain,
            identity_pool=identity_pool,
            redirect_uri=redirect_uri,
            logout_uri=logout_uri,
        )
        content = parts.content(format)

        super().__init__(scope, construct_id)
        self.client = client
        self.format = format
        self._parts = parts
        has_secret = isinstance(format, AuthJs | SpringProperties) and format.with_client_secret
        self.output = TerraformOutput(
            self,
            "Default",
            value=content,
            description=f"The configuration of {client.node.path} for {type(format).__name__}.",
            sensitive=True if has_secret else None,
        )
        if isinstance(format, AmplifyOutputs):
            for_each_member(client.user_pool, UserGroup, self._add_group, near=self)

    def _add_group(self, group: UserGroup) -> None:
        """Add a group, which may be defined after this configuration."""
        self._parts.groups.append(group)
        self.output.value = self._parts.content(self.format)


def _check_client(client: UserPoolClient, chosen: AppConfigurationFormat) -> None:
    """Reject a client that does not fit the format."""
    subject = "AppConfiguration.client"
    name = type(chosen).__name__
    if isinstance(chosen, FOR_BROWSERS) and client.has_secret:
        raise InvalidValueError(
            subject,
            f"must have no client secret for {name}, which everybody in the browser can read",
            got=client.node.path,
            remedy="use a client with SinglePageApplication or NativeApplication",
        )
    asks = isinstance(chosen, AuthJs | SpringProperties) and chosen.with_client_secret
    if asks and not client.has_secret:
        raise InvalidValueError(
            subject,
            f"must have a client secret for {name}(with_client_secret=True)",
            got=client.node.path,
            remedy="leave with_client_secret out",
        )
    needs_pages = isinstance(chosen, OidcClient | AuthJs)
    if needs_pages and oauth_of(client.application) is None:
        raise InvalidValueError(
            subject,
            f"must have sign-in pages for {name}",
            got=client.node.path,
            remedy="set oauth=OAuth(callback_urls=[…]) in its application",
        )
    if isinstance(chosen, AmplifyOutputs) and chosen.preferred_challenge is not None:
        _check_challenge(client, chosen.preferred_challenge)


def _check_challenge(client: UserPoolClient, challenge: FirstAuthFactor) -> None:
    """Reject a first factor that the pool does not offer."""
    if not is_own(client.user_pool):
        return
    offered = {FirstAuthFactor.PASSWORD, *map(factor_name, client.user_pool.passwordless)}
    if challenge not in offered:
        raise InvalidValueError(
            "AmplifyOutputs.preferred_challenge",
            "must be a first factor of the pool",
            got=challenge.value,
            remedy=f"choose from {', '.join(sorted(offered))}, or set passwordless of the pool",
        )


class _Parts:
    """The values that the formats contain."""

    def __init__(
        self,
        *,
        client: UserPoolClient,
        domain: PagesDomain | None,
        identity_pool: IdentityPool | None,
        redirect_uri: str | None,
        logout_uri: str | None,
    ) -> None:
        self.client = client
        self.pool = client.user_pool
        self.oauth = oauth_of(client.application)
        self.domain = None if domain is None else base_url_of(domain, client.user_pool)
        self.identity_pool = identity_pool
        self.redirect_uri = redirect_uri
        self.logout_uri = logout_uri
        self.groups: list[UserGroup] = []

    def content(self, chosen: AppConfigurationFormat) -> str:
        """Return the text of the output."""
        match chosen:
            case AmplifyOutputs():
                return Fn.jsonencode(self._amplify_outputs(chosen))
            case AmplifyGen1():
                return Fn.jsonencode(self._amplify_gen_1())
            case OidcClient():
                return Fn.jsonencode(self._oidc_client())
            case AuthJs():
                return self._auth_js(with_secret=chosen.with_client_secret)
            case SpringProperties():
                return self._spring(with_secret=chosen.with_client_secret)
            case _:
                return Fn.jsonencode(self._plain())

    def _amplify_outputs(self, chosen: AmplifyOutputs) -> dict[str, Any]:
        auth: dict[str, Any] = {
            "aws_region": region_of(self.pool),
            "user_pool_id": self.pool.user_pool_id,
            "user_pool_client_id": self.client.user_pool_client_id,
        }
        if self.identity_pool is not None:
            auth["identity_pool_id"] = self.identity_pool.identity_pool_id
            guests = self.identity_pool.allow_unauthenticated_identities
            auth["unauthenticated_identities_enabled"] = guests
        if self.oauth is not None and self.domain is not None:
            auth["oauth"] = self._amplify_oauth(self.oauth, self.domain, "AmplifyOutputs")
        if is_own(self.pool):
            auth |= _amplify_pool(self.pool)
            passwordless = _amplify_passwordless(self.pool.passwordless)
            if chosen.preferred_challenge is not None:
                passwordless["preferred_challenge"] = chosen.preferred_challenge.value
            if passwordless:
                auth["passwordless"] = passwordless
        elif chosen.preferred_challenge is not None:
            auth["passwordless"] = {"preferred_challenge": chosen.preferred_challenge.value}
        if self.groups:
            auth["groups"] = [{one.name: _amplify_group(one)} for one in self.groups]
        return {"version": chosen.version.value, "auth": auth}

    def _amplify_oauth(self, oauth: OAuth, domain: str, name: str) -> dict[str, Any]:
        if not oauth.logout_urls:
            raise InvalidValueError(
                "AppConfiguration.client",
                f"must have a logout URL for the sign-in pages of {name}",
                got=self.client.node.path,
                remedy="set logout_urls=[…] in its OAuth, or leave out domain",
            )
        return {
            "identity_providers": self._social(AMPLIFY_PROVIDERS),
            "domain": _host(domain),
            "scopes": [*map(identifier_of, oauth.allowed_oauth_scopes)],
            "redirect_sign_in_uri": [*oauth.callback_urls],
            "redirect_sign_out_uri": [*oauth.logout_urls],
            "response_type": _response_type(oauth),
        }

    def _amplify_gen_1(self) -> dict[str, Any]:
        region = region_of(self.pool)
        found: dict[str, Any] = {
            "aws_project_region": region,
            "aws_cognito_region": region,
            "aws_user_pools_id": self.pool.user_pool_id,
            "aws_user_pools_web_client_id": self.client.user_pool_client_id,
        }
        if self.identity_pool is not None:
            found["aws_cognito_identity_pool_id"] = self.identity_pool.identity_pool_id
        if self.oauth is not None and self.domain is not None:
            own = self._amplify_oauth(self.oauth, self.domain, "AmplifyGen1")
            found["oauth"] = {
                "domain": own["domain"],
                "scope": own["scopes"],
                "redirectSignIn": joined(",", own["redirect_sign_in_uri"]),
                "redirectSignOut": joined(",", own["redirect_sign_out_uri"]),
                "responseType": own["response_type"],
            }
            found["aws_cognito_social_providers"] = self._social(AMPLIFY_GEN_1_PROVIDERS)
        if is_own(self.pool):
            found |= _amplify_gen_1_pool(self.pool)
        return found

    def _oidc_client(self) -> dict[str, Any]:
        oauth = required_oauth(self.client.application, "OidcClient")
        found: dict[str, Any] = {
            "authority": self.pool.issuer,
            "client_id": self.client.user_pool_client_id,
            "redirect_uri": redirect_uri_of(oauth, self.redirect_uri),
            "response_type": "code",
            "scope": joined(" ", [*map(identifier_of, oauth.allowed_oauth_scopes)]),
        }
        if self.logout_uri is not None or oauth.logout_urls:
            found["post_logout_redirect_uri"] = logout_uri_of(oauth, self.logout_uri)
        return found

    def _auth_js(self, *, with_secret: bool) -> str:
        lines = [
            f"AUTH_COGNITO_ID={self.client.user_pool_client_id}",
            f"AUTH_COGNITO_ISSUER={self.pool.issuer}",
        ]
        if with_secret:
            lines.append(f"AUTH_COGNITO_SECRET={self.client.client_secret}")
        return "".join(f"{line}\n" for line in lines)

    def _spring(self, *, with_secret: bool) -> str:
        own = f"{_SPRING}.client.registration.cognito"
        lines = [
            f"{_SPRING}.resourceserver.jwt.issuer-uri={self.pool.issuer}",
            f"{_SPRING}.client.provider.cognito.issuer-uri={self.pool.issuer}",
            f"{own}.client-id={self.client.user_pool_client_id}",
        ]
        if with_secret:
            lines.append(f"{own}.client-secret={self.client.client_secret}")
        elif not self.client.has_secret:
            lines.append(f"{own}.client-authentication-method=none")
        if isinstance(self.client.application, MachineToMachine):
            lines.append(f"{own}.authorization-grant-type=client_credentials")
        scopes = scopes_of(self.client.application)
        if scopes:
            lines.append(f"{own}.scope={joined(',', [*map(identifier_of, scopes)])}")
        return "".join(f"{line}\n" for line in lines)

    def _plain(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "region": region_of(self.pool),
            "user_pool_id": self.pool.user_pool_id,
            "user_pool_client_id": self.client.user_pool_client_id,
            "issuer": self.pool.issuer,
            "jwks_url": self.pool.jwks_url,
        }
        if self.domain is not None:
            found["domain_url"] = self.domain
        if self.identity_pool is not None:
            found["identity_pool_id"] = self.identity_pool.identity_pool_id
        if self.oauth is not None:
            found["callback_urls"] = [*self.oauth.callback_urls]
            found["logout_urls"] = [*self.oauth.logout_urls]
        scopes = scopes_of(self.client.application)
        if scopes:
            found["scopes"] = [*map(identifier_of, scopes)]
        return found

    def _social(self, names: Mapping[str, str]) -> list[str]:
        """Return the social providers of the client by *names*; Amplify has no others."""
        found = []
        for one in self.client.identity_providers:
            kind = one if isinstance(one, str) else one.provider_type
            if kind in names:
                found.append(names[kind])
        return found


def _amplify_pool(pool: UserPoolBase) -> dict[str, Any]:
    return {
        "password_policy": {
            "min_length": pool.password_policy.minimum_length,
            "require_lowercase": pool.password_policy.require_lowercase,
            "require_numbers": pool.password_policy.require_numbers,
            "require_symbols": pool.password_policy.require_symbols,
            "require_uppercase": pool.password_policy.require_uppercase,
        },
        "standard_required_attributes": _required(pool),
        "username_attributes": _username_attributes(pool) or ["username"],
        "user_verification_types": [one.value for one in pool.auto_verified_attributes],
        "mfa_configuration": _MFA[pool.mfa.configuration],
        "mfa_methods": _methods(pool.mfa),
    }


def _amplify_gen_1_pool(pool: UserPoolBase) -> dict[str, Any]:
    policy = pool.password_policy
    return {
        "aws_cognito_username_attributes": [one.upper() for one in _username_attributes(pool)],
        "aws_cognito_signup_attributes": [one.upper() for one in _required(pool)],
        "aws_cognito_verification_mechanisms": [
            one.value.upper() for one in pool.auto_verified_attributes
        ],
        "aws_cognito_mfa_configuration": pool.mfa.configuration.value,
        "aws_cognito_mfa_types": [one for one in _methods(pool.mfa) if one != "EMAIL"],
        "aws_cognito_password_protection_settings": {
            "passwordPolicyMinLength": policy.minimum_length,
            "passwordPolicyCharacters": _characters(policy),
        },
    }


def _characters(policy: PasswordPolicy) -> list[str]:
    """Return the required kinds of character; Terraform chooses those that are tokens."""
    flags = {name: getattr(policy, argument) for argument, name in _CHARACTERS.items()}
    if is_concrete([*flags.values()]):
        return [name for name, flag in flags.items() if flag]
    named = [Fn.conditional(flag, name, "") for name, flag in flags.items()]
    return Token.as_list(Fn.compact(named))


def _amplify_passwordless(factors: Sequence[FirstFactor]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in factors:
        match one:
            case EmailOtp():
                found["email_otp_enabled"] = True
            case SmsOtp():
                found["sms_otp_enabled"] = True
            case Passkey(relying_party_id=party, user_verification=verification):
                if party is not AS_IT_IS and verification is not AS_IT_IS:
                    found["web_authn"] = {
                        "relying_party_id": party,
                        "user_verification": verification.value,
                    }
    return found


def _amplify_group(group: UserGroup) -> dict[str, Any]:
    precedence = group.resource.precedence_input
    return {} if precedence is None else {"precedence": precedence}


def _username_attributes(pool: UserPoolBase) -> list[str]:
    if isinstance(pool.sign_in, UsernameAttributes):
        return [one.value for one in pool.sign_in.attributes]
    return []


def _required(pool: UserPoolBase) -> list[str]:
    return [
        one.name.value
        for one in pool.attributes
        if isinstance(one, StandardAttribute) and one.required is True
    ]


def _methods(mfa: Mfa) -> list[str]:
    return sorted(_METHODS[type(one)] for one in mfa.factors)


def _response_type(oauth: OAuth) -> str:
    return "code" if OAuthFlow.CODE in oauth.allowed_oauth_flows else "token"


def _host(base_url: str) -> str:
    if is_concrete(base_url):
        return base_url.removeprefix("https://")
    return Fn.trimprefix(base_url, "https://")
