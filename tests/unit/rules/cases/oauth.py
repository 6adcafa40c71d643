"""OAuth: flows, the switch, scopes, and where users are sent."""

from tests.unit.rules.cases import CLIENT, MACHINE, UNKNOWN, Case, both, client

WEB = "aws_cognito_user_pool_client.web"
SWITCH = "allowed_oauth_flows_user_pool_client"
OWN_SCHEME = "acme://callback"

CASES = (
    Case(
        rule="CVH15",
        bad=client(**{SWITCH: False}, callback_urls=["https://a.example"]),
        says=(f"{WEB}: {SWITCH}: must be true where callback_urls is set, got false",),
        good=client(**{SWITCH: True}, callback_urls=["https://a.example"]),
        unknown=client(callback_urls=["https://a.example"]),
    ),
    Case(
        rule="CVH15",
        bad=client(**{SWITCH: "false"}, allowed_oauth_scopes=["openid"]),
        says=(f"{WEB}: {SWITCH}: must be true where allowed_oauth_scopes is set, got false",),
        good=client(**{SWITCH: False}, callback_urls=[]),
        unknown=client(**{SWITCH: UNKNOWN}, allowed_oauth_scopes=["openid"]),
    ),
    Case(
        rule="CVH16",
        bad=client(allowed_oauth_flows=["code", "password"]),
        says=(
            f"{WEB}: allowed_oauth_flows: must be of code, implicit, client_credentials, got "
            "'password'",
        ),
        good=client(allowed_oauth_flows=["code", "implicit"]),
        unknown=client(allowed_oauth_flows=UNKNOWN),
    ),
    Case(
        rule="CVH16B",
        bad=client(allowed_oauth_flows=["code", "client_credentials"]),
        says=(
            f"{WEB}: allowed_oauth_flows: must not contain client_credentials beside others, got "
            "code, client_credentials",
        ),
        good=client(allowed_oauth_flows=["client_credentials"]),
        unknown=client(allowed_oauth_flows=["client_credentials", UNKNOWN]),
        mended=both(
            client(allowed_oauth_flows=["code"]),
            {
                CLIENT: {
                    "job": {"allowed_oauth_flows": ["client_credentials"], "generate_secret": True}
                }
            },
        ),
    ),
    Case(
        rule="CVH17",
        bad=client(allowed_oauth_flows=["client_credentials"]),
        says=(f"{WEB}: generate_secret: must be true for client_credentials",),
        good=client(allowed_oauth_flows=["client_credentials"], generate_secret=True),
        unknown=client(allowed_oauth_flows=["client_credentials"], generate_secret=UNKNOWN),
    ),
    Case(
        rule="CVH22",
        bad=client(**{SWITCH: True}, allowed_oauth_flows=["code"], callback_urls=[]),
        says=(
            f"{WEB}: callback_urls: must contain a URL for the flows code and implicit, got none",
        ),
        good=client(
            **{SWITCH: True}, allowed_oauth_flows=["code"], callback_urls=["https://a.example"]
        ),
        unknown=client(**{SWITCH: True}, allowed_oauth_flows=["code"]),
    ),
    Case(
        rule="CVH22",
        bad=client(**{SWITCH: True}, allowed_oauth_flows=["implicit"], callback_urls=[]),
        says=(
            f"{WEB}: callback_urls: must contain a URL for the flows code and implicit, got none",
        ),
        good=client(allowed_oauth_flows=["code"], callback_urls=[]),  # without the switch: CVH15
        unknown=client(**{SWITCH: UNKNOWN}, allowed_oauth_flows=["code"], callback_urls=[]),
    ),
    Case(
        rule="CVH22B",
        bad=client(**{SWITCH: True}, allowed_oauth_flows=[], allowed_oauth_scopes=[]),
        says=(
            f"{WEB}: allowed_oauth_flows: must not be empty where {SWITCH} is true",
            f"{WEB}: allowed_oauth_scopes: must not be empty where {SWITCH} is true",
        ),
        good=client(
            **{SWITCH: True}, allowed_oauth_flows=["code"], allowed_oauth_scopes=["openid"]
        ),
        unknown=client(**{SWITCH: True}, allowed_oauth_flows=["code"]),
    ),
    Case(
        rule="CG201",
        bad=client(allowed_oauth_flows=["code", "implicit"]),
        says=(f"{WEB}: allowed_oauth_flows: must not contain implicit, got code, implicit",),
        good=client(allowed_oauth_flows=["code"]),
        unknown=client(),
    ),
    Case(
        rule="CG201",
        bad=client(allowed_oauth_flows=["implicit", UNKNOWN]),
        says=(f"{WEB}: allowed_oauth_flows: must not contain implicit, got implicit",),
        good=client(**{SWITCH: False}),
        unknown=client(allowed_oauth_flows=["code", UNKNOWN]),
    ),
    Case(
        rule="CG206",
        bad=client(callback_urls=[OWN_SCHEME], generate_secret=True),
        says=(
            f"{WEB}: generate_secret: must be false for a native application with the callback URL "
            "'acme://callback', got true",
        ),
        good=client(callback_urls=[OWN_SCHEME], generate_secret=False),
        unknown=client(callback_urls=[OWN_SCHEME], generate_secret=UNKNOWN),
    ),
    Case(
        rule="CG206",
        bad=client(callback_urls=["https://a.example", OWN_SCHEME], generate_secret=True),
        says=(
            f"{WEB}: generate_secret: must be false for a native application with the callback URL "
            "'acme://callback', got true",
        ),
        good=client(callback_urls=["https://a.example"], generate_secret=True),
        unknown=client(callback_urls=[UNKNOWN], generate_secret=True),
    ),
    Case(
        rule="CG213",
        bad=client(
            allowed_oauth_flows=["code"],
            allowed_oauth_scopes=["openid", "aws.cognito.signin.user.admin"],
        ),
        says=(
            f"{WEB}: allowed_oauth_scopes: must not contain aws.cognito.signin.user.admin without "
            "a reason",
        ),
        good=client(allowed_oauth_flows=["code"], allowed_oauth_scopes=["openid"]),
        unknown=client(allowed_oauth_flows=["code"]),
    ),
    Case(
        rule="CG214",
        bad=client(allowed_oauth_flows=["code"], supported_identity_providers=[]),
        says=(f"{WEB}: supported_identity_providers: must name identity providers, got none",),
        good=client(allowed_oauth_flows=["code"], supported_identity_providers=["COGNITO"]),
        unknown=client(allowed_oauth_flows=["code"]),
    ),
    Case(
        rule="CG206",
        bad=client(callback_urls=[OWN_SCHEME], generate_secret=True),
        says=(
            "aws_cognito_user_pool_client.web: generate_secret: must be false for a native "
            "application with the callback URL 'acme://callback', got true",
        ),
        good=client(callback_urls=[OWN_SCHEME], **MACHINE),
        unknown=None,
    ),
)
