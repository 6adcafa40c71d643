"""What several rules ask of a domain of sign-in pages."""

from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

DOMAIN = "aws_cognito_user_pool_domain"
MANAGED_LOGIN = 2
"""The version of the pages that is not the classic one (API: ManagedLoginVersion)."""


def is_custom(domain: Resource) -> bool | Unknown:
    """Say whether it is a domain of one's own, and no prefix of Cognito's."""
    if domain.body.peek_text("certificate_arn") not in {None, ""}:
        return True
    name = domain.body.peek_text("domain")
    return name if isinstance(name, Unknown) else "." in (name or "")


def has_managed_login(domain: Resource) -> bool | Unknown:
    """Say whether its pages are managed login; what is left out is the classic version."""
    version = domain.body.peek_number("managed_login_version")
    if version is LEFT_OUT or version is None:
        return False
    return version if isinstance(version, Unknown) else version == MANAGED_LOGIN
