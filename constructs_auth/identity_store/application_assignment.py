"""Who may use an application of IAM Identity Center."""

from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.engine import Construct, SsoadminApplicationAssignment
from constructs_auth.facts import limits
from constructs_auth.identity_store.group import IdentityStoreGroup
from constructs_auth.identity_store.identity_store import home_provider
from constructs_auth.identity_store.user import IdentityStoreUser

Principal: TypeAlias = IdentityStoreGroup | IdentityStoreUser


class IdentityCenterApplicationAssignment(AuthConstruct):
    """Lets one group, or one user, sign in to one application.

    The application is made by hand where it speaks SAML: neither the API nor Terraform can make
    one. Its ARN is in the console, on the application's page.

    **Can never be changed**, only replaced: all of it.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        application_arn: The ARN of the application.
        principal: Who may use it; prefer a group.

    Attributes:
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: Something else than the ARN of an application and a principal.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, application_arn: str, principal: Principal
    ) -> None:
        subject = "IdentityCenterApplicationAssignment"
        _checks.text(
            f"{subject}.application_arn",
            application_arn,
            limits.APPLICATION_ARN,
            remedy="copy it from the application's page in Identity Center",
        )
        _checks.kind(f"{subject}.principal", principal, IdentityStoreGroup, IdentityStoreUser)
        kind, principal_id = (
            ("GROUP", principal.group_id)
            if isinstance(principal, IdentityStoreGroup)
            else ("USER", principal.user_id)
        )

        super().__init__(scope, construct_id)
        self.resource = SsoadminApplicationAssignment(
            self,
            "Default",
            application_arn=application_arn,
            principal_id=principal_id,
            principal_type=kind,
            provider=home_provider(self, principal.identity_store.region),
        )
