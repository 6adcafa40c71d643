"""How long tokens of a client last, and how they are renewed."""

from tests.unit.rules.cases import MACHINE, UNKNOWN, Case, client

WEB = "aws_cognito_user_pool_client.web"
SRP = "ALLOW_USER_SRP_AUTH"
REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
ROTATION = {"feature": "ENABLED", "retry_grace_period_seconds": 10}

CASES = (
    Case(
        rule="CVH02",
        bad=client(access_token_validity=60),
        says=(f"{WEB}: access_token_validity: must be 5 minutes to 1 day, got 216000 seconds",),
        good=client(access_token_validity=24, id_token_validity=1),
        unknown=client(access_token_validity=UNKNOWN),
        mended=client(access_token_validity=60, token_validity_units={"access_token": "minutes"}),
    ),
    Case(
        rule="CVH02",
        bad=client(
            access_token_validity=4,
            id_token_validity=2,
            token_validity_units={"access_token": "minutes", "id_token": "days"},
        ),
        says=(
            f"{WEB}: access_token_validity: must be 5 minutes to 1 day, got 240 seconds",
            f"{WEB}: id_token_validity: must be 5 minutes to 1 day, got 172800 seconds",
        ),
        good=client(
            access_token_validity=5,
            id_token_validity=86400,
            token_validity_units=[{"access_token": "minutes", "id_token": "seconds"}],
        ),
        unknown=client(access_token_validity=60, token_validity_units={"id_token": "hours"}),
    ),
    Case(
        rule="CVH03",
        bad=client(refresh_token_validity=0),
        says=(f"{WEB}: refresh_token_validity: must be 1 hour to 3,650 days, got 0 seconds",),
        good=client(refresh_token_validity=3650),
        unknown=client(refresh_token_validity=UNKNOWN),
    ),
    Case(
        rule="CVH03",
        bad=client(refresh_token_validity=59, token_validity_units={"refresh_token": "minutes"}),
        says=(f"{WEB}: refresh_token_validity: must be 1 hour to 3,650 days, got 3540 seconds",),
        good=client(refresh_token_validity=60, token_validity_units={"refresh_token": "minutes"}),
        unknown=client(refresh_token_validity=60, token_validity_units={"refresh_token": UNKNOWN}),
    ),
    Case(
        rule="CVH04",
        bad=client(
            access_token_validity=2,
            refresh_token_validity=1,
            token_validity_units={"access_token": "hours", "refresh_token": "hours"},
        ),
        says=(
            f"{WEB}: access_token_validity: must not outlive the refresh token of 3600 seconds, "
            "got 7200 seconds",
        ),
        good=client(access_token_validity=24, id_token_validity=24, refresh_token_validity=1),
        unknown=client(access_token_validity=1, refresh_token_validity=UNKNOWN),
        mended=client(
            access_token_validity=2,
            refresh_token_validity=2,
            token_validity_units={"access_token": "hours", "refresh_token": "hours"},
        ),
    ),
    Case(
        rule="CVH05",
        bad=client(token_validity_units={"access_token": "hour"}),
        says=(
            f"{WEB}: token_validity_units[0].access_token: must be one of seconds, minutes, "
            "hours, days, got 'hour'",
        ),
        good=client(token_validity_units={"access_token": "hours", "refresh_token": "days"}),
        unknown=client(token_validity_units={"id_token": UNKNOWN}),
        mended=client(token_validity_units={"access_token": "hours"}),
    ),
    Case(
        rule="CVH06",
        bad=client(refresh_token_rotation={"feature": "ON", "retry_grace_period_seconds": 61}),
        says=(
            f"{WEB}: refresh_token_rotation[0].feature: must be one of ENABLED, DISABLED, got 'ON'",
            f"{WEB}: refresh_token_rotation[0].retry_grace_period_seconds: must be from 0 to 60 "
            "seconds, got 61",
        ),
        good=client(refresh_token_rotation=[ROTATION]),
        unknown=client(refresh_token_rotation={"feature": UNKNOWN}),
    ),
    Case(
        rule="CVH07",
        bad=client(explicit_auth_flows=[SRP, REFRESH], refresh_token_rotation=ROTATION),
        says=(
            f"{WEB}: explicit_auth_flows: must not contain {REFRESH} where refresh tokens rotate",
        ),
        good=client(explicit_auth_flows=[SRP], refresh_token_rotation=ROTATION),
        unknown=client(explicit_auth_flows=[SRP, UNKNOWN], refresh_token_rotation=ROTATION),
    ),
    Case(
        rule="CVH07",
        bad=client(explicit_auth_flows=[REFRESH, UNKNOWN], refresh_token_rotation=ROTATION),
        says=(
            f"{WEB}: explicit_auth_flows: must not contain {REFRESH} where refresh tokens rotate",
        ),
        good=client(explicit_auth_flows=[REFRESH], refresh_token_rotation={"feature": "DISABLED"}),
        unknown=client(explicit_auth_flows=[REFRESH], refresh_token_rotation={"feature": UNKNOWN}),
    ),
    Case(
        rule="CVH08",
        bad=client(explicit_auth_flows=[SRP]),
        says=(
            f"{WEB}: explicit_auth_flows: must contain {REFRESH} where refresh tokens do not "
            f"rotate, got {SRP}",
        ),
        good=client(explicit_auth_flows=[REFRESH, SRP]),
        unknown=client(explicit_auth_flows=[SRP, UNKNOWN]),
    ),
    Case(
        rule="CVH08",
        bad=client(explicit_auth_flows=[SRP], refresh_token_rotation={"feature": "DISABLED"}),
        says=(
            f"{WEB}: explicit_auth_flows: must contain {REFRESH} where refresh tokens do not "
            f"rotate, got {SRP}",
        ),
        good=client(explicit_auth_flows=[SRP], refresh_token_rotation=ROTATION),
        unknown=None,
    ),
    Case(
        rule="CVH08",
        bad=client(explicit_auth_flows=["ALLOW_USER_AUTH"]),
        says=(
            f"{WEB}: explicit_auth_flows: must contain {REFRESH} where refresh tokens do not "
            "rotate, got ALLOW_USER_AUTH",
        ),
        good=client(explicit_auth_flows=[]),
        unknown=client(explicit_auth_flows=[SRP], refresh_token_rotation={"feature": UNKNOWN}),
    ),
    Case(
        rule="CG209",
        bad=client(),
        says=(f"{WEB}: refresh_token_rotation: must be ENABLED, got null",),
        good=client(refresh_token_rotation=ROTATION),
        unknown=client(generate_secret=UNKNOWN),
    ),
    Case(
        rule="CG209",
        bad=client(refresh_token_rotation={"feature": "DISABLED"}, generate_secret=False),
        says=(f"{WEB}: refresh_token_rotation[0].feature: must be ENABLED, got DISABLED",),
        good=client(generate_secret=True),
        unknown=client(refresh_token_rotation={"feature": UNKNOWN}),
    ),
    Case(
        rule="CG209B",
        bad=client(generate_secret=True),
        says=(f"{WEB}: refresh_token_rotation: must be ENABLED, got null",),
        good=client(generate_secret=True, allowed_oauth_flows=["client_credentials"]),
        unknown=client(generate_secret=True, allowed_oauth_flows=UNKNOWN),
        mended=client(generate_secret=True, refresh_token_rotation=ROTATION),
    ),
    Case(
        rule="CG210",
        bad=client(access_token_validity=2, id_token_validity=1),
        says=(f"{WEB}: access_token_validity: must be at most 1 hour, got 2 hours",),
        good=client(access_token_validity=1, id_token_validity=1),
        unknown=client(),
    ),
    Case(
        rule="CG210",
        bad=client(
            access_token_validity=15,
            id_token_validity=90,
            token_validity_units={"access_token": "minutes", "id_token": "minutes"},
        ),
        says=(f"{WEB}: id_token_validity: must be at most 1 hour, got 1.5 hours",),
        good=client(
            access_token_validity=15,
            id_token_validity=60,
            token_validity_units={"access_token": "minutes", "id_token": "minutes"},
        ),
        unknown=client(access_token_validity=1, id_token_validity=UNKNOWN),
    ),
    Case(
        rule="CG211",
        bad=client(refresh_token_validity=30),
        says=(
            f"{WEB}: refresh_token_validity: must be at most 14 days for a client without a "
            "secret, got 30 days",
        ),
        good=client(refresh_token_validity=30, generate_secret=True),
        unknown=client(),
        mended=client(refresh_token_validity=14),
    ),
    Case(
        rule="CG211",
        bad=client(refresh_token_validity=31, generate_secret=True),
        says=(
            f"{WEB}: refresh_token_validity: must be at most 30 days for a client with a secret, "
            "got 31 days",
        ),
        good=client(refresh_token_validity=365, allowed_oauth_flows=["client_credentials"]),
        unknown=client(refresh_token_validity=30, generate_secret=UNKNOWN),
    ),
    Case(
        rule="CVH08",
        bad=client(explicit_auth_flows=[SRP], generate_secret=True),
        says=(
            "aws_cognito_user_pool_client.web: explicit_auth_flows: must contain "
            "ALLOW_REFRESH_TOKEN_AUTH where refresh tokens do not rotate, got "
            "ALLOW_USER_SRP_AUTH",
        ),
        good=client(explicit_auth_flows=[SRP], **MACHINE),
        unknown=None,
    ),
)
