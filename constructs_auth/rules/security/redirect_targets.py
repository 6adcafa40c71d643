"""Where Cognito sends users, with the code that makes tokens."""

from constructs_auth.rules._client import CLIENT, is_public, listed, undecided_at
from constructs_auth.rules._urls import RedirectUrl, split
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_NAMES = ("callback_urls", "logout_urls", "default_redirect_uri")
_RUN_IN_PLACE = frozenset({"data", "javascript", "vbscript"})


def _lead_to_the_application(client: Resource, _context: Context) -> Answers:
    for name in _NAMES[:2]:
        urls = listed(client.body, name)
        for url in urls.known:
            wrong = _wrong(split(url))
            if wrong:
                shown = "a URL with a password" if "password" in wrong else repr(url)
                yield Violation(text=f"{wrong}, got {shown}", at=name)
        if urls.open is not None:
            yield undecided_at(name, urls.open)


def _wrong(url: RedirectUrl) -> str:
    if url.scheme in _RUN_IN_PLACE:
        return "must lead to an application, and not run in the browser"
    if url.has_user:
        return "must not carry a user name or a password"
    if "*" in url.host:
        return "must not have a wildcard, which Cognito takes to the letter"
    if url.is_ip_address and not url.is_loopback:
        return "must name a host, and not an address that others may get"
    return ""


def _not_on_this_machine(client: Resource, _context: Context) -> Answers:
    callbacks = [split(url) for url in listed(client.body, "callback_urls").known]
    native = bool(callbacks) and not any(url.is_web and not url.is_loopback for url in callbacks)
    for name in _NAMES[:2]:
        urls = listed(client.body, name)
        for url in urls.known:
            parts = split(url)
            if not parts.is_loopback:
                continue
            public = is_public(client)
            if native and isinstance(public, Unknown):
                yield undecided_at(name, public)
            elif not (native and public is True and parts.host != "localhost"):
                yield Violation(
                    text=f"must not lead to the user's own machine, got {url!r}", at=name
                )
        if urls.open is not None:
            yield undecided_at(name, urls.open)


URLS_LEAD_TO_APPLICATIONS = Rule(
    id="CG204",
    title="Redirect URLs lead to a named host or to an application",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="Whoever is at the end of the URL gets the code. An address changes hands, and a "
    "wildcard that Cognito takes to the letter hides that nobody meant this URL.",
    remedy="write each https URL in full, or an application's own scheme such as myapp://callback",
    source="RFC 9700, section 2.1; API, CreateUserPoolClient, CallbackURLs",
    baselines=("RFC 9700 2.1",),
    check=_lead_to_the_application,
)

NO_LOCALHOST = Rule(
    id="CG205",
    title="No redirect URL leads to the user's own machine",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="AWS has them for testing. In production any program that listens on the user's machine "
    "gets the code. A native application may listen on 127.0.0.1 or [::1]: a client "
    "without a secret, all of whose callback URLs are on the machine.",
    remedy="use a client of its own for development, or a pool of its own",
    source="API, CreateUserPoolClient, CallbackURLs; RFC 8252, section 8.3; RFC 9700, section 2.1",
    baselines=("RFC 8252 8.3", "RFC 9700 2.1"),
    check=_not_on_this_machine,
)
