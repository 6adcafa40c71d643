"""What is said of a pool's attributes, which Cognito only lets grow."""

from collections.abc import Mapping

from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.configuration import USER_POOL

_AT = "schema"
_EMPTY: tuple[object, ...] = (None, "", [], {})


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _AT not in change.touched:
        return
    before, after = _attributes(change.before.body), _attributes(change.after.body)
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        why = (
            before.why
            if isinstance(before, Unknown)
            else after.why
            if isinstance(after, Unknown)
            else ""
        )
        yield Undecided(why=why, at=_AT)
        return
    for name, old in before.items():
        if name not in after:
            yield Meaning(
                text=f"The apply fails: Cognito never removes the attribute {name}, and the "
                "provider refuses to try.",
                at=f'{_AT}["{name}"]',
            )
        elif _filled(old) != _filled(after[name]):
            yield Meaning(
                text=f"The apply fails: Cognito never changes the attribute {name}, and the "
                "provider refuses to try.",
                at=f'{_AT}["{name}"]',
            )


def _attributes(body: Block) -> dict[str, Mapping[str, object]] | Unknown:
    found = body.peek_blocks("schema")
    if isinstance(found, Unknown):
        return found
    attributes: dict[str, Mapping[str, object]] = {}
    for block in found:
        name = block.peek_text("name")
        if isinstance(name, Unknown):
            return name
        attributes[name or ""] = block.values
    return attributes


def _filled(attribute: object) -> object:
    """Leave out what is empty: the state and the plan write it in different ways."""
    if isinstance(attribute, Mapping):
        return {key: _filled(value) for key, value in attribute.items() if value not in _EMPTY}
    if isinstance(attribute, list):
        return [_filled(value) for value in attribute]
    return attribute


SCHEMA_CHANGED = ChangeRule(
    id="CH20",
    title="An attribute is removed or changed",
    effect=Effect.FAILS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="put the attribute back as it was, and add another one beside it",
    source="provider: «cannot modify or remove schema items»; developer guide, «Updating user pool "
    "configuration»",
    check=_changes,
)
