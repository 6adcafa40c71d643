"""Where Cognito may send people back to."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

_SOURCE = "API, UserPoolClientType.CallbackURLs, LogoutURLs"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def _callbacks_go(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, "callback_urls")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange) and moved.removed:
        yield Meaning(
            text=f"Nobody can sign in to {names.client(change.resource)} from a page that "
            f"returns to {names.listed(moved.removed)}: Cognito answers redirect_mismatch.",
            at=moved.at,
        )


def _urls_come(change: Change, _surroundings: Surroundings) -> Answers:
    for argument, sent in (("callback_urls", "sign-in codes"), ("logout_urls", "people")):
        moved = compare.texts(change, argument)
        if isinstance(moved, SetChange):
            known = {names.host(url) for url in moved.before}
            for url in moved.added:
                why = _why_dangerous(url, known)
                reason = f": {why}" if why else ""
                yield Meaning(
                    text=f"Cognito sends {sent} of {names.client(change.resource)} to {url} "
                    f"too{reason}.",
                    at=moved.at,
                    severity=Severity.HIGH if why else Severity.LOW,
                )


def _why_dangerous(url: str, known: set[str]) -> str:
    host = names.host(url)
    if url.lower().startswith("http://") and host not in _LOCAL:
        return "without https, everybody on the way reads them"
    if "*" in url:
        return "a wildcard is no address that anybody owns"
    if known and host not in known and host not in _LOCAL:
        return f"{host} was in no URL of this client before"
    return ""


def _logouts_go(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, "logout_urls")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange) and moved.removed:
        yield Meaning(
            text=f"Whoever signs out of {names.client(change.resource)} towards "
            f"{names.listed(moved.removed)} gets an error page.",
            at=moved.at,
        )


CALLBACK_URL_REMOVED = ChangeRule(
    id="CH21",
    title="A callback URL is removed",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="keep the URL until no deployed application uses it",
    source=_SOURCE,
    check=_callbacks_go,
)
URL_ADDED = ChangeRule(
    id="CH22",
    title="A callback or logout URL is added",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="make sure that the host is yours, and use https",
    source=f"{_SOURCE}; RFC 9700 2.1",
    check=_urls_come,
)
LOGOUT_URL_REMOVED = ChangeRule(
    id="CH23",
    title="A logout URL is removed",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy="keep the URL until no deployed application uses it",
    source=_SOURCE,
    check=_logouts_go,
)
