"""What Cognito asks of OAuth settings that belong together."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    CLIENT,
    CLIENT_CREDENTIALS,
    has_sign_in_pages,
    is_machine,
    is_public,
    listed,
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules.ask import shown
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

_FLOWS, _SWITCH = "allowed_oauth_flows", "allowed_oauth_flows_user_pool_client"
_SCOPES, _CALLBACKS = "allowed_oauth_scopes", "callback_urls"
_SETTINGS = (_FLOWS, _SCOPES, _CALLBACKS, "logout_urls", "default_redirect_uri")


def _switched_on(client: Resource, _context: Context) -> Answers:
    given = [name for name in _SETTINGS if client.body.values.get(name)]
    switch = client.body.peek_flag(_SWITCH)
    if not given or switch is True:
        return
    if isinstance(switch, Unknown):
        yield undecided_at(_SWITCH, switch)
    else:
        yield Violation(
            text=f"must be true where {given[0]} is set, got {shown(switch)}", at=_SWITCH
        )


def _known_flows(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    for flow in flows.known:
        if flow not in limits.OAUTH_FLOWS:
            yield Violation(
                text=f"must be of {', '.join(limits.OAUTH_FLOWS)}, got {flow!r}", at=_FLOWS
            )
    if flows.open is not None:
        yield undecided_at(_FLOWS, flows.open)


def _machine_alone(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    others = [flow for flow in flows.known if flow != CLIENT_CREDENTIALS]
    if CLIENT_CREDENTIALS in flows.known and others:
        yield Violation(
            text=f"must not hold {CLIENT_CREDENTIALS} beside others, got {', '.join(flows.known)}",
            at=_FLOWS,
        )
    elif flows.open is not None:
        yield undecided_at(_FLOWS, flows.open)


def _machine_secret(client: Resource, _context: Context) -> Answers:
    machine, public = is_machine(client), is_public(client)
    if machine is False or public is False:
        return
    unknown = first_unknown(machine, public)
    if unknown is not None:
        yield undecided_at("generate_secret", unknown)
    else:
        yield Violation(text=f"must be true for {CLIENT_CREDENTIALS}", at="generate_secret")


def _needs_callbacks(client: Resource, _context: Context) -> Answers:
    pages = has_sign_in_pages(client)
    callbacks = listed(client.body, _CALLBACKS)
    if pages is False or callbacks.known:
        return
    unknown = pages if isinstance(pages, Unknown) else callbacks.unknown
    if unknown is not None:
        yield undecided_at(_CALLBACKS, unknown)
    else:
        yield Violation(
            text="must hold a URL for the flows code and implicit, got none", at=_CALLBACKS
        )


def _needs_flows_and_scopes(client: Resource, _context: Context) -> Answers:
    switch = client.body.peek_flag(_SWITCH)
    if switch is not True:
        if isinstance(switch, Unknown) and switch is not LEFT_OUT:
            yield undecided_at(_SWITCH, switch)
        return
    for name in (_FLOWS, _SCOPES):
        values = listed(client.body, name)
        if values.unknown is not None and not values.known:
            yield undecided_at(name, values.unknown)
        elif not values.known:
            yield Violation(text=f"must not be empty where {_SWITCH} is true", at=name)


SWITCHED_ON = Rule(
    id="CVH15",
    title="OAuth settings come with the switch that turns them on",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Without it Cognito allows sign-in through its API alone, and the settings mean nothing; "
    "an apply may pass all the same.",
    remedy="set allowed_oauth_flows_user_pool_client = true, or take the settings out",
    source="API, CreateUserPoolClient, AllowedOAuthFlowsUserPoolClient; CG806",
    check=_switched_on,
)

KNOWN_OAUTH_FLOWS = Rule(
    id="CVH16",
    title="OAuth flows are those that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write code, or client_credentials for a program without a user",
    source="API, OAuthFlowType",
    check=_known_flows,
)

MACHINE_ALONE = Rule(
    id="CVH16B",
    title="The flow client_credentials is alone",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses a client that is for users and for programs.",
    remedy="make a client of its own for the program",
    source="API, CreateUserPoolClient, AllowedOAuthFlows; CG215, CG805",
    check=_machine_alone,
)

MACHINE_SECRET = Rule(
    id="CVH17",
    title="A client with client_credentials has a secret",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="The client id and the secret are all that tells the program; without a secret Cognito "
    "probably refuses the client.",
    remedy="set generate_secret = true",
    source="API, CreateUserPoolClient, AllowedOAuthFlows; CG206, CG805",
    check=_machine_secret,
)

CALLBACKS_NEEDED = Rule(
    id="CVH22",
    title="A client with sign-in pages has a callback URL",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Cognito has nowhere to send users after sign-in, and probably refuses the client.",
    remedy="set callback_urls",
    source="aws-cdk, UserPoolClient; CG806",
    check=_needs_callbacks,
)

FLOWS_AND_SCOPES_NEEDED = Rule(
    id="CVH22B",
    title="A client with OAuth switched on has flows and scopes",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="No token can be asked for, and Cognito probably refuses the client.",
    remedy="set allowed_oauth_flows and allowed_oauth_scopes, or set "
    "allowed_oauth_flows_user_pool_client = false",
    source="developer guide, «App client settings»; CG806",
    check=_needs_flows_and_scopes,
)
