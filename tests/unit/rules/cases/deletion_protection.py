"""Deletion protection."""

from tests.unit.rules.cases import UNKNOWN, Case, pool

CASES = (
    Case(
        rule="CG101",
        bad=pool(),
        says=("aws_cognito_user_pool.users: deletion_protection: must be ACTIVE, got null",),
        good=pool(deletion_protection="ACTIVE"),
        unknown=pool(deletion_protection=UNKNOWN),
    ),
)
