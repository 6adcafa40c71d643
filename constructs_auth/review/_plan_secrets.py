"""Finds the secrets of a plan, and hides what holds one without a mark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from constructs_auth.review.change import Change
from constructs_auth.review.secrets import Scrubber, secrets_in, texts_in
from constructs_auth.terraform.plan_json import Side


def secrets_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Walk through all values of a plan that must not be shown, wherever they are marked."""
    for group in ("resource_changes", "resource_drift"):
        entries = document.get(group)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping):
                yield from _of_change(str(entry.get("type")), entry.get("change"))
    outputs = document.get("output_changes")
    for change in outputs.values() if isinstance(outputs, Mapping) else ():
        yield from _of_change("", change)
    yield from _of_variables(document)


def without_secrets(changes: Sequence[Change], scrubber: Scrubber) -> Iterator[Change]:
    """Hide differences in which a secret stands that is marked somewhere else only."""
    limited = scrubber.limited_to(
        [
            text
            for change in changes
            for difference in change.differences
            for text in texts_in([difference.path, difference.before, difference.after])
        ]
    )
    for change in changes:
        yield change if limited.is_idle else _without_secrets(change, limited)


def _without_secrets(change: Change, scrubber: Scrubber) -> Change:
    return replace(
        change,
        differences=tuple(
            replace(
                difference,
                path=scrubber.clean(difference.path),
                before=None,
                after=None,
                is_hidden=True,
            )
            if scrubber.finds([difference.path, difference.before, difference.after])
            else difference
            for difference in change.differences
        ),
    )


def _of_change(kind: str, change: object) -> Iterator[str]:
    if not isinstance(change, Mapping):
        return
    before, after = change.get(Side.BEFORE), change.get(Side.AFTER)
    old_marks, new_marks = change.get("before_sensitive"), change.get("after_sensitive")
    yield from secrets_in(kind, before, old_marks)
    if isinstance(before, dict) and isinstance(after, dict) and old_marks == new_marks:
        # What stays has the secrets that were found just now.
        after = {name: value for name, value in after.items() if value != before.get(name)}
    yield from secrets_in(kind, after, new_marks)


def _of_variables(document: Mapping[str, Any]) -> Iterator[str]:
    configuration = document.get("configuration")
    root = configuration.get("root_module") if isinstance(configuration, Mapping) else None
    declared = root.get("variables") if isinstance(root, Mapping) else None
    given = document.get("variables")
    for name, variable in given.items() if isinstance(given, Mapping) else ():
        details = declared.get(name) if isinstance(declared, Mapping) else None
        marked = isinstance(details, Mapping) and details.get("sensitive") is True
        value = variable.get("value") if isinstance(variable, Mapping) else None
        yield from secrets_in("", {name: value}, {name: marked})
