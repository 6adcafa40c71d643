"""Whether Terraform makes one resource before another."""

from collections.abc import Iterable, Iterator

from constructs_auth.rules.rule import Undecided, Violation
from constructs_auth.terraform.resource import Reference, Resource


def is_made_before(resource: Resource, argument: str, other: Resource) -> bool:
    """Say whether *argument* of *resource*, or its `depends_on`, names *other*.

    What depends on a whole module is taken to be in order.
    """
    for reference in resource.references.get(argument, ()):
        if isinstance(reference, Reference) and reference.address == other.static_address:
            return True
    module, _, name = other.static_address.rpartition(".")
    wanted = f"{module.rpartition('.')[2]}.{name}"
    return any(
        each == wanted or each.startswith((f"{wanted}[", "module.")) for each in resource.depends_on
    )


def known_after(
    resource: Resource, at: str, found: Iterable[tuple[str, Resource | Undecided | None]]
) -> Iterator[Violation | Undecided]:
    """Ask that Terraform makes what was *found* before *resource*, whose argument *at* names it."""
    for written, other in found:
        if isinstance(other, Undecided):
            yield other
        elif other is not None and not is_made_before(resource, at, other):
            yield Violation(
                text=f"must be known after {other.address}, got {written!r} as a text", at=at
            )
