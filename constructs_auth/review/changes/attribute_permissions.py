"""Which attributes of its users a client may read and write."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

_WRITE, _READ = "write_attributes", "read_attributes"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    written, read = compare.texts(change, _WRITE), compare.texts(change, _READ)
    if isinstance(written, Undecided):
        yield written
    elif isinstance(written, SetChange):
        if not written.after:
            yield Meaning(
                text=f"Users may change every attribute of their own through {client}: an empty "
                "list stands for all.",
                at=_WRITE,
            )
        elif written.added and written.before:
            yield Meaning(
                text=f"Users may change {names.listed(written.added)} of their own through "
                f"{client}: whoever trusts them trusts the user.",
                at=_WRITE,
            )
    if isinstance(read, Undecided):
        yield read
    elif isinstance(read, SetChange) and read.after:
        gone = read.removed if read.before else ()
        if gone:
            yield Meaning(
                text=f"{client} no longer finds {names.listed(gone)} in ID tokens and user info.",
                at=_READ,
                effect=Effect.BREAKS,
            )


ATTRIBUTE_PERMISSIONS_CHANGED = ChangeRule(
    id="CH36",
    title="A client may write more attributes, or read fewer",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="let clients write only what users may say of themselves, never a role or a tenant",
    source="API, UserPoolClientType.WriteAttributes, ReadAttributes",
    check=_changes,
)
