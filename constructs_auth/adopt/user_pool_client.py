"""An app client of a state as a `UserPoolClient`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from constructs_auth.adopt.parts import (
    AS_IT_IS,
    Override,
    block,
    duration,
    member,
    members,
    texts,
)
from constructs_auth.adopt.python import Argument, Call, Code, Expression, Items
from constructs_auth.facts.words import (
    NEED_OPENID,
    READ_ONLY_ATTRIBUTES,
    RUN_IN_BROWSER,
    SECONDS_IN,
    AuthFlow,
    OAuthFlow,
    OAuthScope,
    RotationFeature,
    StandardAttributeName,
    TimeUnit,
    in_largest_unit,
)
from constructs_auth.rules.redirect_urls import split

_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
_USES_PAGES = "allowed_oauth_flows_user_pool_client"
_KEPT_BY_AWS = (_USES_PAGES, "enable_token_revocation")
"""The arguments that the construct always writes, and that AWS keeps if they are left out."""

_URLS = ("callback_urls", "logout_urls")
_NOWHERE = "https://callback.invalid/"
"""A placeholder for callback URLs that the construct rejects; an override replaces it."""

_STANDARD = tuple(one.value for one in StandardAttributeName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The resources and settings of a pool that a client needs.

    Attributes:
        custom_attributes: The custom attributes of the pool, with their prefix.
        required_attributes: The attributes that the pool requires.
        is_passwordless: Whether users may sign in without a password.
        providers: The variables of the identity providers, by name.
        mapped: The attributes that each of them writes at a sign-in, by its name.
        scopes: The scopes of the resource servers, as calls of their constructs.
    """

    custom_attributes: tuple[str, ...] = ()
    required_attributes: tuple[str, ...] = ()
    is_passwordless: bool = False
    providers: Mapping[str, Expression] = field(default_factory=dict)
    mapped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: Mapping[str, Call] = field(default_factory=dict)


def arguments(
    values: Mapping[str, Any],
    *,
    construct_id: str,
    pool: Expression,
    beside: Beside,
) -> Iterator[Argument]:
    """Walk through the arguments of the construct, in the order of its signature.

    Args:
        values: The values of the state.
        construct_id: The id of the construct.
        pool: The pool of the client.
        beside: The resources and settings of the pool that the client needs.
    """
    secret = has_secret(values)
    application = _application(values, beside, secret=secret)
    if values["name"] != construct_id:
        yield Argument(name="name", value=values["name"])
    yield Argument(name="user_pool", value=pool)
    yield Argument(name="application", value=application)
    rotation = block(values, "refresh_token_rotation")
    yield from _flows(values, application, rotation, beside)
    yield from _providers(values, beside)
    yield from _validity(values, secret=secret)
    yield from _rotation(rotation, secret=secret)
    session = values.get("auth_session_validity")
    if session != 3:  # noqa: PLR2004 - the default of the construct, in minutes
        value = duration(timedelta(minutes=session)) if session else AS_IT_IS
        yield Argument(name="auth_session_validity", value=value)
    if values.get("enable_token_revocation") is not True:
        yield Argument(
            name="enable_token_revocation",
            value=False,
            comment="Default of this library: True. Without it, a stolen refresh token works "
            "until it expires.",
        )
    if values.get("prevent_user_existence_errors") != "ENABLED":
        legacy = values.get("prevent_user_existence_errors") == "LEGACY"
        yield Argument(
            name="prevent_user_existence_errors",
            value=False if legacy else AS_IT_IS,
            comment="Default of this library: True. Errors then do not reveal who has an account.",
        )
    if values.get("enable_propagate_additional_user_context_data"):
        yield Argument(name="enable_propagate_additional_user_context_data", value=True)
    for name, usual in _usual_attributes(values, beside).items():
        yield from _attributes(values, name, usual, beside)
    name = "PRESENT" if secret else "ABSENT"
    yield Argument(
        name="imported_secret", value=Code(f"ImportedSecret.{name}", ("ImportedSecret",))
    )


def overrides(values: Mapping[str, Any], beside: Beside) -> Iterator[Override]:
    """Walk through the settings of the client that the construct does not offer."""
    for name in ("read_attributes", "write_attributes"):
        if texts(values, name) and not _are_offered(values, name, beside):
            yield Override(argument=name, value=list(texts(values, name)))
    analytics = block(values, "analytics_configuration")
    if analytics:
        kept = {name: value for name, value in analytics.items() if value not in (None, "")}
        yield Override(argument="analytics_configuration", value=[kept])
    for name in _KEPT_BY_AWS:
        if values.get(name) is None:  # a state of an older provider
            yield Override(argument=name, value=None)
    yield from _oauth_overrides(values)
    yield from _unused_overrides(values)


def _unused_overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through the settings for Cognito's pages of a client that does not use them."""
    flows, uses_pages = texts(values, "allowed_oauth_flows"), values.get(_USES_PAGES)
    if uses_pages is not None and bool(flows) is not bool(uses_pages):
        yield Override(argument=_USES_PAGES, value=bool(uses_pages))
    if flows:
        return
    for name in (*_URLS, "allowed_oauth_scopes"):
        if texts(values, name):
            yield Override(argument=name, value=list(texts(values, name)))
    if values.get("default_redirect_uri"):
        yield Override(argument="default_redirect_uri", value=values["default_redirect_uri"])


def _oauth_overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through URLs and scopes that Cognito has and the construct rejects."""
    if not _signs_in(values):
        return
    for name in _URLS:
        if _offered_urls(values, name) != [*texts(values, name)]:
            yield Override(argument=name, value=[*texts(values, name)])
    default = values.get("default_redirect_uri")
    if default and default not in _offered_urls(values, "callback_urls"):
        yield Override(argument="default_redirect_uri", value=str(default))
    if _offered_scopes(values) != texts(values, "allowed_oauth_scopes"):
        found = [*texts(values, "allowed_oauth_scopes")]
        yield Override(argument="allowed_oauth_scopes", value=found)


def _signs_in(values: Mapping[str, Any]) -> bool:
    """Return whether users sign in through Cognito's pages."""
    return texts(values, "allowed_oauth_flows") not in {(), ("client_credentials",)}


def _offered_urls(values: Mapping[str, Any], name: str) -> list[str]:
    """Return the URLs that the construct accepts; it needs at least one callback URL."""
    found = [url for url in texts(values, name) if _is_offered(url)]
    return found or ([_NOWHERE] if name == "callback_urls" else [])


def _is_offered(url: str) -> bool:
    found = split(url)
    return (
        bool(found.scheme)
        and url[len(found.scheme) + 1 :].startswith("/")
        and not (found.has_fragment or found.has_user)
        and found.scheme not in RUN_IN_BROWSER
        and "*" not in found.host
        and (bool(found.host) or not found.is_web)
        and (found.scheme != "http" or found.is_loopback)
    )


def _offered_scopes(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the scopes that the construct accepts: with openid if another scope needs it."""
    found = texts(values, "allowed_oauth_scopes")
    needed = not found or any(scope in found for scope in NEED_OPENID)
    extra = {OAuthScope.OPENID.value} if needed and _signs_in(values) else set[str]()
    return tuple(sorted({*found, *extra}))


def has_secret(values: Mapping[str, Any]) -> bool:
    """Return whether the client has a secret, which the provider reads at an import too."""
    return bool(values.get("client_secret")) or values.get("generate_secret") is True


def _application(values: Mapping[str, Any], beside: Beside, *, secret: bool) -> Call:
    flows = texts(values, "allowed_oauth_flows")
    if flows == ("client_credentials",):
        scopes = _scopes(values, beside)
        return Call("MachineToMachine", (), (Argument(name="allowed_oauth_scopes", value=scopes),))
    if not flows:
        return Call("AdminBackend" if secret else "NativeApplication")
    callbacks = _offered_urls(values, "callback_urls")
    is_native = any(not url.startswith(("http://", "https://")) for url in callbacks)
    public = "NativeApplication" if is_native else "SinglePageApplication"
    oauth = Argument(name="oauth", value=_oauth(values, beside))
    return Call("WebApplication" if secret else public, (), (oauth,))


def _oauth(values: Mapping[str, Any], beside: Beside) -> Call:
    callbacks = _offered_urls(values, "callback_urls")
    found = [Argument(name="callback_urls", value=Items(callbacks))]
    logout = _offered_urls(values, "logout_urls")
    if logout:
        found.append(Argument(name="logout_urls", value=Items(logout)))
    default = values.get("default_redirect_uri")
    if default in callbacks:
        found.append(Argument(name="default_redirect_uri", value=str(default)))
    flows = texts(values, "allowed_oauth_flows")
    if flows != ("code",):
        found.append(
            Argument(
                name="allowed_oauth_flows",
                value=members(OAuthFlow, flows) or Items([*flows]),
                comment="Default of this library: the code grant alone; implicit puts tokens "
                "into URLs.",
            )
        )
    if _offered_scopes(values) != ("email", "openid"):
        found.append(Argument(name="allowed_oauth_scopes", value=_scopes(values, beside)))
    return Call("OAuth", (), found)


def _scopes(values: Mapping[str, Any], beside: Beside) -> Items:
    """Return the scopes: Cognito's own as members, those of a server of the pool as its scopes."""
    return Items(
        [
            beside.scopes.get(scope) or member(OAuthScope, scope) or scope
            for scope in _offered_scopes(values)
        ]
    )


def _flows(
    values: Mapping[str, Any], application: Call, rotation: Mapping[str, Any], beside: Beside
) -> Iterator[Argument]:
    flows = texts(values, "explicit_auth_flows")
    rotates = rotation.get("feature") == RotationFeature.ENABLED
    refreshes = _REFRESH in flows
    kept = members(AuthFlow, [flow for flow in flows if flow != _REFRESH])
    if not flows or kept is None or refreshes is rotates:
        yield Argument(name="explicit_auth_flows", value=AS_IT_IS)
    elif {*flows} - {_REFRESH} != _usual_flows(application, beside):
        yield Argument(name="explicit_auth_flows", value=kept)


def _usual_flows(application: Call, beside: Beside) -> set[str]:
    """Return the flows that the construct allows by default."""
    if application.function == "MachineToMachine":
        return set()
    if application.function == "AdminBackend":
        return {AuthFlow.ADMIN_USER_PASSWORD}
    return {AuthFlow.USER_SRP, *([AuthFlow.USER] if beside.is_passwordless else [])}


def _providers(values: Mapping[str, Any], beside: Beside) -> Iterator[Argument]:
    names = texts(values, "supported_identity_providers")
    if not names:
        yield Argument(name="supported_identity_providers", value=AS_IT_IS)
    elif names != ("COGNITO",):
        own = {"COGNITO": Code("COGNITO", ("COGNITO",)), **beside.providers}
        listed = [own.get(name, name) for name in names]
        yield Argument(name="supported_identity_providers", value=Items(listed))


def _validity(values: Mapping[str, Any], *, secret: bool) -> Iterator[Argument]:
    units = block(values, "token_validity_units")
    kinds = ("refresh_token", "access_token", "id_token")
    found: dict[str, timedelta] = {}
    written: list[Argument] = []
    for kind in kinds:
        number, unit = values.get(f"{kind}_validity"), str(units.get(kind))
        if not number or unit not in SECONDS_IN:
            yield Argument(name="token_validity", value=AS_IT_IS)
            return
        seconds = number * SECONDS_IN[unit]
        found[kind] = timedelta(seconds=seconds)
        if in_largest_unit(seconds) != (number, unit):
            written.append(Argument(name=f"{kind}_unit", value=member(TimeUnit, unit)))
    usual = {
        "refresh_token": timedelta(days=30 if secret else 7),
        "access_token": timedelta(hours=1),
        "id_token": timedelta(hours=1),
    }
    if found == usual and not written:
        return
    base = {**usual, "refresh_token": timedelta(days=30)}
    changed = [
        Argument(name=kind, value=duration(found[kind]))
        for kind in kinds
        if found[kind] != base[kind]
    ]
    yield Argument(name="token_validity", value=Call("TokenValidity", (), (*changed, *written)))


def _rotation(rotation: Mapping[str, Any], *, secret: bool) -> Iterator[Argument]:
    if not rotation:
        if not secret:
            yield Argument(
                name="refresh_token_rotation",
                value=AS_IT_IS,
                comment="Default of this library: RefreshTokenRotation.enabled() for an "
                "application without a secret.",
            )
        return
    grace = timedelta(seconds=rotation.get("retry_grace_period_seconds") or 0)
    if rotation.get("feature") == RotationFeature.DISABLED:
        yield Argument(name="refresh_token_rotation", value=Call("RefreshTokenRotation.disabled"))
        return
    usual = grace == timedelta(seconds=10)
    if usual and not secret:
        return
    given = () if usual else (Argument(name="retry_grace_period", value=duration(grace)),)
    yield Argument(
        name="refresh_token_rotation", value=Call("RefreshTokenRotation.enabled", (), given)
    )


def _usual_attributes(values: Mapping[str, Any], beside: Beside) -> dict[str, set[str]]:
    """Return the attributes that the construct lets a client read and write by default."""
    return {
        "read_attributes": {*_STANDARD, *READ_ONLY_ATTRIBUTES, *beside.custom_attributes},
        "write_attributes": {*_STANDARD, *_mapped(values, beside)},
    }


def _mapped(values: Mapping[str, Any], beside: Beside) -> set[str]:
    """Return the attributes that the identity providers of the client write at a sign-in."""
    names = texts(values, "supported_identity_providers")
    return {one for name in names for one in beside.mapped.get(name, ())}


def _attributes(
    values: Mapping[str, Any], name: str, usual: set[str], beside: Beside
) -> Iterator[Argument]:
    found = texts(values, name)
    if not found or not _are_offered(values, name, beside):
        yield Argument(name=name, value=AS_IT_IS)
    elif {*found} != usual:
        listed = [member(StandardAttributeName, one) or one for one in found]
        yield Argument(name=name, value=Items(listed))


def _are_offered(values: Mapping[str, Any], name: str, beside: Beside) -> bool:
    """Return whether the construct accepts the attributes.

    All must be attributes of the pool. The list that a client writes must contain those that the
    pool requires, and those that an identity provider of the client maps.
    """
    found = {*texts(values, name)}
    if name == "read_attributes":
        return found <= {*_STANDARD, *READ_ONLY_ATTRIBUTES, *beside.custom_attributes}
    needed = {*beside.required_attributes, *_mapped(values, beside)}
    return needed <= found <= {*_STANDARD, *beside.custom_attributes}
