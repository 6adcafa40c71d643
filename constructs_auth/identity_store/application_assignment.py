"""Assignments of users and groups to applications of IAM Identity Center."""

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
    """Allow one group or one user to sign in to one application.

    Create a SAML application by hand, because neither the API nor Terraform can create one. Its ARN
    is on the application's page in the console.

    **Changing** any argument replaces the assignment.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        application_arn: The ARN of the application.
        principal: Who may use it; prefer a group.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: The values are not the ARN of an application and a principal.
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
