"""Attributes of the older kind that only developers may write."""

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.ask import is_flag
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity
from constructs_auth.rules.validity.schema import attributes_of
from constructs_auth.terraform.resource import Resource


def _are_not_used(pool: Resource, _context: Context) -> Answers:
    for attribute in attributes_of(pool):
        yield from is_flag(attribute, "developer_only_attribute", wanted=False, default=False)


NO_DEVELOPER_ATTRIBUTES = Rule(
    id="CG122",
    title="No attribute is developer-only",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=POOL,
    why="AWS replaced them by the write_attributes of app clients; what only dev:… protects is "
    "overlooked in reviews of those.",
    remedy="define a custom attribute and leave it out of the clients' write_attributes; on a pool "
    "that is there accept this finding: attributes cannot be removed",
    source="API, SchemaAttributeType.DeveloperOnlyAttribute",
    check=_are_not_used,
)
