"""The IAM roles that only users of one identity pool can assume."""

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._iam import policy_document, role_name_prefix
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Construct, IamRole
from constructs_auth.errors import InvalidValueError
from constructs_auth.stack import region_at

_ISSUER = "cognito-identity.amazonaws.com"
_GOVCLOUD_ISSUERS = {
    "us-gov-east-1": "cognito-identity.us-gov-east-1.amazonaws.com",
    "us-gov-west-1": "cognito-identity-us-gov.amazonaws.com",
}
"""AWS GovCloud (US) user guide, «Amazon Cognito»."""


class IdentityPoolRole(AuthConstruct):
    """A role that only users of one identity pool may assume; `IdentityPool.add_role` creates it.

    It has no permissions: attach policies to *role_name*.

    Args:
        scope: The identity pool.
        construct_id: The id; the resource's Terraform name ends with it.
        identity_pool_id: The id of the identity pool.
        signed_in: Whether the role is for signed-in users instead of guests.

    Attributes:
        signed_in: Whether the role is for signed-in users instead of guests.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: The stack is in China, where the trust policy is not known; or a value of
            another kind.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_pool_id: str,
        signed_in: bool,
    ) -> None:
        _checks.filled_text(
            "IdentityPoolRole.identity_pool_id",
            identity_pool_id,
            remedy="pass identity_pool_id of the identity pool",
        )
        _checks.known_flag("IdentityPoolRole.signed_in", signed_in)
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
        """Allow tags in sessions of signed-in users, who otherwise get no session with tags."""
        if not self.signed_in:  # a guest's token has no claims
            return
        self.resource.assume_role_policy = self._trust_policy(
            "sts:AssumeRoleWithWebIdentity", "sts:TagSession"
        )

    def _trust_policy(self, *actions: str) -> str:
        """Return a trust policy; without `aud`, it would allow every identity pool."""
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
    """Return IAM's name of the identity service in the stack's region.

    Raises:
        InvalidValueError: The stack is in China, for which AWS's documentation names several.
    """
    region = region_at(scope) or ""
    if is_concrete(region) and region.startswith("cn-"):
        raise InvalidValueError(
            "IdentityPool",
            "must have the ARNs of its roles in China, where AWS documents no single issuer",
            got=region,
            remedy="set authenticated_role_arn and, for guests, unauthenticated_role_arn",
        )
    return _GOVCLOUD_ISSUERS.get(region, _ISSUER)


AUTHENTICATED = "authenticated"
UNAUTHENTICATED = "unauthenticated"


class CreatedRoles:
    """The roles that this library creates for one identity pool.

    Args:
        identity_pool: The pool, which is the parent of the roles.
        identity_pool_id: Its id.
    """

    def __init__(self, identity_pool: Construct, *, identity_pool_id: str) -> None:
        self._identity_pool = identity_pool
        self._identity_pool_id = identity_pool_id
        self._roles: dict[str, IdentityPoolRole] = {}
        self._carry_tags = False

    def create(self, name: str) -> IdentityPoolRole:
        """Create the role *name*, for guests if it is `UNAUTHENTICATED`."""
        role = IdentityPoolRole(
            self._identity_pool,
            name,
            identity_pool_id=self._identity_pool_id,
            signed_in=name != UNAUTHENTICATED,
        )
        self._roles[name] = role
        if self._carry_tags:
            role.allow_session_tags()
        return role

    def add(self, name: str) -> IdentityPoolRole:
        """Create another role for signed-in users.

        Raises:
            InvalidValueError: No name, or one that is already used.
        """
        subject = "IdentityPool.add_role, name"
        _checks.filled_text(subject, name, remedy="name the group or the task")
        own = (AUTHENTICATED, UNAUTHENTICATED)
        if name in own or self._identity_pool.node.try_find_child(name) is not None:
            raise InvalidValueError(
                subject,
                f"must be unique in {self._identity_pool.node.path}",
                got=name,
                remedy="use the role that the first call returned, or choose another name",
            )
        return self.create(name)

    def get(self, name: str) -> IdentityPoolRole:
        """Return the role *name*.

        Raises:
            InvalidValueError: This library did not create the role.
        """
        if name not in self._roles:
            raise InvalidValueError(
                f"IdentityPool {self._identity_pool.node.path}",
                f"must have its own {name} role",
                got=[*self._roles],
                remedy=f"leave out {name}_role_arn and set allow_unauthenticated_identities=True"
                if name == UNAUTHENTICATED
                else f"leave out {name}_role_arn, so that this library creates the role",
            )
        return self._roles[name]

    def allow_session_tags(self) -> list[IamRole]:
        """Allow session tags for signed-in users, also in later roles; return the roles."""
        self._carry_tags = True
        for role in self._roles.values():
            role.allow_session_tags()
        return [role.resource for role in self._roles.values() if role.signed_in]
