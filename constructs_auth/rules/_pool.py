"""What several rules ask of a user pool: what is written, which plan it has, whose a pool is."""

from collections.abc import Collection, Iterator

from constructs_auth.rules.ask import undecided
from constructs_auth.rules.rule import Context, Undecided, Violation
from constructs_auth.terraform.block import LEFT_OUT, Block, Text, Texts, Unknown
from constructs_auth.terraform.resource import Resource

POOL = "aws_cognito_user_pool"
_ELSEWHERE = Unknown("the user pool is not in this configuration")


def given(body: Block, name: str) -> Text:
    """Give a text that the provider passes on; it does not for an empty one or one left out."""
    value = body.peek_text(name)
    return None if value == "" or value is LEFT_OUT else value


def given_block(body: Block, name: str) -> Block | Unknown | None:
    """Give a block that is written; one that is left out is not."""
    found = body.peek_block(name)
    return None if found is LEFT_OUT else found


def holds(values: Texts, *wanted: str) -> bool | Unknown:
    """Say whether one of *wanted* is among *values*; what is left out holds nothing."""
    if isinstance(values, Unknown):
        return False if values is LEFT_OUT else values
    if any(value in wanted for value in values):
        return True
    return next((value for value in values if isinstance(value, Unknown)), False)


def each_of(body: Block, name: str, allowed: Collection[str]) -> Iterator[Violation | Undecided]:
    """Ask that each text of *name*, where it is set, is one of *allowed*."""
    values = body.peek_texts(name)
    if values is LEFT_OUT:
        return
    if isinstance(values, Unknown):
        yield undecided(body, name, values)
        return
    for at, value in enumerate(values):
        where = f"{body.path}{name}[{at}]"
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=where)
        elif value not in allowed:
            yield Violation(text=f"must be one of {', '.join(allowed)}, got {value!r}", at=where)


def first_factors(pool: Resource) -> "Texts | None":
    """Give what users may begin to sign in with, or `None` where nothing is said of it."""
    policy = given_block(pool.body, "sign_in_policy")
    if policy is None or isinstance(policy, Unknown):
        return policy
    return policy.peek_texts("allowed_first_auth_factors")


def pool_of(resource: Resource, context: Context) -> Resource | Unknown:
    """Give the user pool of *resource*; one that is elsewhere is not known."""
    found = context.configuration.target(resource, "user_pool_id")
    return _ELSEWHERE if found is None else found


def first_unknown(*values: object) -> Unknown | None:
    """Give the first of *values* that is not known."""
    return next((value for value in values if isinstance(value, Unknown)), None)
