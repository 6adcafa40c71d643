"""The branding of managed login: its settings and images, and the client that has it."""

from functools import partial

from constructs_auth.facts import limits, resource_types as types, versions
from constructs_auth.facts.words import (
    AssetCategory,
    AssetExtension,
    ColorMode,
)
from constructs_auth.rules.ask import (
    are_both_there,
    count_within,
    one_of,
    text_within,
    user_pool_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    any_of,
    separately,
    surely,
)
from constructs_auth.rules.user_pool_client import CLIENT, has_sign_in_pages
from constructs_auth.rules.user_pool_domain import DOMAIN, has_managed_login
from constructs_auth.terraform.block import Block, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource

BRANDING = types.MANAGED_LOGIN_BRANDING
_OWN, _SETTINGS, _ASSETS, _CLIENT = "use_cognito_provided_values", "settings", "asset", "client_id"


def size_of_base64(text: str) -> int:
    """Return the number of bytes that *text* in Base64 encodes, without decoding it."""
    kept = "".join(text.split()).rstrip("=")
    return len(kept) * 3 // 4


def _words(branding: Resource, _context: Context) -> Answers:
    for asset in branding.body.blocks(_ASSETS):
        yield from one_of(asset, "category", tuple(AssetCategory))
        yield from one_of(asset, "color_mode", tuple(ColorMode))
        yield from one_of(asset, "extension", tuple(AssetExtension))
        yield from text_within(asset, "resource_id", limits.RESOURCE_ID)


def _sizes(branding: Resource, _context: Context) -> Answers:
    yield from count_within(branding.body, _ASSETS, limits.ASSETS)
    yield from separately(*map(_size, branding.body.blocks(_ASSETS)))


def _size(asset: Block) -> Answers:
    size = size_of_base64(asset.text("bytes") or "")
    if size > limits.ASSET_BYTES.maximum:
        yield Violation(
            text=f"must be at most {limits.ASSET_BYTES.maximum} bytes, got {size}",
            at=f"{asset.path}bytes",
        )


def _total(branding: Resource, _context: Context) -> Answers:
    settings = branding.body.peek_text(_SETTINGS)
    images = [asset.peek_text("bytes") for asset in branding.body.blocks(_ASSETS)]
    size = len(settings.encode()) if isinstance(settings, str) else 0
    size += sum(size_of_base64(image) for image in images if isinstance(image, str))
    limit = limits.BRANDING_BYTES.maximum
    unknown = next((one for one in (settings, *images) if isinstance(one, Unknown)), None)
    if size > limit:
        yield Violation(text=f"must be at most {limit} bytes with settings and assets, got {size}")
    elif unknown is not None:
        raise UnknownValueError(unknown, at=_SETTINGS)


def _own_values_alone(branding: Resource, _context: Context) -> Answers:
    if branding.body.values.get(_SETTINGS) and branding.body.flag(_OWN):
        yield Violation(text=f"must not be true beside {_SETTINGS}", at=_OWN)


def _either(branding: Resource, _context: Context) -> Answers:
    if branding.body.peek_flag(_OWN) is None and branding.body.text(_SETTINGS) is None:
        yield Violation(text=f"must be set where {_SETTINGS} is not", at=_OWN)


def _icons(branding: Resource, _context: Context) -> Answers:
    return separately(*map(_icon, branding.body.blocks(_ASSETS)))


def _icon(asset: Block) -> Answers:
    category, extension = asset.text("category"), asset.text("extension")
    if (category == AssetCategory.FAVICON_ICO) is not (extension == AssetExtension.ICO):
        yield Violation(
            text=f"must be ICO for FAVICON_ICO and for no other, got {extension} for {category}",
            at=f"{asset.path}extension",
        )


def _one_for_a_client(branding: Resource, context: Context) -> Answers:
    client = context.configuration.known_target(branding, _CLIENT, CLIENT)
    if client is None:
        return
    first = context.configuration.members(client, BRANDING, _CLIENT).resources[0]
    if first is not branding:
        are_both_there(first, branding)
        yield Violation(
            text=f"must have one branding, got a second one after {first.address}", at=_CLIENT
        )


def _client_has_branding(client: Resource, context: Context) -> Answers:
    # `UserPoolDomain` warns of a client in another stack, which this configuration does not show.
    if surely(lambda: not has_sign_in_pages(client)):
        return
    pool = user_pool_of(client, context)
    domains = context.configuration.members(pool, DOMAIN).resources
    managed = [partial(has_managed_login, domain) for domain in domains]
    brandings = context.configuration.members(client, BRANDING, _CLIENT)
    if not brandings.resources and all_of(
        partial(has_sign_in_pages, client), lambda: any_of(*managed)
    ):
        if not brandings.complete:
            raise UnknownValueError(Unknown("the client of some branding is not known"))
        yield Violation(text=f"must have an {BRANDING}, got none")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVL01",
        slug="branding-asset-kinds",
        title="Images of managed login must be of kinds that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="Cognito refuses the branding at apply.",
        remedy="use the values of the API; the extension of a .jpg is JPEG",
        source="API, AssetCategoryType, ColorSchemeModeType, AssetExtensionType and ResourceIdType",
        check=_words,
    ),
    Rule(
        id="CVL02",
        slug="branding-asset-sizes",
        title=f"A branding must have at most {limits.ASSETS.maximum} images of at most "
        f"{limits.ASSET_BYTES.maximum:,} bytes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="Cognito refuses the branding at apply.",
        remedy="use fewer or smaller images",
        source="API, AssetListType and AssetBytesType",
        check=_sizes,
    ),
    Rule(
        id="CVL02B",
        slug="branding-size",
        title="A branding must have at most 2 MB in total",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="Cognito refuses the request at apply.",
        remedy="use fewer or smaller images in asset",
        source="API, CreateManagedLoginBranding: a request has at most 2 megabytes",
        check=_total,
    ),
    Rule(
        id="CVL03",
        slug="cognito-values-alone",
        title="Cognito's own branding must have no settings",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="Cognito refuses the branding at apply.",
        remedy="remove use_cognito_provided_values or settings",
        source="API, CreateManagedLoginBranding.UseCognitoProvidedValues; "
        "«useCognitoProvidedValues or settings should be specified (but not both)», "
        "badmintoncryer/cdk-preflight, "
        "pf-cognito-managed-login-branding-values-exclusive, where images beside it are "
        "accepted",
        check=_own_values_alone,
    ),
    Rule(
        id="CVL03B",
        slug="cognito-values-or-settings",
        title="A branding must state whether it is Cognito's own",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="The provider refuses a branding with neither settings nor "
        "use_cognito_provided_values.",
        remedy="set settings, or use_cognito_provided_values: true for Cognito's own branding, "
        "false for images only",
        source="AWS provider 6.13.0, managed_login_branding.go",
        check=_either,
    ),
    Rule(
        id="CVL05",
        slug="favicon-is-ico",
        title="The icon of the category FAVICON_ICO must be an .ico",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=BRANDING,
        why="Cognito probably refuses the branding at apply.",
        remedy="convert the image, or use FAVICON_SVG",
        source="lgallard/terraform-aws-cognito-user-pool #238 and #436; "
        "badmintoncryer/cdk-preflight, "
        "pf-cognito-managed-login-branding-asset-extension",
        check=_icons,
    ),
    Rule(
        id="CVL04",
        slug="one-branding-for-a-client",
        title="A client must have one branding of managed login",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=BRANDING,
        why="Cognito refuses the second: ManagedLoginBrandingExistsException.",
        remedy="remove one of the two",
        python_remedy="remove one of them",
        source="API, ManagedLoginBrandingExistsException",
        check=_one_for_a_client,
    ),
    Rule(
        id="CVL04B",
        slug="client-has-branding",
        title="A client of a pool with managed login must have a branding",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Without one, its users see an error instead of the sign-in page, unless somebody "
        "creates a branding in the console.",
        remedy="add an aws_cognito_managed_login_branding of the client with "
        "use_cognito_provided_values = true; it needs AWS provider "
        f"{versions.short(versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING])}",
        python_remedy="add a ManagedLoginBranding of the client, or remove default_branding=False",
        source="API, CreateUserPoolDomain.ManagedLoginVersion; developer guide, «Apply "
        "branding to managed login pages»",
        check=_client_has_branding,
    ),
)
