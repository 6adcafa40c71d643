"""The error that says: this package is not laid out as the ones we know."""


class UnknownLayoutError(Exception):
    """A jsii package is not laid out as we know it, so it must be used as shipped."""
