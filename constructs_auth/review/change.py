"""What a plan does to one resource."""

from dataclasses import dataclass, field
from enum import StrEnum

from constructs_auth.review.differences import Difference
from constructs_auth.terraform.resource import Resource


class Action(StrEnum):
    """What Terraform will do, the worst first."""

    DELETE = "delete"
    REPLACE = "replace"
    FORGET = "forget"
    """It stays in AWS, and Terraform no longer knows it."""
    UPDATE = "update"
    CREATE = "create"
    MOVE = "move"
    """Nothing but another address."""
    IMPORT = "import"
    """Nothing but that Terraform knows it from now on."""
    NOTHING = "no-op"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """A resource before and after.

    Attributes:
        address: Its address after.
        type: `aws_cognito_user_pool`.
        action: What happens to it.
        resource: How it is, or where it is new, how it will be.
        before: How it is, `None` where it is new.
        after: How it will be, `None` where it will not be.
        differences: What differs; nothing where it is deleted.
        touched: The arguments at the top in which something differs.
        folded: Where there are differences that are only noise.
        causes: The arguments that make Terraform replace it: `password_policy.minimum_length`.
        creates_first: Whether a replacement creates before it deletes.
        reason: Terraform's `action_reason`, such as `replace_by_request`, or empty.
        previous_address: Where it was before it moved, or `None`.
        is_deposed: Whether it is what a failed replacement left behind.
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

    @property
    def goes(self) -> bool:
        """Whether what is there now will not be there any more."""
        return self.action in {Action.DELETE, Action.REPLACE}

    @property
    def is_noise(self) -> bool:
        """Whether it is an update of nothing that anybody would notice."""
        return self.action is Action.UPDATE and not self.differences


def top_argument(path: str) -> str:
    """Give the argument at the top of *path*: of `schema["team"].name`, it is `schema`."""
    return path.partition(".")[0].partition("[")[0]
