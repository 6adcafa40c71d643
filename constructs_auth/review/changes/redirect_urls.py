"""The URLs to which Cognito may redirect users."""

from constructs_auth.facts.resource_types import CLIENTS
from constructs_auth.facts.words import LOOPBACK_HOSTS
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_SOURCE = "API, UserPoolClientType.CallbackURLs, LogoutURLs"
_SENT = {"callback_urls": "sign-in codes", "logout_urls": "users"}


def _callbacks_go(change: Change, _surroundings: Surroundings) -> Answers:
    urls = compare.texts(change, "callback_urls")
    if urls is not None and urls.removed:
        yield Meaning(
            text=f"Users cannot sign in to {names.client(change.resource)} from a page that "
            f"returns to {names.listed(urls.removed)}: Cognito answers redirect_mismatch.",
            at=urls.at,
        )


def _urls_come(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_come(change, argument) for argument in _SENT))


def _come(change: Change, argument: str) -> Answers:
    urls = compare.texts(change, argument)
    if urls is None:
        return
    known_hosts = {names.host(url) for url in urls.before}
    for url in urls.added:
        why = _why_dangerous(url, known_hosts)
        reason = f": {why}" if why else ""
        yield Meaning(
            text=f"Cognito may send {_SENT[argument]} of {names.client(change.resource)} to {url}"
            f"{reason}.",
            at=urls.at,
            severity=Severity.HIGH if why else Severity.LOW,
        )


def _why_dangerous(url: str, known_hosts: set[str]) -> str:
    host = names.host(url)
    if url.lower().startswith("http://") and host not in LOOPBACK_HOSTS:
        return "without https, an attacker in the network can read them"
    if "*" in url:
        return "Cognito takes a wildcard literally"
    if known_hosts and host not in known_hosts and host not in LOOPBACK_HOSTS:
        return f"no URL of this client had the host {host} before"
    return ""


def _logouts_go(change: Change, _surroundings: Surroundings) -> Answers:
    urls = compare.texts(change, "logout_urls")
    if urls is not None and urls.removed:
        yield Meaning(
            text=f"Users who sign out of {names.client(change.resource)} to "
            f"{names.listed(urls.removed)} get an error page.",
            at=urls.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH21",
        slug="callback-url-removed",
        title="A callback URL is removed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="keep the URL until no deployed application uses it",
        source=_SOURCE,
        check=_callbacks_go,
    ),
    ChangeRule(
        id="CH22",
        slug="redirect-url-added",
        title="A callback or logout URL is added",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="make sure that the host is yours and uses https, then accept the finding",
        source=f"{_SOURCE}; RFC 9700 2.1",
        undecided_by=("CH21", "CH23"),
        check=_urls_come,
    ),
    ChangeRule(
        id="CH23",
        slug="logout-url-removed",
        title="A logout URL is removed",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy="keep the URL until no deployed application uses it",
        source=_SOURCE,
        check=_logouts_go,
    ),
)
