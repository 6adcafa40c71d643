"""The style sheet and the logo of the classic sign-in pages."""

from functools import partial

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    KEEP_ONE_FOR_A_CLIENT,
    WHY_ONE_FOR_A_CLIENT,
    address_of_target,
    is_created_before,
    is_set,
    is_the_only_one,
    user_pool_of,
)
from constructs_auth.rules.managed_login_branding import size_of_base64
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    all_of,
    separately,
)
from constructs_auth.rules.user_pool_domain import DOMAIN, has_managed_login
from constructs_auth.terraform.resource import Reference, Resource

CUSTOMIZATION = types.USER_POOL_UI_CUSTOMIZATION
_POOL, _CLIENT = "user_pool_id", "client_id"
_ALL_CLIENTS = "ALL"
"""The API's name for all clients without a customization of their own."""


def _css(customization: Resource, _context: Context) -> Answers:
    return separately(
        _size(customization, "css", limits.CSS_BYTES),
        _size(customization, "image_file", limits.IMAGE_BYTES),
    )


def _size(customization: Resource, name: str, limit: limits.Range) -> Answers:
    content = customization.body.text(name) or ""
    size = len(content.encode()) if name == "css" else size_of_base64(content)
    if size > limit.maximum:
        yield Violation(text=f"must be at most {limit.maximum} bytes, got {size}", at=name)


def _after_a_domain(customization: Resource, context: Context) -> Answers:
    if _domain_of(customization, context) is not None:
        return
    pool = user_pool_of(customization, context)
    domains = context.configuration.members(pool, DOMAIN)
    if any(is_created_before(customization, _POOL, domain) for domain in domains.resources):
        return
    if domains.resources:
        yield Violation(
            text=f"must reference {domains.resources[0].address}, got the pool's own id",
            at=_POOL,
        )
    elif domains.complete:
        yield Violation(text="must name a pool with a domain, got one without", at=_POOL)
    else:
        yield Undecided(why="the domains of the pool are not known", at=_POOL)


def _for_classic_pages(customization: Resource, context: Context) -> Answers:
    pool = user_pool_of(_domain_of(customization, context) or customization, context)
    domains = context.configuration.members(pool, DOMAIN).resources
    if domains and all_of(*(partial(has_managed_login, domain) for domain in domains)):
        yield Violation(text="must name a pool with classic pages, got managed login", at=_POOL)


def _one_for_a_client(customization: Resource, context: Context) -> Answers:
    at = _CLIENT if is_set(customization.body, _CLIENT) else _POOL
    return is_the_only_one(customization, context, _whose, what="customization", at=at)


def _whose(customization: Resource, context: Context) -> tuple[str, str | None] | None:
    pool = address_of_target(_domain_of(customization, context) or customization, context, _POOL)
    return None if pool is None else (pool, _client_of(customization, context))


def _client_of(customization: Resource, context: Context) -> str | None:
    """Return the client of *customization*; `None` for all clients without their own."""
    if not is_set(customization.body, _CLIENT):
        return None
    client = address_of_target(customization, context, _CLIENT, types.USER_POOL_CLIENT)
    name = customization.body.text(_CLIENT) if client is None else client
    return None if name == _ALL_CLIENTS else name


def _domain_of(customization: Resource, context: Context) -> Resource | None:
    """Return the domain whose `user_pool_id` the customization uses, which sets the order."""
    for reference in customization.references.get(_POOL, ()):
        if isinstance(reference, Reference) and f".{DOMAIN}." in f".{reference.address}":
            domain = context.configuration.target(customization, _POOL, DOMAIN)
            return domain if isinstance(domain, Resource) else None
    return None


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVL06",
        slug="classic-pages-size",
        title="Style sheet and logo of the classic pages must have at most "
        f"{limits.CSS_BYTES.maximum:,} bytes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CUSTOMIZATION,
        why="Cognito refuses them at apply.",
        remedy="shorten the style sheet, or use a smaller logo",
        source="API, CSSType and ImageFileType",
        check=_css,
    ),
    Rule(
        id="CVL06B",
        slug="classic-pages-after-domain",
        title="Terraform must create the domain before it customizes the classic pages",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CUSTOMIZATION,
        why="Cognito refuses a customization before the pool has a domain. The pool's id alone "
        "sets no order.",
        remedy="write user_pool_id = aws_cognito_user_pool_domain.<name>.user_pool_id",
        # No python_remedy: UserPoolUICustomization takes the domain, and writes this.
        source="API, SetUICustomization; «A domain must be associated with this user pool», "
        "badmintoncryer/cdk-preflight, pf-cognito-ui-customization-requires-domain",
        check=_after_a_domain,
    ),
    Rule(
        id="CVL06C",
        slug="customization-of-classic-pages",
        title="A customization of the classic pages must be for a pool that has them",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CUSTOMIZATION,
        why="Managed login does not use it.",
        remedy="set managed_login_version = 1 on the domain, or use "
        "aws_cognito_managed_login_branding",
        python_remedy="set managed_login_version=1 on the UserPoolDomain, or use "
        "ManagedLoginBranding",
        source="API, SetUICustomization; developer guide, «Hosted UI (classic) branding»",
        check=_for_classic_pages,
    ),
    Rule(
        id="CVL06D",
        slug="one-customization",
        title="A client or a pool must have one customization of the classic pages",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CUSTOMIZATION,
        why=WHY_ONE_FOR_A_CLIENT,
        remedy=KEEP_ONE_FOR_A_CLIENT,
        python_remedy="remove one of them",
        source="API, SetUICustomization.ClientId",
        check=_one_for_a_client,
    ),
)
