"""What a hand-off refuses."""

from constructs_auth.errors import ConstructsAuthError, UnreadableError


class HandoffError(ConstructsAuthError):
    """A hand-off that is refused; nothing was written.

    The text reads `subject: rule; what to do`, and never holds a value.
    """

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}; {remedy}")


class ForeignFolderError(HandoffError):
    """A folder that this package did not write, or that was edited since."""


class NotTerraformError(UnreadableError):
    """JSON that Terraform would not read; the subject is its path."""


class LiteralSecretError(UnreadableError):
    """A secret stands in the Terraform itself; the subject is its path."""
