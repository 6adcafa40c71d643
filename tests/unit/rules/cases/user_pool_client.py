"""An app client's own settings."""

from tests.unit.rules.cases import (
    MACHINE,
    UNKNOWN,
    Case,
    Resources,
    both,
    client,
    client_of_pool,
    in_pool,
)

PROVIDER = "aws_cognito_identity_provider"

CONTEXT = "enable_propagate_additional_user_context_data"

WEB = "aws_cognito_user_pool_client.web"


def of_provider(body: dict[str, object], **values: object) -> Resources:
    """Make a client of a pool with the identity provider `acme` of *body*."""
    acme = {"provider_name": "acme", **body}
    return both(in_pool(PROVIDER, {}, acme=acme), client_of_pool({}, **values))


def imported(**values: object) -> Resources:
    """Make a client of *values* that an `import` block takes over."""
    block = {"to": WEB, "id": "eu-west-1_aBcDeFgH1/1example23456789"}
    return {**client(**values), "import": block}


CASES = (
    Case(
        rule="CVH26",
        bad=imported(generate_secret=True),
        says=(
            f"{WEB}: generate_secret: must be left out or ignored, because an import block takes "
            "over the client",
        ),
        good=imported(generate_secret=True, lifecycle={"ignore_changes": ["generate_secret"]}),
        unknown=imported(generate_secret=UNKNOWN),
    ),
    Case(
        rule="CVH26",
        bad=imported(generate_secret=False),
        says=(
            f"{WEB}: generate_secret: must be left out or ignored, because an import block takes "
            "over the client",
        ),
        good=imported(),
        unknown=None,
    ),
    Case(
        rule="CVH01",
        bad=client(name="web/1"),
        says=(
            "aws_cognito_user_pool_client.web: name: must be 1 to 128 characters, letters, digits, "
            "spaces and _ + = , . @ -, got 'web/1'",
        ),
        good=client(name="Web client, v2"),
        unknown=client(name=UNKNOWN),
    ),
    Case(
        rule="CVH10",
        bad=client(auth_session_validity=2),
        says=(
            "aws_cognito_user_pool_client.web: auth_session_validity: must be from 3 to 15 "
            "minutes, got 2",
        ),
        good=client(auth_session_validity=15),
        unknown=client(auth_session_validity=UNKNOWN),
        mended=client(auth_session_validity=3),
    ),
    Case(
        rule="CVH10",
        bad=client(auth_session_validity="16"),
        says=(
            "aws_cognito_user_pool_client.web: auth_session_validity: must be from 3 to 15 "
            "minutes, got 16",
        ),
        good=client(),
        unknown=None,
    ),
    Case(
        rule="CVH24",
        bad=client(**{CONTEXT: True}),
        says=(
            f"aws_cognito_user_pool_client.web: {CONTEXT}: must be false for a client without a "
            "secret, got true",
        ),
        good=client(**{CONTEXT: True}, generate_secret=True),
        unknown=client(**{CONTEXT: UNKNOWN}),
    ),
    Case(
        rule="CVH24",
        bad=client(**{CONTEXT: "true"}, generate_secret=False),
        says=(
            f"aws_cognito_user_pool_client.web: {CONTEXT}: must be false for a client without a "
            "secret, got true",
        ),
        good=client(generate_secret=False),
        unknown=client(**{CONTEXT: True}, generate_secret=UNKNOWN),
    ),
    Case(
        rule="CG207",
        bad=client(prevent_user_existence_errors="LEGACY"),
        says=(
            "aws_cognito_user_pool_client.web: prevent_user_existence_errors: must be ENABLED, "
            "got 'LEGACY'",
        ),
        good=client(prevent_user_existence_errors="ENABLED"),
        unknown=client(),
    ),
    Case(
        rule="CG208",
        bad=client(enable_token_revocation=False),
        says=(
            "aws_cognito_user_pool_client.web: enable_token_revocation: must be true, got false",
        ),
        good=client(enable_token_revocation=True),
        unknown=client(),
    ),
    Case(
        rule="CG216",
        bad=client(auth_session_validity=15),
        says=(
            "aws_cognito_user_pool_client.web: auth_session_validity: must be at most 5 minutes, "
            "got 15",
        ),
        good=client(auth_session_validity=5),
        unknown=client(),
        mended=client(auth_session_validity=3),
    ),
    Case(
        rule="CVH23",
        bad=client(supported_identity_providers=["a" * 33]),
        says=(f"{WEB}: supported_identity_providers[0]: must be 1 to 32 characters, got 33",),
        good=client(supported_identity_providers=["COGNITO"]),
        unknown=client(supported_identity_providers=[UNKNOWN]),
    ),
    Case(
        rule="CVH23B",
        bad=of_provider({}, supported_identity_providers=["COGNITO", "acne"]),
        says=(
            f"{WEB}: supported_identity_providers: must be identity providers of the pool, got "
            "'acne', but this configuration has no such provider",
        ),
        good=of_provider({}, supported_identity_providers=["COGNITO", "acme"]),
        unknown=of_provider({"provider_name": UNKNOWN}, supported_identity_providers=["acme"]),
    ),
    Case(
        rule="CVH23B",
        bad=client_of_pool({}, supported_identity_providers=["cognito"]),
        says=(
            f"{WEB}: supported_identity_providers: must be identity providers of the pool, got "
            "'cognito', but this configuration has no such provider",
        ),
        good=client(supported_identity_providers=["COGNITO"]),
        unknown=client(supported_identity_providers=["Google"]),
    ),
    Case(
        rule="CVH23C",
        bad=of_provider({}, supported_identity_providers=["acme"]),
        says=(
            f"{WEB}: supported_identity_providers: must reference {PROVIDER}.acme, got the text "
            "'acme'",
        ),
        good=of_provider(
            {}, supported_identity_providers=["acme"], depends_on=[f"{PROVIDER}.acme"]
        ),
        unknown=of_provider({}, supported_identity_providers=[f"${{{PROVIDER}.acme.id}}"]),
    ),
    Case(
        rule="CG207",
        bad=client(prevent_user_existence_errors="LEGACY"),
        says=(
            "aws_cognito_user_pool_client.web: prevent_user_existence_errors: must be ENABLED, "
            "got 'LEGACY'",
        ),
        good=client(prevent_user_existence_errors="LEGACY", **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG208",
        bad=client(enable_token_revocation=False),
        says=(
            "aws_cognito_user_pool_client.web: enable_token_revocation: must be true, got false",
        ),
        good=client(enable_token_revocation=False, **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG216",
        bad=client(auth_session_validity=15),
        says=(
            "aws_cognito_user_pool_client.web: auth_session_validity: must be at most 5 "
            "minutes, got 15",
        ),
        good=client(auth_session_validity=15, **MACHINE),
        unknown=None,
    ),
)
