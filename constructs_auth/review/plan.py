"""Reads a plan as changes: the JSON of `terraform show -json`, or OpenTofu's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, TypeAlias

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.kept_arguments import FILLED_BY_OTHERS, READ_ONLY
from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.facts.versions import OPENTOFU_REGISTRY
from constructs_auth.review.change import Action, Change
from constructs_auth.review.conditions import read_conditions
from constructs_auth.review.differences import Comparisons, Difference
from constructs_auth.review.names import NUMBER_OF_USERS
from constructs_auth.review.place import Place, read_place
from constructs_auth.review.renames import find_renames
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.counterpart import (
    Counterpart,
    Form,
    Search,
    with_hidden_keys,
)
from constructs_auth.terraform.plan_json import (
    BothSides,
    Side,
    is_plan,
    read_both,
    read_plan,
)
from constructs_auth.terraform.plan_values import as_mapping, mappings_in
from constructs_auth.terraform.resource import Origin, Resource
from constructs_auth.terraform.sensitive import Copies, Texts, secret_parts

_REMEDY = "give the output of `terraform show -json` for a plan file"
_ACTIONS = {
    ("no-op",): Action.NOTHING,
    ("create",): Action.CREATE,
    ("read",): Action.READ,
    ("update",): Action.UPDATE,
    ("delete",): Action.DELETE,
    ("forget",): Action.FORGET,
    ("delete", "create"): Action.REPLACE,
    ("create", "delete"): Action.REPLACE,
    ("create", "forget"): Action.SUPERSEDE,
    ("forget", "create"): Action.SUPERSEDE,
}
_MODES = frozenset({"data", "ephemeral", "managed"})
"""Terraform leaves ephemeral resources out; OpenTofu lists them, without values."""

_NEEDS_BEFORE = frozenset(
    {
        Action.NOTHING,
        Action.UPDATE,
        Action.DELETE,
        Action.REPLACE,
        Action.SUPERSEDE,
        Action.FORGET,
    }
)
_MAJOR_VERSION = "1"
_REGION = "region"
"""An argument of each resource since provider 6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of one root module.

    Attributes:
        name: Its name in reports: its file, or the stack.
        program: The program that created the plan: Terraform or OpenTofu.
        terraform_version: Its version.
        errored: Whether planning failed.
        complete: Whether the plan contains all changes.
        beyond: What the plan does beyond changes of resources, as phrases: deferred changes, and
            actions that Terraform invokes.
        changes: The change of each managed resource, in the order of the plan.
        before: The resources before the apply.
        after: The resources after the apply.
        drift: The changes outside of Terraform since the last apply: `before` is the recorded
            state, `after` the present one. Resources that are gone come first.
        recorded: The resources as the state recorded them, before Terraform refreshed them.
        renames: The new address of each resource that is deleted and created again under another
            address, by its old address.
        place: Where the plan looks for its resources.
        outputs: The names of the outputs that change.
        removed_outputs: Those of them that the apply removes.
        conditions: Everything else that decides how it is applied, such as providers and
            provisioners.
        counterparts: The same plan with other values in place of its secrets; none without secrets.
        stand_ins: In a counterpart, these other values.
        secrets: Everything in it that is secret, or may be; in a counterpart also what is secret in
            the plan.
    """

    name: str
    program: str = "Terraform"
    terraform_version: str
    errored: bool
    complete: bool
    beyond: tuple[str, ...] = ()
    changes: tuple[Change, ...] = field(repr=False)
    before: Configuration = field(repr=False)
    after: Configuration = field(repr=False)
    drift: tuple[Change, ...] = field(default=(), repr=False)
    recorded: Configuration = field(repr=False)
    renames: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(repr=False)
    outputs: tuple[str, ...] = ()
    removed_outputs: tuple[str, ...] = ()
    conditions: Mapping[str, object] = field(default_factory=dict, repr=False)
    counterparts: tuple["Plan", ...] = field(default=(), repr=False)
    stand_ins: Texts = field(default=Texts(()), repr=False)
    secrets: frozenset[str] = field(default=frozenset(), repr=False)


def read(
    document: object,
    *,
    name: str,
    origins: Mapping[str, Origin] | None = None,
    secrets: frozenset[str] = frozenset(),
) -> Plan:
    """Read a plan.

    Args:
        document: The parsed output of `terraform show -json`.
        name: Its name in errors and reports.
        origins: The provenance of each resource, by address without instance keys.
        secrets: Secrets that the plan may contain copies of, beside its own.

    Raises:
        UnreadableError: It is not a plan.
    """
    if not isinstance(document, Mapping) or not is_plan(document):
        raise UnreadableError(name, "is not the JSON of a plan", remedy=_REMEDY)
    if str(document["format_version"]).partition(".")[0] != _MAJOR_VERSION:
        raise UnreadableError(
            name,
            f"must have a format_version of {_MAJOR_VERSION}.x, which this version reads",
            remedy="use a newer version of constructs-auth",
        )
    document = _with_present_users(document)
    search = Search()
    secrets |= search.of(document)
    copies = Copies(secrets)
    shown = with_hidden_keys(document, copies)
    # Most plans with secrets have none that a report could show.
    has_others = bool(secrets) and not (
        shown is document and Counterpart(Form.ALIKE, copies).keeps(search.parts)
    )
    own = secrets if shown is document else secrets | search.of(shown)
    reading = _Reading(name, origins or {}, copies)
    plan = _read(shown, reading)
    counterparts: list[Plan] = []
    for form in Form if has_others else ():
        counterpart = Counterpart(form, copies)
        other = counterpart.of_plan(shown)
        if other is shown:
            break  # nothing in it is secret
        found = _read(other, reading)
        counterparts.append(replace(found, stand_ins=counterpart.given, secrets=search.of(other)))
    return replace(plan, counterparts=tuple(counterparts), secrets=own)


def _with_present_users(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *document* with the present number of users of each pool, before the apply.

    For a pool that the configuration does not have any more, Terraform shows the values of the last
    apply as those before; its prior state has those of the refresh.
    """
    values = as_mapping(as_mapping(document.get("prior_state")).get("values"))
    counted = dict(_numbers_of_users(as_mapping(values.get("root_module"))))
    changes = document.get("resource_changes")
    if not counted or not isinstance(changes, list):
        return document
    return {**document, "resource_changes": [_with_users(one, counted) for one in changes]}


def _numbers_of_users(module: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Walk through the pools of a state: the address, and the number of users."""
    for one in mappings_in(module.get("resources")):
        count = as_mapping(one.get("values")).get(NUMBER_OF_USERS)
        if one.get("type") == USER_POOL and type(count) is int:
            yield str(one.get("address")), count
    for child in mappings_in(module.get("child_modules")):
        yield from _numbers_of_users(child)


def _with_users(entry: object, counted: Mapping[str, int]) -> object:
    """Return an entry of `resource_changes` with the number of users in *counted*."""
    found = as_mapping(entry)
    change = as_mapping(found.get("change"))
    before = as_mapping(change.get("before"))
    count = counted.get(str(found.get("address")))
    if count is None or not before or "deposed" in found:
        return entry
    return {**found, "change": {**change, "before": {**before, NUMBER_OF_USERS: count}}}


class _Reading:
    """Reads a plan and its counterparts; what they have alike is read once.

    Args:
        name: The name of the plan.
        origins: The provenance of each resource, by address without instance keys.
        copies: Finds copies of the plan's secrets.
    """

    def __init__(self, name: str, origins: Mapping[str, Origin], copies: Copies) -> None:
        self.name = name
        self.copies = copies
        self.comparisons = Comparisons()
        self.references: dict[int, Sequence[str]] = {}
        self._origins = origins
        self._documents: list[Mapping[str, Any]] = []  # their parts are known by their identity
        self._of_plan: BothSides | None = None
        self._changes: dict[int, Change] = {}
        self._shown: dict[int, tuple[Change, Change]] = {}  # with the change itself: it stays alive

    def sides(self, document: Mapping[str, Any]) -> BothSides:
        """Read the resources of *document*."""
        self._documents.append(document)
        found = read_both(document, file=self.name, origins=self._origins, known=self._of_plan)
        self._of_plan = self._of_plan or found
        return found

    def change(
        self, entry: Mapping[str, Any], before: Resource | None, after: Resource | None
    ) -> Change:
        """Read the change of *entry*, one of a plan's `resource_changes`."""
        known = self._changes.get(id(entry))
        if known is None or known.before is not before or known.after is not after:
            known = self._changes[id(entry)] = _change(entry, before, after, self)
        return known

    def without_copies(self, change: Change) -> Change:
        """Return *change* as reports may show it."""
        known = self._shown.get(id(change))
        if known is None:
            known = self._shown[id(change)] = change, _without_copies(change, self.copies)
        return known[1]


def _read(document: Mapping[str, Any], reading: _Reading) -> Plan:
    sides = reading.sides(document)
    before, after = sides.before, sides.after
    drift, recorded = _drift(document, before, reading)
    changes = tuple(_changes(document, before, after, reading))
    outputs = dict(_actions_of_outputs(document))
    return Plan(
        name=reading.name,
        program=_program_of(document),
        terraform_version=str(document.get("terraform_version") or "unknown"),
        errored=document.get("errored") is True,
        complete=document.get("complete") is not False,
        beyond=tuple(_beyond(document)),
        changes=tuple(map(reading.without_copies, changes)),
        before=before,
        after=after,
        drift=tuple(map(reading.without_copies, drift)),
        recorded=recorded,
        renames=find_renames(changes),
        place=read_place(document, before),
        outputs=tuple(sorted(name for name, actions in outputs.items() if actions != ["no-op"])),
        removed_outputs=tuple(
            sorted(name for name, actions in outputs.items() if actions == ["delete"])
        ),
        conditions=read_conditions(document, reading.copies, reading.references),
    )


def _changes(
    document: Mapping[str, Any],
    before: Configuration,
    after: Configuration,
    reading: _Reading,
) -> Iterator[Change]:
    old = {resource.address: resource for resource in before.resources}
    new = {resource.address: resource for resource in after.resources}
    for entry in document.get("resource_changes") or ():
        address = _address(entry, reading.name)
        if entry.get("mode", "managed") != "managed":
            continue
        if "deposed" in entry:
            yield from _deposed(document, entry, reading)
            continue
        yield reading.change(entry, old.get(address), new.get(address))


def _address(entry: object, name: str) -> str:
    """Return the address of an entry of `resource_changes`, and check its required keys."""
    found = entry if isinstance(entry, Mapping) else {}
    address = found.get("address")
    if (
        not isinstance(address, str)
        or not isinstance(found.get("type"), str)
        or not isinstance(found.get("change"), Mapping)
    ):
        raise UnreadableError(
            name,
            "each of resource_changes must have an address, a type and a change",
            remedy=_REMEDY,
        )
    if str(found.get("mode", "managed")) not in _MODES:
        raise UnreadableError(
            name,
            "each of resource_changes must have a mode of data, ephemeral or managed",
            remedy="use a newer version of constructs-auth",
        )
    return address


def _program_of(document: Mapping[str, Any]) -> str:
    """Return the program that created the plan: both write the key `terraform_version`."""
    entries = document.get("resource_changes")
    names = (
        entry.get("provider_name")
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, Mapping)
    )
    is_opentofu = any(str(name).startswith(OPENTOFU_REGISTRY) for name in names)
    return "OpenTofu" if is_opentofu else "Terraform"


def _beyond(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the actions of a plan that are not changes of resources."""
    for key, phrase in (
        ("deferred_changes", "defers changes to a later apply"),
        ("action_invocations", "invokes actions"),
        ("deferred_action_invocations", "defers actions to a later apply"),
    ):
        if document.get(key):
            yield phrase


def _deposed(
    document: Mapping[str, Any], entry: Mapping[str, Any], reading: _Reading
) -> Iterator[Change]:
    """Read an object that a failed replacement left behind as a separate resource."""
    alone = {key: value for key, value in entry.items() if key != "deposed"}
    part = {**document, "resource_changes": [alone]}
    for resource in read_plan(part, side=Side.BEFORE, file=reading.name).resources:
        change = _change(alone, resource, None, reading)
        yield replace(change, is_deposed=True, deposed_key=str(entry["deposed"]))


def _change(
    entry: Mapping[str, Any],
    before: Resource | None,
    after: Resource | None,
    reading: _Reading,
) -> Change:
    name = reading.name
    resource = before if before is not None else after
    if resource is None:
        raise UnreadableError(name, "each change must have a before or an after", remedy=_REMEDY)
    details = entry["change"]
    previous = entry.get("previous_address")
    previous = previous if isinstance(previous, str) else None
    action = _action(details, name, moved=previous is not None)
    if action in _NEEDS_BEFORE and before is None:
        raise UnreadableError(name, f"a change of {action} must have a before", remedy=_REMEDY)
    paths = _replace_paths(details.get("replace_paths"))
    differences = reading.comparisons.of(
        entry["type"],
        details if action is not Action.DELETE else {},
        written=after.body.written if after is not None else None,
        replace_paths=paths,
    )
    return Change(
        address=entry["address"],
        type=entry["type"],
        action=action,
        resource=resource,
        before=before,
        after=after,
        differences=tuple(differences.found),
        touched=frozenset(top_argument(one.path) for one in differences.found),
        folded=tuple(differences.folded),
        causes=tuple(".".join(path) for path in paths),
        creates_first=_is_create_first(details),
        reason=str(entry.get("action_reason") or ""),
        previous_address=previous,
        is_imported=bool(details.get("importing")),
    )


def _action(details: Mapping[str, Any], name: str, *, moved: bool) -> Action:
    actions = details.get("actions")
    written = tuple(map(str, actions)) if isinstance(actions, list) else ()
    found = _ACTIONS.get(written)
    if found is None:
        raise UnreadableError(
            name, "each of resource_changes must have the actions of a plan", remedy=_REMEDY
        )
    if found is Action.NOTHING and moved:
        return Action.MOVE
    return Action.IMPORT if found is Action.NOTHING and details.get("importing") else found


def _is_create_first(details: Mapping[str, Any]) -> bool:
    return details.get("actions") == ["create", "delete"]


def _replace_paths(paths: object) -> Sequence[tuple[str, ...]]:
    """Return the names of each path, without indexes."""
    found = paths if isinstance(paths, list) else []
    return [
        tuple(step for step in path if isinstance(step, str))
        for path in found
        if isinstance(path, list) and any(isinstance(step, str) for step in path)
    ]


def _actions_of_outputs(document: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Walk through the outputs with their actions."""
    for name, change in as_mapping(document.get("output_changes")).items():
        if isinstance(change, Mapping):
            yield str(name), change.get("actions")


def _drift(
    document: Mapping[str, Any], before: Configuration, reading: _Reading
) -> tuple[Sequence[Change], Configuration]:
    """Return the changes outside of Terraform, and the resources that the state recorded."""
    entries = [entry for entry in _drift_entries(document) if _is_managed(entry, reading.name)]
    part = {**document, "resource_changes": entries}
    outside = reading.sides(part)
    old, new = outside.before, outside.after
    by_address = {resource.address: resource for resource in old.resources}
    others = [one for one in before.resources if one.address not in by_address]
    filled = _filled_by_others(document)
    changes = _changes(part, old, new, reading)
    found = [one for change in changes if (one := _drifted(change, filled))]
    return (
        sorted(found, key=lambda change: change.action is not Action.GONE),
        before.with_resources((*old.resources, *others)),
    )


def _drift_entries(document: Mapping[str, Any]) -> Sequence[object]:
    entries = document.get("resource_drift")
    return entries if isinstance(entries, list) else ()


def _is_managed(entry: object, name: str) -> bool:
    _address(entry, name)
    return isinstance(entry, Mapping) and "deposed" not in entry


_Filled: TypeAlias = Mapping[tuple[str, str, str], AbstractSet[str]]


def _filled_by_others(document: Mapping[str, Any]) -> _Filled:
    """Return what resources of the plan add to arguments of others: by type, argument and name."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    by_type = defaultdict(list)
    for kind, arguments in FILLED_BY_OTHERS.items():
        for argument, (other, to, what) in arguments.items():
            by_type[other].append((kind, argument, to, what))
    for entry in mappings_in(document.get("resource_changes")):
        for kind, argument, to, what in by_type.get(str(entry.get("type")), ()):
            for side in ("before", "after"):
                values = as_mapping(as_mapping(entry.get("change")).get(side))
                found[kind, argument, str(values.get(to))].add(str(values.get(what)))
    return found


def _is_filled(change: Change, argument: str, filled: _Filled) -> bool:
    """Return whether other resources of the plan added all that differs in *argument*."""
    if change.before is None or change.after is None:
        return False
    old, new = change.before.body.values, change.after.body.values
    differing = _names_in(old.get(argument)) ^ _names_in(new.get(argument))
    added = filled.get((change.type, argument, str(old.get("name"))), frozenset())
    return bool(differing) and differing <= added


def _names_in(values: object) -> frozenset[str]:
    """Return the texts of a list, or the names of its blocks."""
    items = values if isinstance(values, list) else []
    return frozenset(
        str(one.get("name") if isinstance(one, Mapping) else one) for one in items if one
    )


def _drifted(change: Change, filled: _Filled) -> Change | None:
    """Return *change* as one outside of Terraform; `None` if only unimportant values differ.

    These are values that nobody can write, such as the number of users, what other resources of the
    plan added, and the region that provider 6 adds to what an older version recorded.
    """
    if change.action is Action.DELETE:
        return replace(change, action=Action.GONE)
    read_only = READ_ONLY.get(change.type, frozenset())
    recorded = change.before.body.values if change.before is not None else {}
    if change.type.startswith("aws_") and recorded.get(_REGION) is None:
        read_only |= {_REGION}
    others = FILLED_BY_OTHERS.get(change.type, {})
    read_only |= {name for name in others if _is_filled(change, name, filled)}
    kept = tuple(one for one in change.differences if top_argument(one.path) not in read_only)
    touched = change.touched - read_only
    return replace(change, differences=kept, touched=touched) if kept else None


def _without_copies(change: Change, copies: Copies) -> Change:
    """Hide differences that contain a secret that is only marked elsewhere."""
    differences = tuple(_hidden(one, copies) for one in change.differences)
    is_same = all(map(is_, differences, change.differences))
    return change if is_same else replace(change, differences=differences)


def _hidden(difference: Difference, copies: Copies) -> Difference:
    path = difference.path
    if copies.finds(path) or secret_parts(path):  # in the key of a map, or the name of a block
        path = top_argument(path)
    elif not copies.finds_in([difference.before, difference.after]):
        return difference
    return replace(difference, path=path, before=None, after=None, is_hidden=True)
