"""What several rules ask of an identity pool and of the roles that it hands out."""

from collections.abc import Iterator

from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Reference, Resource

IDENTITY_POOL = "aws_cognito_identity_pool"
ROLES = "aws_cognito_identity_pool_roles_attachment"
ROLE = "aws_iam_role"
_ARGUMENTS = ("roles", "role_mapping")


def is_handed_out(role: Resource, configuration: Configuration) -> bool:
    """Say whether an identity pool of the configuration gives *role* to its users."""
    return any(
        role.static_address in _addresses(attachment) for attachment in configuration.of_type(ROLES)
    )


def roles_handed_out(attachment: Resource, configuration: Configuration) -> tuple[Resource, ...]:
    """Give the roles of the configuration that *attachment* names, each once."""
    found = (
        role
        for argument in _ARGUMENTS
        for role in configuration.named_in(attachment, argument)
        if isinstance(role, Resource) and role.type == ROLE
    )
    return tuple(dict.fromkeys(found))


def _addresses(attachment: Resource) -> Iterator[str]:
    for argument in _ARGUMENTS:
        for reference in attachment.references.get(argument, ()):
            if isinstance(reference, Reference):
                yield reference.address
