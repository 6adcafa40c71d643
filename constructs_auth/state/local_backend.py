"""Terraform state in a file beside the configuration, until there is a bucket for it."""

import re
from dataclasses import dataclass

from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBackend:
    """State in a local file: for the stack that makes the bucket of the state, and for trials.

    Nobody else sees such a state, nothing locks it, and the secrets of the stack are in it in the
    clear. `terraform init -migrate-state` moves it once the stack has an `S3Backend`.

    Args:
        path: The file, from the folder that Terraform runs in. By default `terraform.tfstate` in
            that folder, as Terraform has it.

    Raises:
        InvalidValueError: A path of one machine (an absolute one), an empty one or a token.
    """

    path: str = "terraform.tfstate"

    def __post_init__(self) -> None:
        """Check the path."""
        path = self.path
        # Also a drive of Windows: the Terraform is the same on every machine.
        relative = isinstance(path, str) and re.match(r"[^/\\~](?!:)", path) is not None
        if not relative or not is_concrete(path):
            raise InvalidValueError(
                "LocalBackend.path",
                "must be a path from the folder that Terraform runs in",
                got=path,
                remedy="write one such as 'terraform.tfstate'",
            )
