"""The appearance of the classic sign-in pages: style sheet and logo."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.values import _files


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassicPages:
    """Style sheet and logo of the classic pages. At least one of them is required.

    Args:
        css: The style sheet, at most 131,072 bytes. Cognito supports only a few class names, such
            as `.banner-customizable`. By default Cognito's own.
        image_file: The logo, at most 131,072 bytes. By default none.

    Raises:
        InvalidValueError: No style sheet and no logo, or one that is too large.
    """

    css: str | None = None
    image_file: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        if self.css is None and self.image_file is None:
            raise InvalidValueError(
                "ClassicPages",
                "must have a style sheet or a logo",
                got=None,
                remedy="set css or image_file",
            )
        if self.css is not None:
            subject = "ClassicPages.css"
            _checks.filled_text(
                subject, self.css, remedy="leave it out to use Cognito's own style sheet"
            )
            _files.check_size(subject, self.css.encode(), limits.CSS_BYTES, remedy="shorten it")
        if self.image_file is not None:
            subject = "ClassicPages.image_file"
            _checks.kind(subject, self.image_file, bytes)
            _files.check_size(
                subject, self.image_file, limits.IMAGE_BYTES, remedy="use a smaller image"
            )

    @classmethod
    def from_files(
        cls, *, css: str | Path | None = None, image_file: str | Path | None = None
    ) -> Self:
        """Read the style sheet and the logo from files.

        Raises:
            InvalidValueError: A file cannot be read, or Cognito does not accept its content.
        """
        return cls(
            css=None if css is None else _files.read_text("ClassicPages.css", css),
            image_file=None
            if image_file is None
            else _files.read("ClassicPages.image_file", image_file),
        )
