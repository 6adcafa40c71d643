"""Read files whose content becomes part of the Terraform configuration."""

from pathlib import Path

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.limits import Range


def read(subject: str, path: str | Path) -> bytes:
    """Read the file *path*.

    Raises:
        InvalidValueError: The file cannot be read.
    """
    _checks.kind(subject, path, str, Path)
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InvalidValueError(
            subject,
            f"must be a file that can be read ({error.strerror})",
            got=str(path),
            remedy="give a path relative to your program: Path(__file__).parent / 'logo.png'",
        ) from None


def read_text(subject: str, path: str | Path) -> str:
    """Read the file *path* as text.

    Raises:
        InvalidValueError: The file cannot be read, or is not in UTF-8.
    """
    try:
        return read(subject, path).decode()
    except UnicodeDecodeError:
        raise InvalidValueError(
            subject, "must be text in UTF-8", got=str(path), remedy="save it as UTF-8"
        ) from None


def check_size(subject: str, content: bytes, limit: Range, *, remedy: str) -> None:
    """Reject content that is empty or larger than *limit*."""
    if not 0 < len(content) <= limit.maximum:
        raise InvalidValueError(
            subject, f"must be from 1 to {limit.maximum} bytes", got=len(content), remedy=remedy
        )
