"""A branding of a state as a `ManagedLoginBranding`, with its settings and images as files."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_auth.adopt.parts import blocks, member
from constructs_auth.adopt.python import Argument, Call, Code, Expression, Items, literal
from constructs_auth.facts.templates import escaped
from constructs_auth.facts.words import AssetCategory, AssetExtension, ColorMode


@dataclass(frozen=True, slots=True, kw_only=True)
class WithFiles:
    """The arguments of a construct, and the files that they read.

    Attributes:
        arguments: The arguments.
        files: The content of each file, by its path beside the program.
    """

    arguments: tuple[Argument, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


def branding(
    values: Mapping[str, Any], *, construct_id: str, client: Expression
) -> WithFiles | None:
    """Return the arguments of the construct, or `None` if it cannot express the branding."""
    given = (Argument(name="client", value=client),)
    settings, assets = values.get("settings"), blocks(values, "asset")
    if not settings and not assets:
        return WithFiles(arguments=given)
    files: dict[str, bytes] = {}
    found: list[Argument] = []
    if settings:
        name = f"branding/{construct_id}.json"
        try:
            document = json.loads(settings)
        except ValueError:
            return None
        files[name] = (json.dumps(document, indent=2, sort_keys=True) + "\n").encode()
        if escaped(settings) != settings:  # Terraform would evaluate the text of the file
            return None
        text = Code(f'({beside(name)}).read_text(encoding="utf-8")', ("json", "Path"))
        found.append(Argument(name="settings", value=Call("json.loads", (text,))))
    listed: list[Expression] = []
    for one in assets:
        category = member(AssetCategory, str(one.get("category")))
        mode = member(ColorMode, str(one.get("color_mode")))
        content = decoded(one.get("bytes"))
        extension = str(one.get("extension"))
        # It becomes a part of a path, so only words of the API are allowed.
        is_known = member(AssetExtension, extension) is not None
        if category is None or mode is None or content is None or not is_known:
            return None
        ending = f"{one['category']}_{one['color_mode']}.{extension}".lower()
        name = f"branding/{construct_id}_{ending}"
        files[name] = content
        keywords = (
            Argument(name="category", value=category),
            Argument(name="color_mode", value=mode),
        )
        listed.append(Call("BrandingAsset.from_file", (Code(beside(name), ("Path",)),), keywords))
    if listed:
        found.append(Argument(name="assets", value=Items(listed)))
    own = Argument(name="branding", value=Call("BrandingSettings", (), found))
    return WithFiles(arguments=(*given, own), files=files)


def classic_pages(
    values: Mapping[str, Any], *, construct_id: str, domain: Expression, client: Expression
) -> WithFiles | None:
    """Return the arguments of a `UserPoolUICustomization`, or `None` if it sets nothing."""
    files: dict[str, bytes] = {}
    pages: list[Argument] = []
    css = str(values.get("css") or "")
    if css:
        name = f"branding/{construct_id}.css"
        if escaped(css) != css:  # Terraform would evaluate the text of the file
            return None
        files[name] = css.encode()
        pages.append(Argument(name="css", value=Code(beside(name), ("Path",))))
    image = decoded(values.get("image_file"))
    if image:
        ending = "png" if image.startswith(b"\x89PNG") else "jpg"
        name = f"branding/{construct_id}.{ending}"
        files[name] = image
        pages.append(Argument(name="image_file", value=Code(beside(name), ("Path",))))
    if not pages:
        return None
    given = [
        Argument(name="domain", value=domain),
        Argument(name="pages", value=Call("ClassicPages.from_files", (), pages)),
    ]
    if client is not None:
        given.append(Argument(name="client", value=client))
    return WithFiles(arguments=tuple(given), files=files)


def beside(name: str) -> str:
    """Return the source of the path of a file beside the program."""
    return f"Path(__file__).parent / {literal(name)}"


def decoded(content: object) -> bytes | None:
    """Return the bytes of a base64 text, or `None` if there are none."""
    if not isinstance(content, str) or not content:
        return None
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return None
