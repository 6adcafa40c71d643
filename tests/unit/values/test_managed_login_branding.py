"""What the pages of managed login look like."""

from pathlib import Path
from typing import Any

import pytest

from constructs_auth import (
    AssetCategory,
    AssetExtension,
    BrandingAsset,
    BrandingSettings,
    ColorMode,
)
from constructs_auth.values.managed_login_branding import settings_json
from tests.unit.samples import refusal

LOGO: dict[str, Any] = {
    "category": AssetCategory.FORM_LOGO,
    "color_mode": ColorMode.LIGHT,
    "extension": AssetExtension.PNG,
    "content": b"image",
}


def logo(**changes: Any) -> BrandingAsset:
    """Make a logo that differs in *changes*."""
    return BrandingAsset(**{**LOGO, **changes})


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("logo.png", AssetExtension.PNG),
        ("logo.JPG", AssetExtension.JPEG),
        ("logo.jpeg", AssetExtension.JPEG),
        ("logo.dark.svg", AssetExtension.SVG),
        ("logo.webp", AssetExtension.WEBP),
    ],
)
def test_the_ending_of_a_file_is_its_kind(
    name: str, extension: AssetExtension, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"image")
    asset = BrandingAsset.from_file(
        tmp_path / name, category=AssetCategory.FORM_LOGO, color_mode=ColorMode.DARK
    )
    assert asset == logo(color_mode=ColorMode.DARK, extension=extension)


@pytest.mark.parametrize("name", ["logo.gif", "logo"])
def test_refuses_a_file_of_another_kind(name: str) -> None:
    assert refusal(
        lambda: BrandingAsset.from_file(
            name, category=AssetCategory.FORM_LOGO, color_mode=ColorMode.LIGHT
        )
    ) == (
        f"BrandingAsset.from_file: must be the path of an image, got {name!r}; "
        "use a file name that ends in .ico, .jpeg, .jpg, .png, .svg or .webp"
    )


def test_refuses_a_file_that_is_not_there() -> None:
    assert refusal(
        lambda: BrandingAsset.from_file(
            "missing/logo.png", category=AssetCategory.FORM_LOGO, color_mode=ColorMode.LIGHT
        )
    ) == (
        "BrandingAsset.from_file: must be a file that can be read (No such file or directory), "
        "got 'missing/logo.png'; give a path relative to your program: "
        "Path(__file__).parent / 'logo.png'"
    )


def test_a_value_may_be_its_text() -> None:
    asset = logo(category="FAVICON_ICO", color_mode="DYNAMIC", extension="ICO")
    assert asset.category is AssetCategory.FAVICON_ICO
    assert asset.color_mode is ColorMode.DYNAMIC
    assert asset.extension is AssetExtension.ICO


@pytest.mark.parametrize(
    ("category", "extension"),
    [("FAVICON_ICO", "PNG"), ("FORM_LOGO", "ICO"), ("FAVICON_SVG", "ICO")],
)
def test_only_the_favicon_is_an_ico(category: str, extension: str) -> None:
    assert refusal(lambda: logo(category=category, extension=extension)) == (
        "BrandingAsset.extension: must be ICO for FAVICON_ICO and for no other category, "
        f"got '{extension} for {category}'; convert the image, or choose another category"
    )


def test_refuses_an_unknown_colour_mode() -> None:
    assert refusal(lambda: logo(color_mode="BLUE")) == (
        "BrandingAsset.color_mode: must be a member of ColorMode, got 'BLUE'; "
        "choose from ColorMode.DARK, ColorMode.DYNAMIC, ColorMode.LIGHT"
    )


def test_accepts_the_largest_image() -> None:
    assert len(logo(content=b"x" * 1_000_000).content) == 1_000_000


@pytest.mark.parametrize("size", [0, 1_000_001])
def test_refuses_an_image_of_another_size(size: int) -> None:
    assert refusal(lambda: logo(content=b"x" * size)) == (
        f"BrandingAsset.content: must be from 1 to 1000000 bytes, got {size}; use a smaller image"
    )


def test_refuses_text_as_image() -> None:
    assert refusal(lambda: logo(content="image")) == (
        "BrandingAsset.content: must be of type bytes, got 'image'; write bytes(…)"
    )


def test_the_bytes_of_an_image_are_not_shown() -> None:
    assert "content" not in repr(logo())


def test_settings_are_written_in_the_order_of_their_keys() -> None:
    settings = BrandingSettings(settings={"b": [1], "a": {"d": None, "c": "${var.x}"}})
    assert settings_json(settings) == '{"a": {"c": "${var.x}", "d": null}, "b": [1]}'


def test_images_need_no_settings() -> None:
    settings = BrandingSettings(assets=[logo()])
    assert settings.assets == (logo(),)
    assert settings_json(settings) is None


def test_refuses_nothing() -> None:
    assert refusal(BrandingSettings) == (
        "BrandingSettings: must have settings or assets, got None; "
        "use CognitoProvidedValues() for Cognito's own branding"
    )


@pytest.mark.parametrize("settings", ["{}", ["a"], None])
def test_refuses_settings_that_are_no_mapping(settings: Any) -> None:
    assert refusal(lambda: BrandingSettings(settings=settings)) == (
        f"BrandingSettings.settings: must be a mapping, got {settings!r}; "
        "write a dict of strings, numbers, lists and dicts"
    )


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"a": b"x"}, "Object of type bytes is not JSON serializable"),
        ({"a": {1, 2}}, "Object of type set is not JSON serializable"),
    ],
)
def test_refuses_settings_that_are_no_json(settings: Any, reason: str) -> None:
    assert refusal(lambda: BrandingSettings(settings=settings)) == (
        f"BrandingSettings.settings: must be a value that JSON can represent, got '{reason}'; "
        "write a dict of strings, numbers, lists and dicts"
    )


def test_refuses_more_than_40_images() -> None:
    places = [
        (category, mode)
        for category in AssetCategory
        if category is not AssetCategory.FAVICON_ICO
        for mode in ColorMode
    ]
    images = [logo(category=category, color_mode=mode) for category, mode in places[:41]]
    assert len(BrandingSettings(assets=images[:40]).assets) == 40
    assert refusal(lambda: BrandingSettings(assets=images)) == (
        "BrandingSettings.assets: must be at most 40 assets, got 41; remove some"
    )


def test_refuses_two_images_for_one_place() -> None:
    images = [logo(), logo(color_mode=ColorMode.DARK), logo(content=b"other")]
    assert len(BrandingSettings(assets=images[:2]).assets) == 2
    assert refusal(lambda: BrandingSettings(assets=images)) == (
        "BrandingSettings.assets[2]: must be the only image of its category and color mode, got "
        "'FORM_LOGO, LIGHT'; remove one of the two"
    )


def test_refuses_more_than_2_megabytes_in_all() -> None:
    images = [logo(color_mode=mode, content=b"x" * 1_000_000) for mode in ColorMode]
    assert len(BrandingSettings(assets=images[:2]).assets) == 2
    assert refusal(lambda: BrandingSettings(assets=images)) == (
        "BrandingSettings: must be at most 2097152 bytes, settings and assets, got 3000000; "
        "use smaller images"
    )


def test_refuses_the_same_image_twice() -> None:
    text = refusal(lambda: BrandingSettings(assets=[logo(), logo()]))
    assert text.startswith("BrandingSettings.assets[1]: must not repeat, got BrandingAsset(")
    assert text.endswith("; name it once")
