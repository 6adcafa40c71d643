"""What the classic sign-in pages look like."""

from pathlib import Path
from typing import Any

import pytest

from constructs_auth import ClassicPages
from tests.unit.samples import refusal

CSS = ".banner-customizable { background: #123456; }"


def test_accepts_either_of_the_two() -> None:
    assert ClassicPages(css=CSS).image_file is None
    assert ClassicPages(image_file=b"image").css is None


def test_reads_files(tmp_path: Path) -> None:
    (tmp_path / "pages.css").write_text(CSS, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"image")
    pages = ClassicPages.from_files(
        css=tmp_path / "pages.css", image_file=str(tmp_path / "logo.png")
    )
    assert pages == ClassicPages(css=CSS, image_file=b"image")


def test_refuses_neither_of_the_two() -> None:
    expected = "ClassicPages: must have a style sheet or a logo, got None; set css or image_file"
    assert refusal(ClassicPages) == expected
    assert refusal(ClassicPages.from_files) == expected


def test_refuses_a_file_that_is_not_there() -> None:
    assert refusal(lambda: ClassicPages.from_files(css="missing.css")) == (
        "ClassicPages.css: must be a file that can be read (No such file or directory), "
        "got 'missing.css'; give a path relative to your program: "
        "Path(__file__).parent / 'logo.png'"
    )


def test_refuses_a_style_sheet_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "pages.css"
    path.write_bytes(b"\xff\xfe")
    assert refusal(lambda: ClassicPages.from_files(css=path)) == (
        f"ClassicPages.css: must be text in UTF-8, got {str(path)!r}; save it as UTF-8"
    )


def test_the_size_of_a_style_sheet_is_counted_in_bytes() -> None:
    assert ClassicPages(css="x" * 131_072).css is not None
    assert refusal(lambda: ClassicPages(css="ä" * 65_537)) == (
        "ClassicPages.css: must be from 1 to 131072 bytes, got 131074; shorten it"
    )


@pytest.mark.parametrize("size", [0, 131_073])
def test_refuses_a_logo_of_another_size(size: int) -> None:
    assert refusal(lambda: ClassicPages(image_file=b"x" * size)) == (
        f"ClassicPages.image_file: must be from 1 to 131072 bytes, got {size}; use a smaller image"
    )


@pytest.mark.parametrize("image", ["logo.png", 3])
def test_refuses_a_logo_that_is_no_bytes(image: Any) -> None:
    assert refusal(lambda: ClassicPages(image_file=image)) == (
        f"ClassicPages.image_file: must be of type bytes, got {image!r}; write bytes(…)"
    )


def test_refuses_an_empty_style_sheet() -> None:
    assert refusal(lambda: ClassicPages(css="")) == (
        "ClassicPages.css: must be a text that is not empty, got ''; leave it out to use "
        "Cognito's own style sheet"
    )
