"""Checks of one argument, undecided if its value is unknown."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import cast

from constructs_auth.facts.limits import Range, Text
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.rules.rule import Answers, Context, Undecided, Violation, separately
from constructs_auth.terraform.block import LEFT_OUT, Block, KnownTexts, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Reference, Resource

_LONGEST = 80
_PERHAPS_NONE = Unknown("how many instances there are is not known")
_ELSEWHERE = Unknown("the user pool is not in this configuration")


def text_within(body: Block, name: str, limit: Text) -> Iterator[Violation | Undecided]:
    """Check that the text *name*, where it is set, has the length and the pattern of *limit*."""
    value = body.peek_text(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None:
        yield from outside(value, limit, f"{body.path}{name}")


def texts_within(body: Block, name: str, limit: Text) -> Iterator[Violation | Undecided]:
    """Check that each text of *name* has the length and the pattern of *limit*."""
    values = body.peek_texts(name)
    if values is LEFT_OUT:
        return
    if isinstance(values, Unknown):
        yield undecided(body, name, values)
        return
    for at, value in enumerate(values):
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=f"{body.path}{name}[{at}]")
        else:
            yield from outside(value, limit, f"{body.path}{name}[{at}]")


def number_within(body: Block, name: str, limit: Range) -> Iterator[Violation | Undecided]:
    """Check that the number *name*, where it is set, is in *limit*."""
    value = body.peek_number(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None and not limit.minimum <= value <= limit.maximum:
        unit = f" {limit.unit}" if limit.unit else ""
        yield Violation(
            text=f"must be from {limit.minimum} to {limit.maximum}{unit}, got {value}",
            at=f"{body.path}{name}",
        )


def count_within(body: Block, name: str, limit: Range) -> Iterator[Violation | Undecided]:
    """Check that the list *name*, where it is set, has as many items as *limit* allows."""
    value = body.peek(name)
    if value is None or value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif isinstance(value, Sized) and not limit.minimum <= len(value) <= limit.maximum:
        yield Violation(
            text=f"must be {limit.minimum} to {limit.maximum} {limit.unit}, got {len(value)}",
            at=f"{body.path}{name}",
        )


def one_of(body: Block, name: str, allowed: Collection[str]) -> Iterator[Violation | Undecided]:
    """Check that the text *name*, where it is set, is one of *allowed*."""
    value = body.peek_text(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None and value not in allowed:
        yield Violation(
            text=f"must be one of {', '.join(allowed)}, got {value!r}", at=f"{body.path}{name}"
        )


def is_text(body: Block, name: str, wanted: str) -> Iterator[Violation | Undecided]:
    """Check that the text *name* is *wanted*."""
    value = body.peek_text(name)
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value != wanted:
        yield Violation(text=f"must be {wanted}, got {shown(value)}", at=f"{body.path}{name}")


def is_flag(
    body: Block, name: str, *, wanted: bool, default: bool | None = None
) -> Iterator[Violation | Undecided]:
    """Check that the flag *name* is *wanted*; where it is not set, it is *default*."""
    value = body.peek_flag(name)
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif (default if value is None else value) is not wanted:
        yield Violation(
            text=f"must be {str(wanted).lower()}, got {shown(value)}", at=f"{body.path}{name}"
        )


def undecided(body: Block, name: str, value: Unknown) -> Undecided:
    """Report that the value of *name* is not known."""
    return Undecided(why=value.why, at=f"{body.path}{name}")


def shown(value: object) -> str:
    """Format a value as Terraform does; an unset one as `null`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a map"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(value: str) -> str:
    """Quote a text, and cut it if it is long."""
    return repr(value) if len(value) <= _LONGEST else f"{value[:_LONGEST]!r}…"


def outside(value: str, limit: Text, at: str) -> Iterator[Violation]:
    """Report *value* if *limit* does not allow its length or its characters."""
    size = f"{limit.minimum} to {limit.maximum} characters"
    if not limit.minimum <= len(value) <= limit.maximum:
        yield Violation(text=f"must be {size}, got {len(value)}", at=at)
    elif not limit.accepts(value):
        yield Violation(text=f"must be {size}, {limit.allowed}, got {quoted(value)}", at=at)


def each_text(texts: KnownTexts, question: Callable[[str], Answers]) -> Answers:
    """Ask *question* about each known text separately; unknown texts leave it undecided."""
    return separately(*(question(text) for text in texts.known), _rest(texts))


def _rest(texts: KnownTexts) -> Answers:
    texts.all()
    yield from ()


def user_pool_of(resource: Resource, context: Context) -> Resource:
    """Return the user pool of *resource*.

    Raises:
        UnknownValueError: The pool is unknown or not in this configuration.
    """
    found = context.configuration.known_target(resource, "user_pool_id")
    if found is None:
        raise UnknownValueError(_ELSEWHERE, at="user_pool_id", address=resource.address)
    return found


def member_of_pool(
    resource: Resource, context: Context, *, kind: str, name: str, meant: str
) -> Resource | None:
    """Return the resource of type *kind* in the pool of *resource* that has the name *meant*.

    Args:
        resource: The resource that refers to the member.
        context: The configuration to search.
        kind: The type of the member.
        name: The argument that holds the member's name.
        meant: The name to look for.

    Raises:
        UnknownValueError: No known member has that name, and there may be others.
    """
    pool = user_pool_of(resource, context)
    found = _members_by_name(pool, context, kind=kind, name=name).get(meant)
    if found:
        return found[-1]
    members = context.configuration.members(pool, kind)
    hidden = None if members.complete else Unknown("the other members of the pool are not known")
    called = (member.body.peek_text(name) for member in members.resources)
    hidden = next((one for one in called if isinstance(one, Unknown)), hidden)
    if hidden is not None:
        raise UnknownValueError(hidden, at=name, address=resource.address)
    return None


def _members_by_name(
    pool: Resource, context: Context, *, kind: str, name: str
) -> Mapping[str, Sequence[Resource]]:
    """Return the resources of the type *kind* in *pool*, in their order, by their known *name*.

    A pool can have thousands, so the result is cached.
    """
    question = ("members by name", pool.address, kind, name)
    known = context.remembered.get(question)
    if known is None:
        found: dict[str, list[Resource]] = {}
        for member in context.configuration.members(pool, kind).resources:
            called = member.body.peek_text(name)
            if isinstance(called, str):
                found.setdefault(called, []).append(member)
        known = context.remembered[question] = found
    return cast("Mapping[str, Sequence[Resource]]", known)


def has_unique_name(resource: Resource, context: Context, name: str) -> Answers:
    """Report a *name* that an earlier resource of the same type and pool already has.

    If the pool is outside the configuration, this reports nothing: the other members are unknown.
    """
    pool = context.configuration.known_target(resource, "user_pool_id")
    if pool is None:
        return
    value = resource.body.text(name)
    if value is None:
        return
    alike = _members_by_name(pool, context, kind=resource.type, name=name).get(value, ())
    if alike and alike[0] is not resource:
        are_both_there(resource, alike[0])
        yield Violation(
            text=f"must be unique in the pool, got {value!r}, which {alike[0].address} already has",
            at=name,
        )


def are_both_there(*resources: Resource) -> None:
    """End the question if one of *resources* may have no instance.

    Raises:
        UnknownValueError: One has `count`, `for_each` or OpenTofu's `enabled` that is not
            evaluated, or is in a module that has: Terraform may create one or the other.
    """
    if len({each.perhaps_in for each in resources}) > 1:
        each = next(each for each in resources if each.perhaps_in)
        raise UnknownValueError(_PERHAPS_NONE, at="count", address=each.perhaps_in)
    for each in resources:
        if each.body.evaluated:
            continue
        if each.body.values.keys() & {"count", "for_each"}:
            raise UnknownValueError(_PERHAPS_NONE, at="count", address=each.address)
        if _is_conditional(each.body.values.get("lifecycle")):
            raise UnknownValueError(_PERHAPS_NONE, at="lifecycle", address=each.address)


def _is_conditional(lifecycle: object) -> bool:
    """Return whether `enabled`, which OpenTofu has since 1.11, may leave the resource out."""
    block = lifecycle[0] if isinstance(lifecycle, list) and lifecycle else lifecycle
    return isinstance(block, Mapping) and block.get("enabled", True) is not True


def is_set(body: Block, name: str) -> bool:
    """Return whether the text *name* is set, known or not; an empty text counts as unset."""
    value = body.peek_text(name)
    return value not in {None, ""} and value is not LEFT_OUT


def each_of(body: Block, name: str, allowed: Collection[str]) -> Iterator[Violation | Undecided]:
    """Check that each text of *name*, where it is set, is one of *allowed*."""
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


def known_blocks(body: Block, name: str) -> tuple[Block, ...]:
    """Return the blocks *name*; none if they are unknown, which another rule reports."""
    found = body.peek_blocks(name)
    return () if isinstance(found, Unknown) else found


def each_once(
    blocks: Sequence[Block], name: str, *, write: Callable[[str], str] = str
) -> Iterator[Violation | Undecided]:
    """Check that no two of *blocks* have the same *name*; *write* formats a repeated one."""
    seen: set[str] = set()
    for block in blocks:
        value = block.peek_text(name)
        if isinstance(value, Unknown):
            if len(blocks) > 1:
                yield undecided(block, name, value)
        elif value in seen:
            yield Violation(text=f"must not repeat, got {write(value)}", at=f"{block.path}{name}")
        elif value is not None:
            seen.add(value)


def of_set(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the *blocks* of a set without repetitions, which Terraform merges."""
    found: list[Block] = []
    for block in blocks:
        if all(block.values != other.values for other in found):
            found.append(block)
    return tuple(found)


def either(words: Sequence[str]) -> str:
    """Format *words* as a choice: `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def is_created_before(resource: Resource, argument: str, other: Resource) -> bool:
    """Return whether *argument* of *resource*, or its `depends_on`, references *other*.

    A dependency on a whole module counts as a reference.
    """
    for reference in resource.references.get(argument, ()):
        if isinstance(reference, Reference) and reference.address == other.static_address:
            return True
    module, _, name = other.static_address.rpartition(".")
    wanted = f"{module.rpartition('.')[2]}.{name}"
    return any(
        each == wanted or each.startswith((f"{wanted}[", "module.")) for each in resource.depends_on
    )


def references_by_expression(
    resource: Resource, argument: str, written: str, other: Resource | None
) -> Answers:
    """Check that Terraform creates *other* before *resource*, whose *argument* holds *written*."""
    if other is not None and not is_created_before(resource, argument, other):
        yield Violation(
            text=f"must reference {other.address}, got the text {written!r}", at=argument
        )


WHY_ONE_FOR_A_CLIENT = (
    "Cognito keeps one for each client and one for all other clients. The one that Terraform "
    "applies last overwrites the other."
)
KEEP_ONE_FOR_A_CLIENT = "remove one of the two, or give it the client_id of another client"
"""The reason and the remedy of rules on resources of which a client has one, or all others."""


def is_the_only_one(
    resource: Resource,
    context: Context,
    whose: Callable[[Resource, Context], object],
    *,
    what: str,
    at: str,
) -> Answers:
    """Check that no earlier resource of the same type has the same owner.

    Args:
        resource: The resource to check.
        context: The configuration with the other resources.
        whose: Returns the owner of a resource; `None` if it is not in the configuration. It is
            called once for each resource.
        what: The thing of which an owner may have only one.
        at: The argument that names the owner.
    """
    owners = _owners_of(resource.type, context, whose)
    if resource is owners.resources[0]:
        return
    own = owners.by_resource[resource]
    if isinstance(own, UnknownValueError):
        raise _again(own)
    if own is None:
        return
    first = owners.first[own]
    if first is not resource:
        are_both_there(first, resource)
        yield Violation(text=f"must have one {what}, got a second one after {first.address}", at=at)
    elif resource in owners.after_unknown:
        raise _again(owners.after_unknown[resource])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owners:
    """The owner of each resource of one type.

    Attributes:
        resources: The resources, in their order.
        by_resource: The owner of each, or why it is not known.
        first: The first resource of each owner.
        after_unknown: For each resource after one with an unknown owner: the first such error.
    """

    resources: tuple[Resource, ...]
    by_resource: Mapping[Resource, object]
    first: Mapping[object, Resource]
    after_unknown: Mapping[Resource, UnknownValueError]


def _owners_of(
    kind: str, context: Context, whose: Callable[[Resource, Context], object]
) -> _Owners:
    known = context.remembered.get((kind, whose))
    if isinstance(known, _Owners):
        return known
    resources = context.configuration.of_type(kind)
    by_resource: dict[Resource, object] = {}
    first: dict[object, Resource] = {}
    after_unknown: dict[Resource, UnknownValueError] = {}
    unknown: UnknownValueError | None = None
    for resource in resources:
        if unknown is not None:
            after_unknown[resource] = unknown
        try:
            owner = whose(resource, context)
        except UnknownValueError as error:
            by_resource[resource] = error
            unknown = unknown or error
        else:
            by_resource[resource] = owner
            first.setdefault(owner, resource)
    owners = _Owners(
        resources=resources, by_resource=by_resource, first=first, after_unknown=after_unknown
    )
    context.remembered[kind, whose] = owners
    return owners


def _again(error: UnknownValueError) -> UnknownValueError:
    """Return a new error, because an error that is raised repeatedly collects all tracebacks."""
    return UnknownValueError(error.unknown, at=error.at, address=error.address)


def address_of_target(
    resource: Resource, context: Context, argument: str, kind: str = USER_POOL, *, by: str = "id"
) -> str | None:
    """Return the address of the resource that *argument* names; `None` if it is elsewhere.

    Raises:
        UnknownValueError: The target is unknown, or is one of several instances.
    """
    target = context.configuration.known_target(resource, argument, kind, by=by)
    if target is None:
        return None
    if not target.body.evaluated and target.body.values.keys() & {"count", "for_each"}:
        several = Unknown(f"one of several instances of {target.address}")
        raise UnknownValueError(several, at=argument, address=resource.address)
    return target.address
