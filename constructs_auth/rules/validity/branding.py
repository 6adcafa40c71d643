"""What Cognito asks of a style of managed login by itself."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.facts.words import AssetCategory, AssetExtension, ColorMode
from constructs_auth.rules._client import (
    undecided_at,
)
from constructs_auth.rules._files import size_of_base64
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules.ask import count_within, one_of, text_within
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

BRANDING = "aws_cognito_managed_login_branding"
_OWN, _SETTINGS, _ASSETS = "use_cognito_provided_values", "settings", "asset"


def _assets(branding: Resource) -> Iterator[Block | Undecided]:
    blocks = branding.body.peek_blocks(_ASSETS)
    if isinstance(blocks, Unknown):
        yield undecided_at(_ASSETS, blocks)
    else:
        yield from blocks


def _words(branding: Resource, _context: Context) -> Answers:
    for asset in _assets(branding):
        if isinstance(asset, Undecided):
            yield asset
        else:
            yield from one_of(asset, "category", tuple(AssetCategory))
            yield from one_of(asset, "color_mode", tuple(ColorMode))
            yield from one_of(asset, "extension", tuple(AssetExtension))
            yield from text_within(asset, "resource_id", limits.RESOURCE_ID)


def _sizes(branding: Resource, _context: Context) -> Answers:
    yield from count_within(branding.body, _ASSETS, limits.ASSETS)
    for asset in _assets(branding):
        content = asset if isinstance(asset, Undecided) else asset.peek_text("bytes")
        if isinstance(asset, Undecided):
            yield asset
        elif isinstance(content, Unknown):
            yield undecided_at(f"{asset.path}bytes", content)
        elif isinstance(content, str):
            size = size_of_base64(content)
            if size > limits.ASSET_BYTES.maximum:
                yield Violation(
                    text=f"must be at most {limits.ASSET_BYTES.maximum} bytes, got {size}",
                    at=f"{asset.path}bytes",
                )


def _total(branding: Resource, _context: Context) -> Answers:
    settings = branding.body.peek_text(_SETTINGS)
    size = len(settings.encode()) if isinstance(settings, str) else 0
    unknown = settings if isinstance(settings, Unknown) else None
    for asset in _assets(branding):
        content = asset if isinstance(asset, Undecided) else asset.peek_text("bytes")
        if isinstance(content, Undecided):
            yield content
        elif isinstance(content, Unknown):
            unknown = content
        elif content is not None:
            size += size_of_base64(content)
    limit = limits.BRANDING_BYTES.maximum
    if size > limit:
        yield Violation(text=f"must be at most {limit} bytes, settings and assets, got {size}")
    elif unknown is not None:
        yield undecided_at(_SETTINGS, unknown)


def _own_values_alone(branding: Resource, _context: Context) -> Answers:
    own = branding.body.peek_flag(_OWN)
    others = [name for name in (_SETTINGS, _ASSETS) if branding.body.values.get(name)]
    if own is None or own is False or not others:
        return
    if isinstance(own, Unknown):
        yield undecided_at(_OWN, own)
    else:
        yield Violation(text=f"must not be true beside {' and '.join(others)}", at=_OWN)


def _either(branding: Resource, _context: Context) -> Answers:
    own, settings = branding.body.peek_flag(_OWN), branding.body.peek_text(_SETTINGS)
    if own is not None or isinstance(settings, str):
        return
    if isinstance(settings, Unknown):
        yield undecided_at(_SETTINGS, settings)
    else:
        yield Violation(text=f"must be set where {_SETTINGS} is not", at=_OWN)


def _icons(branding: Resource, _context: Context) -> Answers:
    for asset in _assets(branding):
        if isinstance(asset, Undecided):
            yield asset
            continue
        category, extension = asset.peek_text("category"), asset.peek_text("extension")
        unknown = first_unknown(category, extension)
        if unknown is not None:
            yield undecided_at(f"{asset.path}extension", unknown)
        elif (category == AssetCategory.FAVICON_ICO) is not (extension == AssetExtension.ICO):
            yield Violation(
                text=f"must be ICO for FAVICON_ICO and for no other, got {extension} for "
                f"{category}",
                at=f"{asset.path}extension",
            )


ASSET_WORDS = Rule(
    id="CVL01",
    title="Images of managed login are of kinds that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="Cognito refuses the style at apply.",
    remedy="write the words of the API; the kind of a .jpg is JPEG",
    source="API, AssetCategoryType, ColorSchemeModeType, AssetExtensionType and ResourceIdType",
    check=_words,
)

ASSET_SIZES = Rule(
    id="CVL02",
    title="A style has at most 40 images of at most 1,000,000 bytes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="Cognito refuses the style at apply.",
    remedy="give fewer or smaller images",
    source="API, AssetListType and AssetBytesType",
    check=_sizes,
)

BRANDING_SIZE = Rule(
    id="CVL02B",
    title="A style has at most 2 MB altogether",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="Cognito refuses the request at apply.",
    remedy="give fewer or smaller images",
    source="API, CreateManagedLoginBranding",
    check=_total,
)

OWN_VALUES_ALONE = Rule(
    id="CVL03",
    title="Cognito's own style excludes settings and images",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="Cognito refuses the style at apply.",
    remedy="take use_cognito_provided_values out, or settings and asset",
    source="API, CreateManagedLoginBranding, UseCognitoProvidedValues",
    check=_own_values_alone,
)

OWN_VALUES_OR_SETTINGS = Rule(
    id="CVL03B",
    title="A style says whether it is Cognito's own",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=BRANDING,
    why="The provider refuses a style with neither settings nor use_cognito_provided_values.",
    remedy="set settings, or use_cognito_provided_values: true for Cognito's own style, false "
    "for images alone",
    source="AWS provider 6, managed_login_branding.go",
    check=_either,
)

ICON_FORMAT = Rule(
    id="CVL05",
    title="The icon of the category FAVICON_ICO is an .ico",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=BRANDING,
    why="Cognito probably refuses the style at apply.",
    remedy="convert the image, or use FAVICON_SVG",
    source="lgallard/terraform-aws-cognito-user-pool #238 and #436",
    check=_icons,
)
