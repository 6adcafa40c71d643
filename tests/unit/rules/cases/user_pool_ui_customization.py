"""The style sheet and the logo of the classic pages."""

from collections.abc import Mapping

from tests.unit.rules.cases import (
    POOL_ID,
    UNCLEAR,
    UNKNOWN,
    Case,
    Resources,
    alone,
    both,
    client_of_pool,
    in_pool,
)

CUSTOMIZATION = "aws_cognito_user_pool_ui_customization"
WEB_ID = "${aws_cognito_user_pool_client.web.id}"
DOMAIN = "aws_cognito_user_pool_domain"
MANAGED, CLASSIC = {"managed_login_version": 2}, {"managed_login_version": 1}


def styled(domain: Mapping[str, object], pool_id: str, **values: object) -> Resources:
    """Make a style of the classic pages, for a pool with a domain."""
    return both(
        in_pool(DOMAIN, {}, login=domain),
        alone(CUSTOMIZATION, user_pool_id=pool_id, **values),
    )


DOMAIN_POOL_ID = "${aws_cognito_user_pool_domain.login.user_pool_id}"

CASES = (
    Case(
        rule="CVL06",
        bad=alone(CUSTOMIZATION, css="a" * 131_073, image_file="A" * 174_768),
        says=(
            f"{CUSTOMIZATION}.it: css: must be at most 131072 bytes, got 131073",
            f"{CUSTOMIZATION}.it: image_file: must be at most 131072 bytes, got 131076",
        ),
        good=alone(CUSTOMIZATION, css=".banner-customizable {}", image_file="AAAA"),
        unknown=alone(CUSTOMIZATION, image_file='${filebase64("logo.png")}'),
    ),
    Case(
        rule="CVL06B",
        bad=styled(CLASSIC, POOL_ID),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must reference {DOMAIN}.login, got the pool's own "
            "id",
        ),
        good=styled(CLASSIC, DOMAIN_POOL_ID),
        unknown=alone(CUSTOMIZATION, user_pool_id=UNKNOWN),
    ),
    Case(
        rule="CVL06B",
        bad=in_pool(CUSTOMIZATION, {}, it={"css": "a {}"}),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must name a pool with a domain, got one without",
        ),
        good=styled(CLASSIC, POOL_ID, depends_on=[f"{DOMAIN}.login"]),
        unknown=both(
            in_pool(CUSTOMIZATION, {}, it={"css": "a {}"}),
            alone(DOMAIN, user_pool_id="${local.pool}"),
        ),
    ),
    Case(
        rule="CVL06C",
        bad=styled(MANAGED, DOMAIN_POOL_ID),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must name a pool with classic pages, got managed "
            "login",
        ),
        good=styled(CLASSIC, DOMAIN_POOL_ID),
        unknown=styled({"managed_login_version": UNKNOWN}, DOMAIN_POOL_ID),
    ),
    Case(
        rule="CVL06C",
        bad=styled(MANAGED, POOL_ID),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must name a pool with classic pages, got managed "
            "login",
        ),
        good=in_pool(CUSTOMIZATION, {}, it={"css": "a {}"}),
        unknown=alone(CUSTOMIZATION, user_pool_id=UNKNOWN),
    ),
    Case(
        rule="CVL06D",
        bad=both(
            client_of_pool({}),
            in_pool(
                CUSTOMIZATION,
                {},
                a={"client_id": WEB_ID},
                b={"client_id": "ALL"},
                c={"client_id": WEB_ID},
                d={},
            ),
        ),
        says=(
            f"{CUSTOMIZATION}.c: client_id: must have one customization, got a second one after "
            f"{CUSTOMIZATION}.a",
            f"{CUSTOMIZATION}.d: user_pool_id: must have one customization, got a second one after "
            f"{CUSTOMIZATION}.b",
        ),
        good=both(client_of_pool({}), in_pool(CUSTOMIZATION, {}, a={}, b={"client_id": WEB_ID})),
        unknown=in_pool(CUSTOMIZATION, {}, a={}, b={"client_id": UNKNOWN}),
    ),
    Case(
        rule="CVL06D",
        bad=both(styled(CLASSIC, DOMAIN_POOL_ID), in_pool(CUSTOMIZATION, {}, other={})),
        says=(
            f"{CUSTOMIZATION}.other: user_pool_id: must have one customization, got a second one "
            f"after {CUSTOMIZATION}.it",
        ),
        good=styled(CLASSIC, DOMAIN_POOL_ID),
        unknown=in_pool(CUSTOMIZATION, {}, a={"user_pool_id": UNCLEAR}, b={}),
    ),
)
