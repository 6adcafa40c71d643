"""Resources of one type in one user pool, by their names."""

from collections.abc import Iterator, Mapping

from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._pool import first_unknown, pool_of
from constructs_auth.rules.rule import Answers, Context, Undecided, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource


def has_a_name_of_its_own(resource: Resource, context: Context, name: str) -> Answers:
    """Ask that no earlier resource of the type and the pool of *resource* has its *name*.

    Of a pool that is elsewhere nothing is asked: who else is in it is never known.
    """
    pool = context.configuration.target(resource, "user_pool_id")
    if pool is None:
        return
    value = resource.body.peek_text(name)
    unknown = first_unknown(pool, value)
    if unknown is not None:
        yield undecided_at(name, unknown)
    elif isinstance(pool, Resource) and value is not None:
        for other in context.configuration.members(pool, resource.type).resources:
            if other is resource:
                return
            if other.body.peek_text(name) == value:
                yield Violation(
                    text=f"must be its own in the pool, got {value!r}, that of {other.address}",
                    at=name,
                )
                return


def find_in_pool(
    resource: Resource,
    context: Context,
    wanted: Mapping[str, str],
    *,
    kind: str,
    name: str,
    at: str,
) -> Iterator[tuple[str, Resource | Undecided | None]]:
    """Give what *resource* asks for of the members of its pool; `None` where there is no such.

    Args:
        resource: Who asks.
        context: Where to look.
        wanted: What *resource* writes, and the name that it means by it.
        kind: The type of the members.
        name: Which argument of them is the name.
        at: The argument of *resource*.
    """
    if not wanted:
        return
    pool = pool_of(resource, context)
    if isinstance(pool, Unknown):
        yield "", undecided_at(at, pool)
        return
    members = context.configuration.members(pool, kind)
    by_name = {member.body.peek_text(name): member for member in members.resources}
    hidden = first_unknown(*by_name)
    if hidden is None and not members.complete:
        hidden = Unknown("what else the pool has is not known")
    for written, meant in wanted.items():
        member = by_name.get(meant)
        yield written, undecided_at(at, hidden) if member is None and hidden else member
