"""Sign-in through other identity providers: SAML, OpenID Connect and social ones."""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from moto.cognitoidp.models import CognitoIdpIdentityProvider, CognitoIdpUserPool
from werkzeug import Request, Response
from werkzeug.utils import redirect

from tests.emulator import saml
from tests.emulator.authorization import (
    ErrorPageError,
    Query,
    RefusedError,
    application_of,
    back_with_error,
    check_offered,
    check_request,
    finish,
    sign_out,
    signed_in,
)
from tests.emulator.federated_users import (
    AttributesError,
    DisabledError,
    Identity,
    as_text,
    signed_in_user,
)
from tests.emulator.identity_provider import details_of, metadata_of
from tests.emulator.openid import Provider, ProviderError
from tests.emulator.signing_certificate import signing_key

_COOKIE = "csrf-state"
_SECONDS = 300
_BAD_RELAY_STATE = "Invalid samlResponse or relayState from identity provider"
_BAD_STATE = "Invalid state from identity provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A sign-in that is under way at a provider.

    Attributes:
        pool: The pool.
        provider: The name of the provider.
        query: What the application asked for.
        browser: The browser that began it.
        request_id: The id of the request, for SAML the one that the response answers.
        ends: When it is too late.
    """

    pool: CognitoIdpUserPool
    provider: str
    query: Query
    browser: str
    request_id: str
    ends: float


_pending: dict[str, _Pending] = {}
_sign_outs: dict[str, str] = {}
_seen: dict[str, datetime] = {}


def begin(pool: CognitoIdpUserPool, request: Request, name: str) -> Response:
    """Send the browser to a provider, for what the application asks in *request*."""
    provider = _provider(pool, name)
    state = secrets.token_urlsafe(32)
    host = request.host
    details = details_of(provider)
    try:
        if provider.extended_config["ProviderType"] == "SAML":
            request_id, url = saml.sign_in_request(
                metadata_of(provider),
                service_provider=_service_provider(pool),
                recipient=_saml_url(host),
                relay_state=state,
                key=signing_key(pool) if details.get("RequestSigningAlgorithm") else None,
            )
        else:
            request_id = secrets.token_urlsafe(16)
            url = _openid(provider).authorization_url(
                redirect_uri=_openid_url(host), state=state, nonce=request_id
            )
    except (saml.SamlError, ProviderError) as error:
        raise ErrorPageError(f"{provider.name}: {error}") from error
    browser = request.cookies.get(_COOKIE) or secrets.token_urlsafe(32)
    _pending[state] = _Pending(
        pool=pool,
        provider=provider.name,
        query=request.args.to_dict(),
        browser=browser,
        request_id=request_id,
        ends=time.monotonic() + _SECONDS,
    )
    answer = redirect(url)
    # The provider's own page posts the response, and the cookie must come along.
    answer.set_cookie(_COOKIE, browser, secure=True, httponly=True, samesite="None")
    return answer


def take_saml_response(pool: CognitoIdpUserPool, request: Request) -> Response:
    """Take what a SAML provider asserts, and sign the user in."""
    if request.method != "POST":
        raise ErrorPageError(_BAD_RELAY_STATE)
    relay_state = request.form.get("RelayState", "")
    pending = _taken(pool, request, relay_state)
    if pending is None:
        query, provider = _unsolicited(pool, relay_state)
    else:
        query, provider = pending.query, _provider(pool, pending.provider)
    client, redirect_uri = application_of(pool, query)
    try:
        check_request(client, query)
        metadata = metadata_of(provider)
        assertion = saml.check_response(
            request.form.get("SAMLResponse", ""),
            metadata,
            service_provider=_service_provider(pool),
            recipient=_saml_url(request.host),
            request_id=None if pending is None else pending.request_id,
        )
        _check_first_use(assertion)
        identity = Identity(
            provider=provider,
            issuer=assertion.issuer,
            subject=assertion.subject,
            attributes={name: as_text(values) for name, values in assertion.attributes.items()},
        )
        user = signed_in_user(pool, client, identity)
    except saml.SamlError as error:
        refused = RefusedError("server_error", f"Invalid SAML response received: {error}")
    except AttributesError as error:
        text = f"Invalid SAML response received: Invalid user attributes: {error}"
        refused = RefusedError("server_error", text)
    except DisabledError:
        refused = RefusedError("invalid_request", "User is not enabled")
    except RefusedError as error:
        refused = error
    else:
        return finish(pool, user, query, provider=provider.name)
    return back_with_error(redirect_uri, query, refused)


def take_openid_response(pool: CognitoIdpUserPool, request: Request) -> Response:
    """Take the code of a provider, and sign the user in."""
    said = request.form if request.method == "POST" else request.args
    pending = _taken(pool, request, said.get("state", ""))
    if pending is None:
        raise ErrorPageError(_BAD_STATE)
    provider = _provider(pool, pending.provider)
    client, redirect_uri = application_of(pool, pending.query)
    try:
        openid = _openid(provider)
        openid.check_answer(said)
        claims = openid.claims(
            code=said.get("code", ""),
            redirect_uri=_openid_url(request.host),
            nonce=pending.request_id,
        )
        identity = Identity(
            provider=provider,
            issuer=openid.issuer,
            subject=openid.subject_of(claims),
            attributes={
                name: as_text(value) for name, value in claims.items() if value is not None
            },
        )
        user = signed_in_user(pool, client, identity)
    except ProviderError as error:
        refused = RefusedError(error.error, error.description)
    except AttributesError as error:
        refused = RefusedError("invalid_request", f"Invalid user attributes: {error}")
    except DisabledError:
        refused = RefusedError("invalid_request", "User is not enabled")
    except RefusedError as error:
        refused = error
    else:
        return finish(pool, user, pending.query, provider=provider.name)
    return back_with_error(redirect_uri, pending.query, refused)


def sign_out_everywhere(pool: CognitoIdpUserPool, request: Request, target: str) -> Response:
    """Sign out here, and first at the SAML provider where the pool asks it to."""
    session = signed_in(pool, request)
    provider = None if session is None else pool.identity_providers.get(session[1])
    if session is None or provider is None or not _signs_out(provider):
        return sign_out(request, target)
    state = secrets.token_urlsafe(32)
    url = metadata_of(provider).sign_out_url
    if url is None:
        return sign_out(request, target)
    _sign_outs[state] = target
    subject = str(session[0].username).removeprefix(f"{provider.name}_")
    away = saml.sign_out_request(
        url,
        service_provider=_service_provider(pool),
        subject=subject,
        relay_state=state,
        key=signing_key(pool),
    )
    return sign_out(request, away)


def take_sign_out_response(_pool: CognitoIdpUserPool, request: Request) -> Response:
    """Go on to where the application wants its users after the sign-out."""
    target = _sign_outs.pop(request.values.get("RelayState", ""), None)
    if target is None:
        raise ErrorPageError(_BAD_RELAY_STATE)
    return redirect(target)


def _signs_out(provider: CognitoIdpIdentityProvider) -> bool:
    details = provider.extended_config.get("ProviderDetails") or {}
    return bool(details.get("IDPSignout") == "true")


def _taken(pool: CognitoIdpUserPool, request: Request, state: str) -> _Pending | None:
    """Take up a sign-in that this browser began at this pool; each is good once."""
    pending = _pending.get(state)
    if pending is None:
        return None
    is_own = secrets.compare_digest(pending.browser, request.cookies.get(_COOKIE, ""))
    if not is_own or pending.pool is not pool:
        raise ErrorPageError(_BAD_STATE)
    del _pending[state]
    if time.monotonic() > pending.ends:
        raise ErrorPageError(_BAD_STATE)
    return pending


def _unsolicited(
    pool: CognitoIdpUserPool, relay_state: str
) -> tuple[Query, CognitoIdpIdentityProvider]:
    """What a sign-in that began at the provider is for, where the pool allows one."""
    query = dict(parse_qsl(relay_state))
    provider = pool.identity_providers.get(query.get("identity_provider", ""))
    if provider is None or details_of(provider).get("IDPInit") != "true":
        raise ErrorPageError(_BAD_RELAY_STATE)
    client, _ = application_of(pool, query)
    check_offered(pool, client, provider.name)
    return query, provider


def _check_first_use(assertion: saml.Assertion) -> None:
    """Refuse an assertion that has signed somebody in before."""
    now = datetime.now(UTC)
    for key in [key for key, ends in _seen.items() if ends < now]:
        del _seen[key]
    key = f"{assertion.issuer} {assertion.id}"
    if key in _seen:
        raise saml.SamlError("SAML Assertion has been used before")
    _seen[key] = assertion.ends


def _provider(pool: CognitoIdpUserPool, name: str) -> CognitoIdpIdentityProvider:
    provider = pool.identity_providers.get(name)
    if provider is None:
        raise ErrorPageError("Login option is not available. Please try another one")
    return provider


def _openid(provider: CognitoIdpIdentityProvider) -> Provider:
    mapping = provider.extended_config.get("AttributeMapping") or {}
    return Provider(
        name=provider.name,
        kind=provider.extended_config["ProviderType"],
        details=details_of(provider),
        sources=tuple(mapping.values()),
    )


def _service_provider(pool: CognitoIdpUserPool) -> str:
    return f"urn:amazon:cognito:sp:{pool.id}"


def _saml_url(host: str) -> str:
    return f"https://{host}/saml2/idpresponse"


def _openid_url(host: str) -> str:
    return f"https://{host}/oauth2/idpresponse"
