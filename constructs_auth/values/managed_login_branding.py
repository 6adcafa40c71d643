"""Branding of the managed login pages: Cognito's own values, or settings and images."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeAlias

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import AssetCategory, AssetExtension, ColorMode
from constructs_auth.values import _files


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandingAsset:
    """One image on the pages; use `BrandingAsset.from_file(…)` for a file.

    Args:
        category: Where the pages show it.
        color_mode: In which color mode of the browser the pages show it.
        extension: The file type; `ICO` for the category `FAVICON_ICO` and for no other.
        content: Its bytes, at most 1,000,000.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    category: AssetCategory
    color_mode: ColorMode
    extension: AssetExtension
    content: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        category = _checks.known_member("BrandingAsset.category", self.category, AssetCategory)
        mode = _checks.known_member("BrandingAsset.color_mode", self.color_mode, ColorMode)
        extension = _checks.known_member("BrandingAsset.extension", self.extension, AssetExtension)
        object.__setattr__(self, "category", category)
        object.__setattr__(self, "color_mode", mode)
        object.__setattr__(self, "extension", extension)
        _checks.kind("BrandingAsset.content", self.content, bytes)
        _files.check_size(
            "BrandingAsset.content",
            self.content,
            limits.ASSET_BYTES,
            remedy="use a smaller image",
        )
        # lgallard/terraform-aws-cognito-user-pool#238 and #436.
        if (extension is AssetExtension.ICO) is not (category is AssetCategory.FAVICON_ICO):
            raise InvalidValueError(
                "BrandingAsset.extension",
                "must be ICO for FAVICON_ICO and for no other category",
                got=f"{extension} for {category}",
                remedy="convert the image, or choose another category",
            )

    @classmethod
    def from_file(cls, path: str | Path, *, category: AssetCategory, color_mode: ColorMode) -> Self:
        """Read an image file; the file extension gives the type, and `.jpg` means `JPEG`.

        Raises:
            InvalidValueError: The file cannot be read, or is not an image that Cognito accepts.
        """
        subject = "BrandingAsset.from_file"
        ending = Path(_checks.kind(subject, path, str, Path)).suffix.removeprefix(".").upper()
        ending = "JPEG" if ending == "JPG" else ending
        if ending not in AssetExtension.__members__:
            raise InvalidValueError(
                subject,
                "must be the path of an image",
                got=str(path),
                remedy="use a file name that ends in .ico, .jpeg, .jpg, .png, .svg or .webp",
            )
        return cls(
            category=category,
            color_mode=color_mode,
            extension=AssetExtension(ending),
            content=_files.read(subject, path),
        )


@dataclass(frozen=True, slots=True)
class CognitoProvidedValues:
    """Cognito's own branding; it allows no other settings or images."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandingSettings:
    """Your own branding. Settings and images together have at most 2 MB.

    Args:
        settings: The settings of the branding editor; `DescribeManagedLoginBranding` returns them
            as JSON. By default Cognito's own.
        assets: Up to 40 images, one for each category and color mode. By default Cognito's own.

    Raises:
        InvalidValueError: Neither settings nor images, settings that are not a JSON object, or too
            many bytes or images.
    """

    settings: Mapping[str, object] = field(default_factory=dict)
    assets: Collection[BrandingAsset] = ()

    def __post_init__(self) -> None:
        """Check the values."""
        assets = _checks.items(
            "BrandingSettings.assets",
            self.assets,
            lambda label, value: _checks.kind(label, value, BrandingAsset),
            remedy="write [BrandingAsset.from_file(…)]",
        )
        object.__setattr__(self, "assets", assets)
        if len(assets) > limits.ASSETS.maximum:
            raise InvalidValueError(
                "BrandingSettings.assets",
                f"must be at most {limits.ASSETS.maximum} assets",
                got=len(assets),
                remedy="remove some",
            )
        _check_places(assets)
        text = settings_json(self)
        if text is None and not assets:
            raise InvalidValueError(
                "BrandingSettings",
                "must have settings or assets",
                got=None,
                remedy="use CognitoProvidedValues() for Cognito's own branding",
            )
        size = len((text or "").encode()) + sum(len(asset.content) for asset in assets)
        if size > limits.BRANDING_BYTES.maximum:
            raise InvalidValueError(
                "BrandingSettings",
                f"must be at most {limits.BRANDING_BYTES.maximum} bytes, settings and assets",
                got=size,
                remedy="use smaller images",
            )


def _check_places(assets: Collection[BrandingAsset]) -> None:
    """Reject images of the same category and mode (the provider's managed_login_branding.go)."""
    places = [(asset.category, asset.color_mode) for asset in assets]
    for index, (category, mode) in enumerate(places):
        if (category, mode) in places[:index]:
            raise InvalidValueError(
                f"BrandingSettings.assets[{index}]",
                "must be the only image of its category and color mode",
                got=f"{category}, {mode}",
                remedy="remove one of the two",
            )


Branding: TypeAlias = CognitoProvidedValues | BrandingSettings


def settings_json(branding: BrandingSettings) -> str | None:
    """Return the settings as JSON in the order of their keys, or `None` if there are none.

    Raises:
        InvalidValueError: The settings are not a JSON object.
    """
    subject = "BrandingSettings.settings"
    remedy = "write a dict of strings, numbers, lists and dicts"
    if not isinstance(branding.settings, Mapping):
        raise InvalidValueError(subject, "must be a mapping", got=branding.settings, remedy=remedy)
    if not branding.settings:
        return None
    try:
        return json.dumps(dict(branding.settings), sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidValueError(
            subject, "must be a value that JSON can represent", got=str(error), remedy=remedy
        ) from None
