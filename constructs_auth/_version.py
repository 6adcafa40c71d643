"""The version of this package, which the build reads from here."""

__version__ = "0.1.0"


def installed_version() -> str:
    """Return the version that pip has installed; empty if this code runs from its sources alone."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - rarely needed

    try:
        return version("constructs-auth")
    except PackageNotFoundError:
        return ""
