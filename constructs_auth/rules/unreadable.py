"""What is raised where the Terraform that was handed over cannot be read."""

from constructs_auth.errors import ConstructsAuthError


class UnreadableError(ConstructsAuthError):
    """A file or a folder that is not what it should be; the text says which, and what to do."""

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}; {remedy}")
