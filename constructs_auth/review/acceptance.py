"""Accepted findings of one plan, and entries that accept nothing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from constructs_auth.review.registry import any_rule_named
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Stale
from constructs_auth.rules.rule import Rule
from constructs_auth.rules.state import BACKEND


def stale(accepted: Iterable[Accepted], used: Collection[Accepted], today: date) -> Iterator[Stale]:
    """Walk through the entries that have expired, that name no rule or that match no finding.

    A plan does not contain the backend: `check` needs an entry for it.
    """
    for entry in accepted:
        if entry.is_expired(today):
            yield Stale(accepted=entry, why=f"expired on {entry.until}")
            continue
        rule = any_rule_named(entry.rule)
        if rule is None:
            yield Stale(accepted=entry, why="names no rule; `constructs-auth rules` lists them")
        elif entry not in used and not (isinstance(rule, Rule) and rule.resource_type == BACKEND):
            yield Stale(accepted=entry, why="matches no finding")
