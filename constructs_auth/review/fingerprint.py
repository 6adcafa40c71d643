"""The fingerprint of a plan: a digest of what its apply does, without any secret."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from hashlib import sha256

from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.differences import AFTER_APPLY, Difference
from constructs_auth.review.plan import Plan
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.counterpart import common
from constructs_auth.terraform.sensitive import HIDDEN, secrets_in

_VERSION = "v2"
_LENGTH = 32
_IDS = ("id", "arn")
_ENDS_OF_IDS = ("_id", "_arn")
_BETWEEN_IDS = re.compile(r"[/|:,]")
_QUIET = frozenset({Action.NOTHING, Action.READ})


def fingerprint(plan: Plan) -> str:
    """Return the fingerprint of *plan*.

    It covers each action with its resource and cause, whether deletion protection applies, every
    value of a change, what was changed outside of Terraform, and how the plan is applied: with
    which providers and provisioners, what they will read, the outputs, what becomes sensitive, and
    which part of it is deferred. For a secret it covers only whether the secret changes, neither
    the value nor anything derived from it, so nobody can confirm a guess. It does not cover
    differences without meaning, times, versions of Terraform and unchanged resources.
    """
    meaning = _without_secrets(_meaning_of(plan), map(_meaning_of, plan.counterparts))
    written = json.dumps(meaning, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{_VERSION}:{sha256(written.encode()).hexdigest()[:_LENGTH]}"


def _meaning_of(plan: Plan) -> dict[str, object]:
    return {
        "changes": _by_place(
            {**_meaning(change), "object": _object_of(change, plan.secrets)}
            for change in plan.changes
            if _counts(change)
        ),
        "drift": _by_place(
            {**_drift_of(change), "object": _object_of(change, plan.secrets)}
            for change in plan.drift
        ),
        "errored": plan.errored,
        "conditions": plan.conditions,
    }


def _without_secrets(
    meaning: Mapping[str, object], others: Iterable[Mapping[str, object]]
) -> object:
    """Return *meaning* without the parts that differ for a counterpart of the plan.

    The conditions contain no secret in the first place.
    """
    parts = list(others)
    return {
        **meaning,
        **{
            part: _common_changes(_mapped(meaning[part]), [_mapped(one[part]) for one in parts])
            for part in ("changes", "drift")
        },
    }


def _common_changes(
    changes: Mapping[str, object], others: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    found: dict[str, object] = {}
    for place, change in changes.items():
        parts = [_mapped(other.get(place)) for other in others]
        found[place] = {
            name: _common_differences(_mapped(value), [_mapped(part.get(name)) for part in parts])
            if name == "differences"
            else common(value, [part.get(name) for part in parts])
            for name, value in _mapped(change).items()
        }
    return found


def _common_differences(
    differences: Mapping[str, object], others: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """Return *differences*; for a path that not all counterparts have, only the argument.

    It may contain a secret, such as the key of a map.
    """
    found: dict[str, object] = {}
    for path, values in differences.items():
        if all(path in other for other in others):
            found[path] = common(values, [other[path] for other in others])
        else:
            found.setdefault(top_argument(path), HIDDEN)
    return found


def _mapped(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _by_place(meanings: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return what happens to each object, by its address and its deposed key.

    It is a mapping and not a list, so that an addition in a counterpart does not shift others.
    """
    return {json.dumps([one["address"], one["deposed"]]): dict(one) for one in meanings}


def _drift_of(change: Change) -> dict[str, object]:
    """Return the changes outside of Terraform, without values that no report shows.

    The provider may read another value each time.
    """
    return {
        "address": change.address,
        "deposed": "",
        "action": change.action,
        "differences": {
            **{one.shown_as: "changed" for one in change.differences if one.shown_as},
            **_by_path(_difference(one) for one in change.differences if not one.shown_as),
        },
    }


def _counts(change: Change) -> bool:
    return change.action not in _QUIET and not change.is_noise


def _meaning(change: Change) -> dict[str, object]:
    return {
        "address": change.address,
        "action": change.action,
        "creates_first": change.creates_first,
        "deposed": change.deposed_key if change.is_deposed else "",
        "previous_address": change.previous_address,
        "causes": sorted(change.causes),
        "guard": str(_guard(change)) if change.goes else "",
        "differences": _by_path(_differences(change)),
    }


def _object_of(change: Change, secrets: AbstractSet[str]) -> object:
    """Return the ids of the object that exists: two pools may have had one address.

    It leaves out an id that contains a secret of the object, such as the name of a user.

    Args:
        change: What happens to the object.
        secrets: All secrets of the plan.
    """
    if change.before is None:
        return None
    body = change.before.body
    names = [name for name in _IDS if body.values.get(name)]
    if not names:
        names = [name for name in body.values if name.endswith(_ENDS_OF_IDS)]
    ids = {name: value for name in names if isinstance(value := body.values.get(name), str)}
    if all(secrets.isdisjoint(_parts_of_id(value)) for value in ids.values()):
        return ids
    own = frozenset(secrets_in(change.type, dict(body.values), body.sensitive))
    return {
        name: value if own.isdisjoint(_parts_of_id(value)) else None for name, value in ids.items()
    }


def _parts_of_id(value: str) -> Sequence[str]:
    return [value, *_BETWEEN_IDS.split(value)]


def _by_path(differences: Iterable[list[object]]) -> dict[str, object]:
    found: dict[str, list[object]] = {}
    for path, *values in differences:
        found.setdefault(str(path), []).append(values)
    return dict(found)


def _guard(change: Change) -> str | None:
    return known(change.resource.body.text, "deletion_protection")


def _differences(change: Change) -> Iterator[list[object]]:
    """Walk through the differences; a secret counts once, even if several parts of it change."""
    hidden: set[str] = set()
    for difference in change.differences:
        if not difference.is_hidden:
            yield _difference(difference)
        elif (path := difference.shown_as or difference.path) not in hidden:
            hidden.add(path)
            yield [path, "hidden"]


def _difference(difference: Difference) -> list[object]:
    return [difference.path, _plain(difference.before), _plain(difference.after)]


def _plain(value: object) -> object:
    if value is AFTER_APPLY:
        return {"after_apply": True}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
