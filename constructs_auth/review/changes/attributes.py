"""The attributes of a pool, which Cognito allows to add but never to change or remove."""

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
                text=f"The apply fails: Cognito cannot remove the attribute {name}, and the "
                "provider rejects the change.",
                at=f'{_SCHEMA}["{name}"]',
            )
        elif _filled(old) != _filled(after[name]):
            yield Meaning(
                text=f"The apply fails: Cognito cannot change the attribute {name}, and the "
                "provider rejects the change.",
                at=f'{_SCHEMA}["{name}"]',
            )


def _attributes(body: Block) -> Mapping[str, Mapping[str, object]]:
    return {block.text("name") or "": block.values for block in body.blocks(_SCHEMA)}


def _filled(attribute: object) -> object:
    """Drop empty values: the state and the plan represent them differently."""
    if isinstance(attribute, Mapping):
        return {key: _filled(value) for key, value in attribute.items() if value not in _EMPTY}
    if isinstance(attribute, list):
        return [_filled(value) for value in attribute]
    return attribute


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH20",
        slug="schema-attribute-changed",
        title="A schema attribute is removed or changed",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the attribute, and add a new one beside it",
        source="provider: «cannot modify or remove schema items»; developer guide, «Updating user "
        "pool configuration»",
        check=_changes,
    ),
)
