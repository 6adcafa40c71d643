"""What an IAM role needs to plan with a state, and to apply, and nothing else."""

from collections.abc import Collection
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.state.backends import check_key


class StateAccess(StrEnum):
    """What a role may do with a state."""

    PLAN = "plan"
    """Read it, and lock it: `terraform plan`."""
    APPLY = "apply"
    """Read, lock and write it: `terraform apply`, and everything else."""


def checked_keys(subject: str, keys: Collection[str]) -> tuple[str, ...]:
    """Check the keys of states, and sort them.

    Raises:
        InvalidValueError: No key, one that S3 does not accept, one that only Terraform will know,
            or one with a wildcard of IAM.
    """

    def check(label: str, key: str) -> str:
        check_key(label, key)
        if "*" in key or "?" in key:
            raise InvalidValueError(
                label,
                "must name one state, and * and ? stand for many in a policy",
                got=key,
                remedy="name each state by itself",
            )
        return key

    remedy = "name the states, such as ['prod/auth.tfstate']"
    kept = _checks.items(subject, keys, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(sorted(kept))
