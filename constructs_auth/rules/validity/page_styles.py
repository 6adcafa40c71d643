"""Whether the sign-in pages of each client have the style that shows them."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    CLIENT,
    has_sign_in_pages,
    undecided_at,
)
from constructs_auth.rules._domain import DOMAIN, has_managed_login
from constructs_auth.rules._files import size_of_base64
from constructs_auth.rules._order import is_made_before
from constructs_auth.rules._pool import (
    first_unknown,
    pool_of,
)
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.rules.validity.branding import BRANDING
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Reference, Resource

CUSTOMIZATION = "aws_cognito_user_pool_ui_customization"
_CLIENT, _POOL = "client_id", "user_pool_id"


def _one_for_a_client(branding: Resource, context: Context) -> Answers:
    client = context.configuration.target(branding, _CLIENT, CLIENT)
    if isinstance(client, Unknown):
        yield undecided_at(_CLIENT, client)
    elif client is not None:
        first = context.configuration.members(client, BRANDING, _CLIENT).resources[0]
        if first is not branding:
            yield Violation(
                text=f"must have one style, got a second one after {first.address}", at=_CLIENT
            )


def _client_has_style(client: Resource, context: Context) -> Answers:
    pages = has_sign_in_pages(client)
    if pages is False:
        return
    pool = pool_of(client, context)
    if isinstance(pool, Unknown):
        yield undecided_at("", pool)
        return
    domains = context.configuration.members(pool, DOMAIN).resources
    managed = [has_managed_login(domain) for domain in domains]
    brandings = context.configuration.members(client, BRANDING, _CLIENT)
    if brandings.resources or not any(one is not False for one in managed):
        return
    unknown = first_unknown(pages, *managed)
    if True in managed and pages is True:
        unknown = None if brandings.complete else Unknown("whose styles there are is not known")
    if unknown is not None:
        yield undecided_at("", unknown)
    else:
        yield Violation(text=f"must have an {BRANDING}, got none")


def _css(customization: Resource, _context: Context) -> Answers:
    for name, limit in (("css", limits.CSS_BYTES), ("image_file", limits.IMAGE_BYTES)):
        content = customization.body.peek_text(name)
        if isinstance(content, Unknown):
            yield undecided_at(name, content)
        elif content is not None:
            size = len(content.encode()) if name == "css" else size_of_base64(content)
            if size > limit.maximum:
                yield Violation(text=f"must be at most {limit.maximum} bytes, got {size}", at=name)


def _after_a_domain(customization: Resource, context: Context) -> Answers:
    if _domain_of(customization, context) is not None:
        return
    pool = pool_of(customization, context)
    if isinstance(pool, Unknown):
        yield undecided_at(_POOL, pool)
        return
    domains = context.configuration.members(pool, DOMAIN)
    if any(is_made_before(customization, _POOL, domain) for domain in domains.resources):
        return
    if domains.resources:
        yield Violation(
            text=f"must be known after {domains.resources[0].address}, got the pool's own id",
            at=_POOL,
        )
    elif domains.complete:
        yield Violation(text="must be of a pool with a domain, got one without", at=_POOL)
    else:
        yield undecided_at(_POOL, Unknown("which domains the pool has is not known"))


def _for_classic_pages(customization: Resource, context: Context) -> Answers:
    domain = _domain_of(customization, context)
    pool = pool_of(customization if domain is None else domain, context)
    if isinstance(pool, Unknown):
        yield undecided_at(_POOL, pool)
        return
    managed = [
        has_managed_login(one) for one in context.configuration.members(pool, DOMAIN).resources
    ]
    if not managed or False in managed:
        return
    unknown = first_unknown(*managed)
    if unknown is not None:
        yield undecided_at(_POOL, unknown)
    else:
        yield Violation(text="must be of a pool with classic pages, got managed login", at=_POOL)


def _domain_of(customization: Resource, context: Context) -> Resource | None:
    """Give the domain whose `user_pool_id` the customization has, which makes the order."""
    for reference in customization.references.get(_POOL, ()):
        if isinstance(reference, Reference) and f".{DOMAIN}." in f".{reference.address}":
            found = context.configuration.target(customization, _POOL, DOMAIN)
            return found if isinstance(found, Resource) else None
    return None


ONE_STYLE_FOR_A_CLIENT = Rule(
    id="CVL04",
    title="A client has one style of managed login",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="Cognito refuses the second: ManagedLoginBrandingExistsException.",
    remedy="take one of the two out",
    source="API, CreateManagedLoginBranding, ManagedLoginBrandingExistsException",
    check=_one_for_a_client,
)

CLIENT_HAS_STYLE = Rule(
    id="CVL04B",
    title="A client of a pool with managed login has a style",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Without one its users see an error instead of the sign-in page, unless somebody makes a "
    "style in the console.",
    remedy="add an aws_cognito_managed_login_branding of the client with "
    "use_cognito_provided_values = true; it needs AWS provider 6.13",
    source="developer guide, «Apply branding to managed login pages»",
    check=_client_has_style,
)

CUSTOMIZATION_SIZE = Rule(
    id="CVL06",
    title="Style sheet and logo of the classic pages have at most 131,072 bytes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CUSTOMIZATION,
    why="Cognito refuses them at apply.",
    remedy="shorten the style sheet, or give a smaller logo",
    source="API, CSSType and ImageFileType",
    check=_css,
)

CUSTOMIZATION_AFTER_DOMAIN = Rule(
    id="CVL06B",
    title="The classic pages are styled after their domain is made",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CUSTOMIZATION,
    why="Cognito refuses a style before the pool has a domain, and the pool's id alone makes no "
    "order.",
    remedy="write user_pool_id = aws_cognito_user_pool_domain.<name>.user_pool_id",
    source="API, SetUICustomization: the pool must have a domain",
    check=_after_a_domain,
)

CUSTOMIZATION_OF_CLASSIC_PAGES = Rule(
    id="CVL06C",
    title="The style of the classic pages is for a pool that has them",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CUSTOMIZATION,
    why="Managed login does not show it.",
    remedy="set managed_login_version = 1 on the domain, or use aws_cognito_managed_login_branding",
    source="API, SetUICustomization; developer guide, «Classic hosted UI»",
    check=_for_classic_pages,
)
