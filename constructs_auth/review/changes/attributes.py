"""What is said of a pool's attributes, which Cognito only lets grow."""

from collections.abc import Mapping

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.block import Block

_SCHEMA = "schema"
_EMPTY: tuple[object, ...] = (None, "", [], {})


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _SCHEMA not in change.touched:
        return
    before, after = _attributes(change.before.body), _attributes(change.after.body)
    for name, old in before.items():
        if name not in after:
            yield Meaning(
                text=f"The apply fails: Cognito never removes the attribute {name}, and the "
                "provider refuses to try.",
                at=f'{_SCHEMA}["{name}"]',
            )
        elif _filled(old) != _filled(after[name]):
            yield Meaning(
                text=f"The apply fails: Cognito never changes the attribute {name}, and the "
                "provider refuses to try.",
                at=f'{_SCHEMA}["{name}"]',
            )


def _attributes(body: Block) -> Mapping[str, Mapping[str, object]]:
    return {block.text("name") or "": block.values for block in body.blocks(_SCHEMA)}


def _filled(attribute: object) -> object:
    """Leave out what is empty: the state and the plan write it in different ways."""
    if isinstance(attribute, Mapping):
        return {key: _filled(value) for key, value in attribute.items() if value not in _EMPTY}
    if isinstance(attribute, list):
        return [_filled(value) for value in attribute]
    return attribute


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH20",
        slug="schema-attribute-changed",
        title="An attribute is removed or changed",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="put the attribute back as it was, and add another one beside it",
        source="provider: «cannot modify or remove schema items»; developer guide, «Updating user "
        "pool configuration»",
        check=_changes,
    ),
)
