"""The roles that an identity pool made, by name."""

from constructs_auth import _checks
from constructs_auth.cognito.identity_pool_role import IdentityPoolRole
from constructs_auth.engine import Construct, IamRole
from constructs_auth.errors import InvalidValueError

AUTHENTICATED = "authenticated"
UNAUTHENTICATED = "unauthenticated"


class MadeRoles:
    """The roles of one identity pool, which are alike but for their users.

    Args:
        identity_pool: The pool, under which they are.
        identity_pool_id: Its id.
    """

    def __init__(self, identity_pool: Construct, *, identity_pool_id: str) -> None:
        self._identity_pool = identity_pool
        self._identity_pool_id = identity_pool_id
        self._roles: dict[str, IdentityPoolRole] = {}
        self._carry_tags = False

    def make(self, name: str) -> IdentityPoolRole:
        """Make the role *name*: for guests if it is called so, else for signed-in users."""
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
        """Make a further role for signed-in users.

        Raises:
            InvalidValueError: No name, or one that is taken.
        """
        subject = "IdentityPool.add_role, name"
        _checks.filled_text(subject, name, remedy="name the group or the task")
        own = (AUTHENTICATED, UNAUTHENTICATED)
        if name in own or self._identity_pool.node.try_find_child(name) is not None:
            raise InvalidValueError(
                subject,
                f"must be the role's own in {self._identity_pool.node.path}",
                got=name,
                remedy="keep what the first call gave, or choose another name",
            )
        return self.make(name)

    def get(self, name: str) -> IdentityPoolRole:
        """Give the role *name*.

        Raises:
            InvalidValueError: It was not made here.
        """
        if name not in self._roles:
            raise InvalidValueError(
                f"IdentityPool {self._identity_pool.node.path}",
                f"must have made the {name} role",
                got=[*self._roles],
                remedy=f"leave out {name}_role_arn and let the pool make it, for guests with "
                "allow_unauthenticated_identities=True"
                if name == UNAUTHENTICATED
                else f"leave out {name}_role_arn and let the pool make it",
            )
        return self._roles[name]

    def allow_session_tags(self) -> list[IamRole]:
        """Let sessions of signed-in users carry tags, those of later roles too; give the roles."""
        self._carry_tags = True
        for role in self._roles.values():
            role.allow_session_tags()
        return [role.resource for role in self._roles.values() if role.signed_in]
