"""The attributes of a pool, which Cognito allows to add but never to change or remove."""

from collections.abc import Iterator, Mapping

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import AFTER_APPLY, Block, UnknownValueError
from constructs_auth.terraform.sensitive import is_marked

_SCHEMA = "schema"
_PREFIXES = ("dev:", "custom:")
_STANDARD = frozenset((*StandardAttributeName, *READ_ONLY_ATTRIBUTES))
_CONSTRAINTS = ("number_attribute_constraints", "string_attribute_constraints")
_EMPTY: tuple[object, ...] = (None, False, "", [], {})
"""Values that mean "not set"; the state and the plan use different ones, also for flags."""

_Attributes = Mapping[str, Block]


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _SCHEMA not in change.touched:
        return ()
    before, after = _attributes(change.before.body), _attributes(change.after.body)
    return separately(*(_change(name, old, after.get(name)) for name, old in before.items()))


def _change(name: str, old: Block, new: Block | None) -> Answers:
    at = f'{_SCHEMA}["{name}"]'
    if new is None:
        yield Meaning(
            text=f"The apply fails: Cognito cannot remove the attribute {name}, and the provider "
            "rejects the change.",
            at=at,
            remedy=f"restore the block: {_written(name, old)}",
        )
        return
    if is_marked(new.unknown):
        raise UnknownValueError(AFTER_APPLY, at=at)
    if _identity(old) == _identity(new):
        return
    if _without_constraints(old) != _without_constraints(new):
        yield Meaning(
            text=f"The apply fails: Cognito cannot change the attribute {name}, and the provider "
            "rejects the change.",
            at=at,
            remedy=f"restore the block: {_written(name, old)}; if you need other settings, add an "
            "attribute with another name beside it",
        )
    elif (new.text("name") or "") != name:
        yield Meaning(
            text=f"The apply fails, although it would change nothing: the provider reads the "
            f"attribute {name} without its prefix, so {new.text('name')} looks like another one.",
            at=at,
            remedy=f'write name = "{name}": Cognito adds the prefix',
        )
    elif not any(map(new.blocks, _CONSTRAINTS)):
        yield Meaning(
            text=f"The apply fails, although it would change nothing: Cognito returns constraints "
            f"for the attribute {name}, the configuration has none, and the provider rejects the "
            "difference.",
            at=at,
            remedy=f"write the constraints as Cognito has them: {_written(name, old)}",
        )
    else:
        yield Meaning(
            text=f"The apply fails: Cognito cannot change the constraints of the attribute {name}, "
            "and the provider rejects the change.",
            at=at,
            remedy=f"restore the block: {_written(name, old)}",
        )


def _adds_a_standard_one(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or _SCHEMA not in change.touched:
        return ()
    before, after = _attributes(change.before.body), _attributes(change.after.body)
    new = [name for name in after if name not in before and name in _STANDARD]
    return separately(*(_standard(name, after[name]) for name in new))


def _standard(name: str, attribute: Block) -> Answers:
    if attribute.text("name") != name or attribute.flag("developer_only_attribute"):
        return
    at = f'{_SCHEMA}["{name}"]'
    if attribute.flag("required"):
        yield Meaning(
            text=f"The apply fails: Cognito cannot make the standard attribute {name} required in "
            "a pool that exists. The provider asks for a custom attribute, which cannot be "
            "required.",
            at=at,
            effect=Effect.FAILS,
            remedy="remove the block, and let a pre sign-up trigger or the application require the "
            "attribute; only a new pool can require it",
        )
    else:
        yield Meaning(
            text=f"The apply adds the attribute custom:{name}, which can never be removed: every "
            f"pool has {name} from the beginning, and the provider can only add custom attributes.",
            at=at,
        )


def _attributes(body: Block) -> _Attributes:
    """Return the attributes by their names without prefix.

    A plan may contain an empty block in addition to those of the configuration.
    """
    found: dict[str, Block] = {}
    for block in body.blocks(_SCHEMA):
        name = block.text("name")
        if name:
            for prefix in _PREFIXES:
                name = name.removeprefix(prefix)
            found[name] = block
    return found


def _identity(attribute: Block) -> object:
    """Return what the provider compares: a block of constraints counts even if it is empty."""
    blocks = {name: _filled(attribute.values.get(name) or None) for name in _CONSTRAINTS}
    return {**_without_constraints(attribute), **blocks, "name": attribute.text("name")}


def _without_constraints(attribute: Block) -> dict[str, object]:
    return {
        name: value
        for name, value in attribute.values.items()
        if name not in {"name", *_CONSTRAINTS} and value not in _EMPTY
    }


def _filled(value: object) -> object:
    """Drop empty values; an empty block stays."""
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, Mapping):
        return {name: inner for name, inner in value.items() if inner not in _EMPTY}
    return value


def _written(name: str, attribute: Block) -> str:
    """Return the arguments that give the attribute as the state has it."""
    return f"{_SCHEMA} with {', '.join(_arguments(name, attribute))}"


def _arguments(name: str, attribute: Block) -> Iterator[str]:
    yield f'name = "{name}"'
    yield f'attribute_data_type = "{attribute.text("attribute_data_type")}"'
    for flag in ("developer_only_attribute", "mutable", "required"):
        if attribute.flag(flag):
            yield f"{flag} = true"
    for block in _CONSTRAINTS:
        for constraints in attribute.blocks(block):
            bounds = [
                f'{bound} = "{value}"'
                for bound, value in sorted(constraints.values.items())
                if value not in _EMPTY
            ]
            yield f"{block} with {' and '.join(bounds)}" if bounds else f"an empty {block}"


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH20",
        slug="schema-attribute-changed",
        title="A schema attribute is removed or changed",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="restore the attribute as the state has it, and add a new one beside it",
        source="provider: «cannot modify or remove schema items»; terraform-provider-aws #21654, "
        "#38096; developer guide, «Updating user pool configuration»",
        check=_changes,
    ),
    ChangeRule(
        id="CH20B",
        slug="standard-attribute-added",
        title="A standard attribute is added to a pool that exists",
        effect=Effect.DIFFERS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="remove the block: every pool has the attribute, optional and mutable",
        source="API, AddCustomAttributes; terraform-provider-aws #24844, user_pool.go: "
        "«Required custom attributes are not supported currently»",
        undecided_by=("CH20",),
        check=_adds_a_standard_one,
    ),
)
