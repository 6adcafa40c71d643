"""The branding of managed login, and which client has it."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, both, client_of_pool, in_pool

BRANDING = "aws_cognito_managed_login_branding"
DOMAIN = "aws_cognito_user_pool_domain"
IT = f"{BRANDING}.it"
WEB_ID = "${aws_cognito_user_pool_client.web.id}"
LOGO = {"category": "FORM_LOGO", "color_mode": "LIGHT", "extension": "PNG", "bytes": "AAAA"}


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
        bad=style(settings="{}", asset=[{**LOGO, "bytes": "A" * 1_200_000}] * 3),
        says=(f"{IT}: : must be at most 2097152 bytes with settings and assets, got 2700002",),
        good=style(settings="{}", asset=[{**LOGO, "bytes": "A" * 1_200_000}]),
        unknown=style(settings=UNKNOWN, asset=[LOGO]),
    ),
    Case(
        rule="CVL03",
        bad=style(use_cognito_provided_values=True, settings="{}", asset=[LOGO]),
        says=(f"{IT}: use_cognito_provided_values: must not be true beside settings",),
        good=style(settings="{}", asset=[LOGO]),
        unknown=style(use_cognito_provided_values=UNKNOWN, settings="{}"),
    ),
    Case(
        rule="CVL03",
        bad=style(use_cognito_provided_values=True, settings="{}"),
        says=(f"{IT}: use_cognito_provided_values: must not be true beside settings",),
        good=style(use_cognito_provided_values=True, asset=[LOGO]),  # Cognito accepts it.
        unknown=None,
    ),
    Case(
        rule="CVL03B",
        bad=style(asset=[LOGO]),
        says=(f"{IT}: use_cognito_provided_values: must be set where settings is not",),
        good=style(use_cognito_provided_values=True),
        unknown=style(settings=UNKNOWN),
        mended=style(use_cognito_provided_values=False, asset=[LOGO]),
    ),
    Case(
        rule="CVL04",
        bad=both(
            client_of_pool({}),
            in_pool(BRANDING, {}, a={"client_id": WEB_ID}, b={"client_id": WEB_ID}),
        ),
        says=(
            f"{BRANDING}.b: client_id: must have one branding, got a second one after "
            "aws_cognito_managed_login_branding.a",
        ),
        good=both(client_of_pool({}), in_pool(BRANDING, {}, a={"client_id": WEB_ID})),
        unknown=style(client_id="${module.elsewhere.client_id}"),
    ),
    Case(
        rule="CVL04B",
        bad=with_pages(2),
        says=(f"aws_cognito_user_pool_client.web: : must have an {BRANDING}, got none",),
        good=with_pages(
            2, in_pool(BRANDING, {}, a={"client_id": WEB_ID, "use_cognito_provided_values": True})
        ),
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
)
