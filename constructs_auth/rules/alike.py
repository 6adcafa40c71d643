"""Judges what resources have in common once.

A large plan has many resources that are nearly the same, such as the pools of tenants. A rule is a
pure function, so it answers the same for two resources if all that it reads is equal in both. One
resource becomes an example: each rule is asked about it alone, and what the rule reads is noted.
For every other resource of the type, only these rules are asked again:

- rules that read an argument that differs from that of the example;
- rules that read more than the resource's own arguments, such as other resources or its address.

Many rules on pools only ask whom the clients of the pool sign in. A pool becomes an example for
pools with the same answers.

The answers and their order are the same as if every rule were asked about every resource.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeAlias, cast

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.rules.rule import Context, Rule, Undecided, Violation
from constructs_auth.rules.users_of_pool import answers_about_users, remembering
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.plan_values import differing
from constructs_auth.terraform.resource import Resource

_FEWEST = 4
"""Resources of a type for which an example saves more than it costs."""

_MOST_EXAMPLES = 4
"""Examples of a form: with more of them, the comparisons would cost more than they save."""

_WORTH_IT = 2
"""A resource becomes another example if more than so many times the rules must be asked about it
than about one that is equal to an example."""

_PARTS = ("values", "unknown", "sensitive", "written")
"""What a block has by the name of an argument."""

_READABLE = ("exists", "ignore_changes", "is_imported", "prevent_destroy", "provider_key")
"""What many resources have alike beside their arguments, and a rule may read."""

_MISSING = object()

_Given: TypeAlias = tuple[Violation | Undecided, ...]


class Answers:
    """The answers of rules for the resources of one configuration.

    Args:
        rules: The rules.
        context: The context of the rules.
    """

    def __init__(self, rules: Iterable[Rule], context: Context) -> None:
        self._context = context
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.resource_type].append(rule)
        self._examples: dict[object, list[_Example]] = defaultdict(list)

    def has_rules(self, kind: str) -> bool:
        """Return whether there is a rule for resources of the type *kind*."""
        return kind in self._rules

    def of(
        self, resource: Resource, only: AbstractSet[str] | None = None
    ) -> Iterator[tuple[Rule, Violation | Undecided]]:
        """Walk through the answers for *resource*, in the order of the rules.

        Args:
            resource: The resource.
            only: The ids of the rules to ask; by default all.
        """
        rules = self._rules.get(resource.type)
        if rules is None:
            return
        for known in self._known(resource, rules):
            if only is not None and known.rule.id not in only:
                continue
            given = known.rule.ask(resource, self._context) if known.given is None else known.given
            for answer in given:
                yield known.rule, answer

    def _known(self, resource: Resource, rules: Sequence[Rule]) -> Sequence["_Known"]:
        """Return what is known of each rule before it is asked about *resource*."""
        body = resource.body
        # The values of a plan, of a state and of Terraform JSON are plain JSON, whose `repr` tells
        # all values apart; those of HCL are expressions, with their places.
        is_json = body.evaluated or type(body.values) is dict
        is_one_of_many = self._context.configuration.count_of_type(resource.type) >= _FEWEST
        if not is_json or not is_one_of_many:
            return [_Known(rule) for rule in rules]
        is_pool = resource.type == USER_POOL
        users = answers_about_users(resource, self._context) if is_pool else ()
        examples = self._examples[resource.type, users, _form(resource)]
        try:
            best = _best(examples, body)
        except RecursionError:  # a value is nested too deeply to compare
            return [_Known(rule) for rule in rules]
        if best is not None and (
            len(examples) == _MOST_EXAMPLES or best.asked <= examples[0].asked * _WORTH_IT
        ):
            return best.known
        alone = [_asked_alone(rule, resource, self._context, users) for rule in rules]
        examples.append(_Example(body, alone))
        return alone


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a rule's answers for a resource.

    Attributes:
        rule: The rule.
        given: Its answers, or `None` if it must be asked.
        read: The arguments that it read to give them.
    """

    rule: Rule
    given: _Given | None = None
    read: frozenset[str] = frozenset()


class _Shared:
    """What resources share that differ from an example in the same arguments.

    Attributes:
        known: The rules that must be asked, and those that have answers.
        asked: How many must be asked.
    """

    __slots__ = ("asked", "known")

    def __init__(self, example: Sequence[_Known], differing: frozenset[str]) -> None:
        each = [one if differing.isdisjoint(one.read) else _Known(one.rule) for one in example]
        self.known = [one for one in each if one.given != ()]
        self.asked = sum(one.given is None for one in each)


class _Example:
    """A resource whose answers others share.

    Attributes:
        asked: How many rules must be asked about a resource with the same arguments.
    """

    __slots__ = ("_body", "_by_difference", "_known", "asked")

    def __init__(self, body: Block, known: Sequence[_Known]) -> None:
        self._body = body
        self._known = known
        self._by_difference: dict[frozenset[str], _Shared] = {}
        self.asked = sum(one.given is None for one in known)

    def shared_with(self, body: Block) -> _Shared:
        """Return what a resource with *body* shares.

        Raises:
            RecursionError: A value is nested too deeply to compare.
        """
        others = frozenset(_differing(self._body, body))
        found = self._by_difference.get(others)
        if found is None:
            found = self._by_difference[others] = _Shared(self._known, others)
        return found


def _best(examples: Iterable[_Example], body: Block) -> _Shared | None:
    """Return what a resource with *body* shares with the example that leaves fewest to ask.

    Raises:
        RecursionError: A value is nested too deeply to compare.
    """
    best: _Shared | None = None
    for example in examples:
        shared = example.shared_with(body)
        if best is None or shared.asked < best.asked:
            best = shared
        if best.asked <= example.asked:
            break  # as few as for an equal resource
    return best


def _form(resource: Resource) -> object:
    """Return what a rule may read of *resource* beside its arguments by name."""
    body = resource.body
    return (
        *(getattr(resource, name) for name in _READABLE),
        id(resource.provider),  # resources of one provider configuration have the same object
        body.path,
        body.kept,
        body.zero_if_not_set,
        body.empty_if_not_set,
        body.is_given,
        body.written is None,
        *(bool(getattr(body, part)) for part in _PARTS),
    )


def _differing(one: Block, other: Block) -> Iterator[str]:
    """Walk through the arguments that differ in any part of two blocks.

    Raises:
        RecursionError: A value is nested too deeply.
    """
    for part in _PARTS:
        old: Mapping[str, object] = getattr(one, part) or {}
        new: Mapping[str, object] = getattr(other, part) or {}
        if old is not new:
            yield from (
                name
                for name in differing(old, new)
                if not _is_equal(old.get(name, _MISSING), new[name])
            )
            yield from old.keys() - new.keys()


def _is_equal(old: object, new: object) -> bool:
    if old is new:
        return True
    if old.__class__ is str and new.__class__ is str:
        return old == new
    return repr(old) == repr(new)  # in `==`, 1 is `True`


def _asked_alone(
    rule: Rule, resource: Resource, context: Context, users: tuple[bool, ...]
) -> _Known:
    """Ask *rule* about the arguments of *resource*; without answers if it reads anything else.

    Args:
        rule: The rule.
        resource: The resource.
        context: The context; each rule may read what is the same for all resources.
        users: Of a pool, whom its clients sign in.
    """
    read: set[str] = set()
    body = replace(
        resource.body,
        address="",  # the judge needs it only for another resource
        values=_Watched(resource.body.values, read),
        unknown=_Watched(resource.body.unknown, read),
        sensitive=_Watched(resource.body.sensitive, read),
        written=None if resource.body.written is None else _Watched(resource.body.written, read),
    )
    readable = {name: getattr(resource, name) for name in (*_READABLE, "provider", "type")}
    alone = cast("Resource", Alone(**readable, body=body))
    around = Alone(
        profile=context.profile,
        remembered=remembering(alone, users) if users else {},
        configuration=Alone(is_state=context.configuration.is_state),
    )
    try:
        given = tuple(rule.ask(alone, cast("Context", around)))
    except ReadsMoreError:
        return _Known(rule)
    return _Known(rule, given, frozenset(read))


class ReadsMoreError(Exception):
    """A rule reads more than it may: more than what others have alike."""


class Alone:
    """A resource, a context or a change of which a rule may read only some attributes.

    Reading another one raises `ReadsMoreError`.

    Args:
        readable: These attributes, by name.
    """

    def __init__(self, **readable: object) -> None:
        self.__dict__.update(readable)

    def __getattr__(self, name: str) -> NoReturn:
        """End a rule that reads another attribute."""
        raise ReadsMoreError(name)


class _Watched(dict[str, object]):
    """Arguments by name; notes the names that are read, and ends a rule that reads all."""

    __slots__ = ("_read",)

    def __init__(self, values: Mapping[str, object], read: set[str]) -> None:
        super().__init__(values)
        self._read = read

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as that of dict
        self._read.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> object:
        self._read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._read.add(str(name))
        return super().__contains__(name)

    def __bool__(self) -> bool:
        """Return whether there is any argument, which is a part of the form of a block."""
        return super().__len__() > 0

    def _whole(self, *_: object) -> NoReturn:
        raise ReadsMoreError

    __iter__ = __reversed__ = __len__ = __eq__ = __ne__ = __or__ = __ror__ = __repr__ = _whole
    keys = values = items = copy = _whole
    __hash__ = None
