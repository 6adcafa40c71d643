"""Styles of managed login and of the classic pages."""

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

BRANDING = "aws_cognito_managed_login_branding"
CUSTOMIZATION = "aws_cognito_user_pool_ui_customization"
DOMAIN = "aws_cognito_user_pool_domain"
IT = f"{BRANDING}.it"
WEB_ID = "${aws_cognito_user_pool_client.web.id}"
LOGO = {"category": "FORM_LOGO", "color_mode": "LIGHT", "extension": "PNG", "bytes": "AAAA"}
MANAGED, CLASSIC = {"managed_login_version": 2}, {"managed_login_version": 1}


def style(**values: object) -> Resources:
    """Make one style of managed login."""
    return alone(BRANDING, **values)


def with_pages(version: object, *others: Resources) -> Resources:
    """Make a client with sign-in pages, of a pool with a domain."""
    return both(
        client_of_pool({}, allowed_oauth_flows=["code"]),
        in_pool(DOMAIN, {}, login={"managed_login_version": version}),
        *others,
    )


def styled(domain: Mapping[str, object], pool_id: str, **values: object) -> Resources:
    """Make a style of the classic pages, for a pool with a domain."""
    return both(
        in_pool(DOMAIN, {}, login=domain),
        alone(CUSTOMIZATION, user_pool_id=pool_id, **values),
    )


DOMAIN_POOL_ID = "${aws_cognito_user_pool_domain.login.user_pool_id}"

CASES = (
    Case(
        rule="CVL01",
        bad=style(
            asset=[
                LOGO,
                {"category": "LOGO", "color_mode": "light", "extension": "JPG", "resource_id": ""},
            ]
        ),
        says=(
            f"{IT}: asset[1].category: must be one of AUTH_APP_GRAPHIC, EMAIL_GRAPHIC, "
            "FAVICON_ICO, FAVICON_SVG, FORM_BACKGROUND, FORM_LOGO, IDP_BUTTON_ICON, "
            "PAGE_BACKGROUND, PAGE_FOOTER_BACKGROUND, PAGE_FOOTER_LOGO, PAGE_HEADER_BACKGROUND, "
            "PAGE_HEADER_LOGO, PASSKEY_GRAPHIC, PASSWORD_GRAPHIC, SMS_GRAPHIC, got 'LOGO'",
            f"{IT}: asset[1].color_mode: must be one of DARK, DYNAMIC, LIGHT, got 'light'",
            f"{IT}: asset[1].extension: must be one of ICO, JPEG, PNG, SVG, WEBP, got 'JPG'",
            f"{IT}: asset[1].resource_id: must be 1 to 40 characters, got 0",
        ),
        good=style(asset=[LOGO]),
        unknown=style(asset=[{**LOGO, "category": UNKNOWN}]),
    ),
    Case(
        rule="CVL02",
        bad=style(asset=[{**LOGO, "bytes": "A" * 1_333_336}]),
        says=(f"{IT}: asset[0].bytes: must be at most 1000000 bytes, got 1000002",),
        good=style(asset=[{**LOGO, "bytes": "A" * 1_333_334 + "=="}]),
        unknown=style(asset=[{**LOGO, "bytes": '${filebase64("logo.png")}'}]),
    ),
    Case(
        rule="CVL02",
        bad=style(asset=[LOGO] * 41),
        says=(f"{IT}: asset: must be 0 to 40 assets, got 41",),
        good=style(asset=[LOGO] * 40),
        unknown=style(asset=UNKNOWN),
    ),
    Case(
        rule="CVL02B",
        bad=style(asset=[{**LOGO, "bytes": "A" * 1_200_000}] * 3),
        says=(f"{IT}: : must be at most 2097152 bytes, settings and assets, got 2700000",),
        good=style(settings="{}", asset=[LOGO]),
        unknown=style(settings=UNKNOWN, asset=[LOGO]),
    ),
    Case(
        rule="CVL03",
        bad=style(use_cognito_provided_values=True, settings="{}", asset=[LOGO]),
        says=(f"{IT}: use_cognito_provided_values: must not be true beside settings and asset",),
        good=style(use_cognito_provided_values=False, asset=[LOGO]),
        unknown=style(use_cognito_provided_values=UNKNOWN, asset=[LOGO]),
    ),
    Case(
        rule="CVL03B",
        bad=style(asset=[LOGO]),
        says=(f"{IT}: use_cognito_provided_values: must be set where settings is not",),
        good=style(use_cognito_provided_values=True),
        unknown=style(settings=UNKNOWN),
    ),
    Case(
        rule="CVL04",
        bad=both(
            client_of_pool({}),
            in_pool(BRANDING, {}, a={"client_id": WEB_ID}, b={"client_id": WEB_ID}),
        ),
        says=(
            f"{BRANDING}.b: client_id: must have one style, got a second one after {BRANDING}.a",
        ),
        good=both(client_of_pool({}), in_pool(BRANDING, {}, a={"client_id": WEB_ID})),
        unknown=style(client_id="${module.elsewhere.client_id}"),
    ),
    Case(
        rule="CVL04B",
        bad=with_pages(2),
        says=(f"aws_cognito_user_pool_client.web: : must have an {BRANDING}, got none",),
        good=with_pages(2, in_pool(BRANDING, {}, a={"client_id": WEB_ID})),
        unknown=with_pages(2, in_pool(BRANDING, {}, a={"client_id": "${local.client}"})),
    ),
    Case(
        rule="CVL04B",
        bad=with_pages("2"),
        says=(f"aws_cognito_user_pool_client.web: : must have an {BRANDING}, got none",),
        good=with_pages(1),
        unknown=with_pages(UNKNOWN),
    ),
    Case(
        rule="CVL05",
        bad=style(asset=[{**LOGO, "category": "FAVICON_ICO"}]),
        says=(
            f"{IT}: asset[0].extension: must be ICO for FAVICON_ICO and for no other, got PNG for "
            "FAVICON_ICO",
        ),
        good=style(asset=[{**LOGO, "category": "FAVICON_ICO", "extension": "ICO"}, LOGO]),
        unknown=style(asset=[{**LOGO, "extension": UNKNOWN}]),
    ),
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
            f"{CUSTOMIZATION}.it: user_pool_id: must be known after {DOMAIN}.login, got the pool's "
            "own id",
        ),
        good=styled(CLASSIC, DOMAIN_POOL_ID),
        unknown=alone(CUSTOMIZATION, user_pool_id=UNKNOWN),
    ),
    Case(
        rule="CVL06B",
        bad=in_pool(CUSTOMIZATION, {}, it={"css": "a {}"}),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must be of a pool with a domain, got one without",
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
            f"{CUSTOMIZATION}.it: user_pool_id: must be of a pool with classic pages, got managed "
            "login",
        ),
        good=styled(CLASSIC, DOMAIN_POOL_ID),
        unknown=styled({"managed_login_version": UNKNOWN}, DOMAIN_POOL_ID),
    ),
    Case(
        rule="CVL06C",
        bad=styled(MANAGED, POOL_ID),
        says=(
            f"{CUSTOMIZATION}.it: user_pool_id: must be of a pool with classic pages, got managed "
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
