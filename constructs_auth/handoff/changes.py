"""What is new since the last hand-off: in words, and as moves of addresses."""

from collections.abc import Iterator, Mapping
from typing import Final

from constructs_auth.handoff.manifest import Manifest, Resource

HEAD: Final = "# Changelog\n\nWhat each hand-off changed, newest first.\n"


def moved_addresses(
    before: Manifest | None, after: Mapping[str, Resource], asked: Mapping[str, str]
) -> dict[str, str]:
    """Give the address that each former address became.

    A resource is taken for the same one where the same construct made it, of the same type: its
    path is in the manifest. Where both path and address are new, nobody but its author knows.

    Args:
        before: The last hand-off; None for the first.
        after: The resources of this one.
        asked: Moves that somebody asked for.
    """
    moved = dict(before.moved) if before else {}
    gone = {a: r for a, r in before.resources.items() if a not in after} if before else {}
    for address, resource in after.items():
        if before and address not in before.resources and resource.construct:
            for former, gone_resource in gone.items():
                same_type = former.partition(".")[0] == address.partition(".")[0]
                if same_type and gone_resource.construct == resource.construct:
                    moved[former] = address
    moved.update(asked)
    return {former: now for former, now in sorted(moved.items()) if former not in after}


def lost_pools(
    before: Manifest | None, after: Mapping[str, Resource], moved: Mapping[str, str]
) -> tuple[str, ...]:
    """Give the addresses of user pools that are gone and were not moved: with them their users."""
    if before is None:
        return ()
    return tuple(
        address
        for address in sorted(before.resources)
        if address.startswith("aws_cognito_user_pool.")
        and address not in after
        and address not in moved
    )


def entry(
    number: int,
    before: Manifest,
    after: Mapping[str, Resource],
    moved: Mapping[str, str],
) -> str | None:
    """Write what changed, or None where no resource did."""
    lines = [*_lines(before, after, moved)]
    return "\n".join([f"## Hand-off {number}", "", *lines]) + "\n" if lines else None


def first_entry(after: Mapping[str, Resource]) -> str:
    """Write the entry of the first hand-off."""
    count = "1 resource" if len(after) == 1 else f"{len(after)} resources"
    return f"## Hand-off 1\n\n- The first one, with {count}.\n"


def _lines(
    before: Manifest, after: Mapping[str, Resource], moved: Mapping[str, str]
) -> Iterator[str]:
    new_moves = {old: new for old, new in moved.items() if before.moved.get(old) != new}
    yield from (f"- Moved `{old}` to `{new}`." for old, new in new_moves.items())
    former = {new: old for old, new in new_moves.items()}
    for address in sorted(after):
        known = before.resources.get(former.get(address, address))
        if known is None:
            yield f"- Added `{address}`."
            continue
        names = sorted({*known.arguments, *after[address].arguments})
        changed = [
            f"`{name}`"
            for name in names
            if known.arguments.get(name) != after[address].arguments.get(name)
        ]
        if changed:
            yield f"- Changed `{address}`: {', '.join(changed)}."
    for address in sorted(before.resources):
        if address not in after and address not in new_moves:
            yield f"- Removed `{address}`."
