"""Random pools, each with a client, whose settings Cognito takes together."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st

from constructs_auth import (
    AccountRecovery,
    AdminBackend,
    AliasAttribute,
    Application,
    AuthStack,
    CognitoEmail,
    ContactAttribute,
    Email,
    EmailMfa,
    EmailOtp,
    FirstFactor,
    MachineToMachine,
    Mfa,
    MfaFactor,
    NativeApplication,
    NumberAttribute,
    OAuth,
    OAuthFlow,
    OAuthScope,
    Passkey,
    PasswordPolicy,
    RecoveryMechanism,
    ResourceServer,
    ResourceServerScope,
    SesEmail,
    SignIn,
    SinglePageApplication,
    SmsMfa,
    SmsOtp,
    SoftwareTokenMfa,
    StringAttribute,
    TokenValidity,
    Username,
    UsernameAttributes,
    UserPool,
    UserPoolClient,
    UserPoolTier,
    WebApplication,
)
from constructs_auth.facts import limits
from constructs_auth.facts.limit_kinds import Range

_NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_+=,.@-]{0,20}", fullmatch=True)
_SES = SesEmail(source_arn="arn:aws:ses:eu-west-1:123456789012:identity/sign-in@acme.example")
_HOSTS = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)


def _within(limit: Range) -> st.SearchStrategy[int]:
    return st.integers(limit.minimum, limit.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomPool:
    """What a pool and its client are made of."""

    name: str
    sign_in: SignIn
    tier: UserPoolTier
    email: Email
    mfa: Mfa
    passwordless: tuple[FirstFactor, ...]
    password_policy: PasswordPolicy
    recovery: AccountRecovery | None
    attributes: tuple[StringAttribute | NumberAttribute, ...]
    self_sign_up: bool
    kind: type[Application]
    oauth: OAuth
    validity: TokenValidity

    def define(self, stack: AuthStack, name: str) -> UserPool:
        """Define the pool `<name>` and its client `<name>_client` in *stack*; give the pool."""
        pool = UserPool(
            stack,
            name,
            name=self.name,
            sign_in=self.sign_in,
            user_pool_tier=self.tier,
            email=self.email,
            mfa=self.mfa,
            passwordless=self.passwordless,
            password_policy=self.password_policy,
            account_recovery=self.recovery,
            attributes=self.attributes,
            allow_admin_create_user_only=not self.self_sign_up,
        )
        UserPoolClient(
            stack,
            f"{name}_client",
            user_pool=pool,
            application=self._application(stack, name, pool),
            token_validity=self.validity,
        )
        return pool

    def _application(self, stack: AuthStack, name: str, pool: UserPool) -> Application:
        if self.kind is MachineToMachine:
            server = ResourceServer(
                stack,
                f"{name}_server",
                user_pool=pool,
                identifier="api",
                scopes=[ResourceServerScope(name="read", description="Read")],
            )
            return MachineToMachine(allowed_oauth_scopes=[server.scope("read")])
        if self.kind is AdminBackend:
            return AdminBackend()
        if self.kind is NativeApplication:
            return NativeApplication(oauth=self.oauth)
        if self.kind is SinglePageApplication:
            return SinglePageApplication(oauth=self.oauth)
        return WebApplication(oauth=self.oauth)


@st.composite
def random_pools(draw: st.DrawFn) -> RandomPool:
    """Any pool and client that Cognito takes, as far as the constructs can say it."""
    tier = draw(st.sampled_from(UserPoolTier))
    lite = tier is UserPoolTier.LITE
    factors = draw(_factors(lite=lite))
    mfa = draw(st.sampled_from([Mfa.optional, Mfa.required]))(*factors) if factors else Mfa.off()
    kind = draw(st.sampled_from([*_INTERACTIVE, MachineToMachine, AdminBackend]))
    # Who signs in without a password does so through an application.
    first = draw(_first_factors()) if kind in _INTERACTIVE and not lite and not factors else ()
    codes_by_mail = any(isinstance(factor, EmailMfa) for factor in factors)
    needs_ses = codes_by_mail or any(isinstance(factor, EmailOtp) for factor in first)
    return RandomPool(
        name=draw(_NAMES),
        sign_in=draw(_sign_in()),
        tier=tier,
        email=_SES if needs_ses or draw(st.booleans()) else CognitoEmail(),
        mfa=mfa,
        passwordless=first,
        password_policy=draw(_policies(lite=lite)),
        recovery=_RECOVERY_OF_ALL if factors else draw(_recoveries),
        attributes=draw(_attributes()),
        self_sign_up=draw(st.booleans()),
        kind=kind,
        oauth=draw(_oauth()),
        validity=draw(_validities()),
    )


_INTERACTIVE: list[type[Application]] = [
    WebApplication,
    SinglePageApplication,
    NativeApplication,
]
_RECOVERY_OF_ALL = AccountRecovery(
    mechanisms=[RecoveryMechanism.VERIFIED_EMAIL, RecoveryMechanism.VERIFIED_PHONE_NUMBER]
)
_recoveries = st.sampled_from(
    [
        None,
        _RECOVERY_OF_ALL,
        AccountRecovery(mechanisms=[RecoveryMechanism.ADMIN_ONLY]),
    ]
)


@st.composite
def _factors(draw: st.DrawFn, *, lite: bool) -> tuple[MfaFactor, ...]:
    known: list[MfaFactor] = [SoftwareTokenMfa(), SmsMfa()]
    if not lite:
        known.append(EmailMfa())
    return tuple(draw(st.lists(st.sampled_from(known), unique_by=type, max_size=3)))


@st.composite
def _first_factors(draw: st.DrawFn) -> tuple[FirstFactor, ...]:
    known: list[FirstFactor] = [EmailOtp(), SmsOtp(), Passkey(relying_party_id="acme.example")]
    return tuple(draw(st.lists(st.sampled_from(known), unique_by=type, max_size=3)))


@st.composite
def _sign_in(draw: st.DrawFn) -> SignIn:
    case_sensitive = draw(st.booleans())
    if draw(st.booleans()):
        attributes = draw(
            st.lists(st.sampled_from(ContactAttribute), unique=True, min_size=1, max_size=2)
        )
        return UsernameAttributes(attributes=attributes, case_sensitive=case_sensitive)
    aliases = draw(st.lists(st.sampled_from(AliasAttribute), unique=True, max_size=3))
    return Username(alias_attributes=aliases, case_sensitive=case_sensitive)


@st.composite
def _policies(draw: st.DrawFn, *, lite: bool) -> PasswordPolicy:
    return PasswordPolicy(
        minimum_length=draw(_within(limits.PASSWORD_LENGTH)),
        require_lowercase=draw(st.booleans()),
        require_numbers=draw(st.booleans()),
        require_symbols=draw(st.booleans()),
        require_uppercase=draw(st.booleans()),
        temporary_password_validity_days=draw(_within(limits.TEMPORARY_PASSWORD_DAYS)),
        password_history_size=0 if lite else draw(_within(limits.PASSWORD_HISTORY)),
    )


@st.composite
def _attributes(draw: st.DrawFn) -> tuple[StringAttribute | NumberAttribute, ...]:
    names = draw(st.lists(st.from_regex(r"x[a-z_]{0,18}", fullmatch=True), unique=True, max_size=4))
    made: list[StringAttribute | NumberAttribute] = []
    for name in names:
        low, high = sorted(draw(st.tuples(st.integers(0, 2048), st.integers(0, 2048))))
        if draw(st.booleans()):
            made.append(StringAttribute(name=name, min_length=low, max_length=high))
        else:
            made.append(NumberAttribute(name=name, min_value=low, max_value=high))
    return tuple(made)


@st.composite
def _oauth(draw: st.DrawFn) -> OAuth:
    hosts = draw(st.lists(_HOSTS, unique=True, min_size=1, max_size=3))
    urls = [f"https://{host}/callback" for host in hosts]
    return OAuth(
        callback_urls=urls,
        logout_urls=[f"https://{host}/" for host in hosts] if draw(st.booleans()) else [],
        default_redirect_uri=draw(st.sampled_from([None, *urls])),
        allowed_oauth_flows=draw(
            st.sampled_from([[OAuthFlow.CODE], [OAuthFlow.CODE, OAuthFlow.IMPLICIT]])
        ),
        allowed_oauth_scopes=[
            OAuthScope.OPENID,
            *draw(st.lists(st.sampled_from([OAuthScope.EMAIL, OAuthScope.PROFILE]), unique=True)),
        ],
    )


@st.composite
def _validities(draw: st.DrawFn) -> TokenValidity:
    refresh = draw(_within(limits.REFRESH_TOKEN_SECONDS))
    shortest, longest = limits.ACCESS_TOKEN_SECONDS.minimum, limits.ACCESS_TOKEN_SECONDS.maximum
    shorter = st.integers(shortest, min(longest, refresh))
    return TokenValidity(
        refresh_token=timedelta(seconds=refresh),
        access_token=timedelta(seconds=draw(shorter)),
        id_token=timedelta(seconds=draw(shorter)),
    )
