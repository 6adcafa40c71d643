"""The planned change of one resource."""

from dataclasses import dataclass, field
from enum import StrEnum

from constructs_auth.review.differences import Difference, shown
from constructs_auth.terraform.resource import Resource


class Action(StrEnum):
    """Terraform's actions, the worst first, and the states that it finds before them."""

    GONE = "gone"
    """It is in the state, but the provider no longer finds it."""
    DELETE = "delete"
    REPLACE = "replace"
    SUPERSEDE = "supersede"
    """It stays in AWS, Terraform no longer manages it, and Terraform creates another one."""
    FORGET = "forget"
    """It stays in AWS, and Terraform no longer manages it."""
    UPDATE = "update"
    CREATE = "create"
    MOVE = "move"
    """Only the address changes."""
    IMPORT = "import"
    """Terraform only starts to manage it."""
    NOTHING = "no-op"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """A resource before and after.

    Attributes:
        address: Its address after the apply.
        type: `aws_cognito_user_pool`.
        action: The planned action.
        resource: The resource before, or after if it is new.
        before: The resource before, `None` if it is new.
        after: The resource after, `None` if it is deleted.
        differences: The changed arguments; empty if the resource is deleted.
        touched: The top-level arguments that change.
        folded: The paths of differences that have no meaning.
        causes: The arguments that make Terraform replace it: `password_policy.minimum_length`.
        creates_first: Whether a replacement creates before it deletes.
        reason: Terraform's `action_reason`, such as `replace_by_request`, or empty.
        previous_address: The address before a move, or `None`.
        is_deposed: Whether a failed replacement left it behind.
        deposed_key: Terraform's key of what was left behind, or empty.
        is_imported: Whether an `import` block brings it into the state.
    """

    address: str
    type: str
    action: Action
    resource: Resource
    before: Resource | None
    after: Resource | None
    differences: tuple[Difference, ...] = field(default=(), repr=False)
    touched: frozenset[str] = field(default=frozenset(), repr=False)
    folded: tuple[str, ...] = field(default=(), repr=False)
    causes: tuple[str, ...] = ()
    creates_first: bool = False
    reason: str = ""
    previous_address: str | None = None
    is_deposed: bool = False
    deposed_key: str = ""
    is_imported: bool = False

    @property
    def goes(self) -> bool:
        """Whether Terraform deletes or replaces the resource."""
        return self.action in {Action.DELETE, Action.REPLACE}

    @property
    def shown(self) -> tuple[Difference, ...]:
        """The differences as reports show them."""
        return tuple(shown(self.differences))

    @property
    def is_noise(self) -> bool:
        """Whether it is an update without any effect."""
        return self.action is Action.UPDATE and not self.differences
