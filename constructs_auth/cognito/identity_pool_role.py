"""The role in AWS that users of an identity pool get, and nobody else."""

from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._iam_documents import policy_document, role_name_prefix
from constructs_auth.engine import Construct, IamRole, TerraformStack
from constructs_auth.errors import InvalidValueError
from constructs_auth.stack import AuthStack

_ISSUER = "cognito-identity.amazonaws.com"
_GOVCLOUD_ISSUERS = {
    "us-gov-east-1": "cognito-identity.us-gov-east-1.amazonaws.com",
    "us-gov-west-1": "cognito-identity-us-gov.amazonaws.com",
}
"""AWS GovCloud (US) user guide, «Amazon Cognito»."""


class IdentityPoolRole(AuthConstruct):
    """A role that only users of one identity pool may assume; `IdentityPool.add_role` makes it.

    It allows nothing yet: attach policies to *role_name*.

    Args:
        scope: The identity pool.
        construct_id: The id; the resource's Terraform name ends with it.
        identity_pool_id: The id of the identity pool.
        signed_in: Whether it is for signed-in users, and not for guests.

    Attributes:
        signed_in: Whether it is for signed-in users, and not for guests.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: The stack is in China, for which the trust policy is not known.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_pool_id: str,
        signed_in: bool,
    ) -> None:
        issuer = identity_issuer(scope)
        super().__init__(scope, construct_id)
        self.signed_in = signed_in
        self._issuer = issuer
        self._identity_pool_id = identity_pool_id
        users = "signed-in users" if signed_in else "guests"
        self.resource = IamRole(
            self,
            "Default",
            assume_role_policy=self._trust_policy("sts:AssumeRoleWithWebIdentity"),
            description=f"For {users} of the identity pool {scope.node.path}",
            name_prefix=role_name_prefix(scope.node.id, construct_id),
        )
        name_after(scope, self.resource, construct_id)

    @property
    def role_arn(self) -> str:
        """The ARN, for groups and rules; known after the apply."""
        return self.resource.arn

    @property
    def role_name(self) -> str:
        """The name, for policies; known after the apply."""
        return self.resource.name

    def allow_session_tags(self) -> None:
        """Let sessions of signed-in users carry tags; without it, tags would keep users out."""
        if not self.signed_in:  # the token of a guest has no claims
            return
        self.resource.assume_role_policy = self._trust_policy(
            "sts:AssumeRoleWithWebIdentity", "sts:TagSession"
        )

    def _trust_policy(self, *actions: str) -> str:
        """Without the pool in `aud`, every identity pool of the world would do."""
        amr = "authenticated" if self.signed_in else "unauthenticated"
        return policy_document(
            {
                "Action": list(actions) if len(actions) > 1 else actions[0],
                "Condition": {
                    "ForAnyValue:StringLike": {f"{self._issuer}:amr": amr},
                    "StringEquals": {f"{self._issuer}:aud": self._identity_pool_id},
                },
                "Effect": "Allow",
                "Principal": {"Federated": self._issuer},
            }
        )


def identity_issuer(scope: Construct) -> str:
    """Give the name under which IAM knows the identity pools of the stack's region.

    Raises:
        InvalidValueError: The stack is in China, where AWS's documents name several.
    """
    stack = TerraformStack.of(scope)
    region = stack.region if isinstance(stack, AuthStack) else ""
    if is_concrete(region) and region.startswith("cn-"):
        raise InvalidValueError(
            "IdentityPool",
            "must be given its roles in China, for whose trust policies AWS names no one issuer",
            got=region,
            remedy="give the ARNs of roles",
        )
    return _GOVCLOUD_ISSUERS.get(region, _ISSUER)
