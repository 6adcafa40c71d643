"""A risk configuration of a state as a `RiskConfiguration`."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_auth.adopt.parts import AS_IT_IS, Override, block, member, members, sender_of, texts
from constructs_auth.adopt.python import Argument, Call, Expression, Items
from constructs_auth.facts.words import (
    AccountTakeoverEventAction,
    CompromisedCredentialsEventAction,
    EventFilter,
)

_CREDENTIALS = "compromised_credentials_risk_configuration"
_TAKEOVER = "account_takeover_risk_configuration"
_EXCEPTIONS = "risk_exception_configuration"
USUAL_ACTIONS = {
    "low_action": "MFA_IF_CONFIGURED",
    "medium_action": "MFA_REQUIRED",
    "high_action": "BLOCK",
}
"""The defaults of `AccountTakeover`."""

_LEVELS = tuple(USUAL_ACTIONS)
_MESSAGES = ("block_email", "mfa_email", "no_action_email")
_TEXTS = ("subject", "html_body", "text_body")


def arguments(
    values: Mapping[str, Any], *, pool: Expression, client: Expression
) -> Iterator[Argument]:
    """Walk through the arguments of the construct, in the order of its signature.

    Args:
        values: The values of the state.
        pool: The pool.
        client: The client, or `None` for all.
    """
    yield Argument(name="user_pool", value=pool)
    if client is not None:
        yield Argument(name="client", value=client)
    yield from _credentials(block(values, _CREDENTIALS))
    takeover = block(values, _TAKEOVER)
    yield Argument(name="account_takeover", value=_account_takeover(takeover) if takeover else None)
    ranges = block(values, _EXCEPTIONS)
    lists = [
        Argument(name=name, value=Items([*texts(ranges, name)]))
        for name in ("blocked_ip_range_list", "skipped_ip_range_list")
        if texts(ranges, name)
    ]
    if lists:
        yield Argument(name="exceptions", value=Call("RiskExceptions", (), lists))


def overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through settings without a construct: incomplete messages, or no sender."""
    notify = block(block(values, _TAKEOVER), "notify_configuration")
    if notify and not notify.get("from") and sender_of(str(notify.get("source_arn"))):
        yield Override(argument=f"{_TAKEOVER}.notify_configuration.from", value=None)
    for name in _MESSAGES:
        found = _texts_of(notify, name)
        if found and len(found) < len(_TEXTS):
            path = f"{_TAKEOVER}.notify_configuration.{name}"
            for part, text in found.items():
                yield Override(argument=f"{path}.{part}", value=text)


def is_empty(values: Mapping[str, Any]) -> bool:
    """Return whether the configuration sets nothing, which the construct refuses."""
    ranges = block(values, _EXCEPTIONS)
    named = ("blocked_ip_range_list", "skipped_ip_range_list")
    return not (
        block(values, _CREDENTIALS)
        or block(values, _TAKEOVER)
        or any(texts(ranges, name) for name in named)
    )


def _credentials(found: Mapping[str, Any]) -> Iterator[Argument]:
    if not found:
        yield Argument(
            name="compromised_credentials",
            value=None,
            comment="Default of this library: CompromisedCredentials(), which blocks leaked "
            "passwords.",
        )
        return
    action = str(block(found, "actions").get("event_action"))
    events = texts(found, "event_filter")
    given: list[Argument] = []
    if action != CompromisedCredentialsEventAction.BLOCK:
        named = member(CompromisedCredentialsEventAction, action) or action
        given.append(Argument(name="event_action", value=named))
    if events and set(events) != set(EventFilter):
        listed = members(EventFilter, events) or Items([*events])
        given.append(Argument(name="event_filter", value=listed))
    if given:
        yield Argument(
            name="compromised_credentials", value=Call("CompromisedCredentials", (), given)
        )


def _account_takeover(found: Mapping[str, Any]) -> Call:
    actions = block(found, "actions")
    given = [
        Argument(name=level, value=_action(block(actions, level)))
        for level in _LEVELS
        if block(actions, level) != {"event_action": USUAL_ACTIONS[level], "notify": False}
    ]
    notify = block(found, "notify_configuration")
    if notify:
        given.append(Argument(name="notify_configuration", value=_notify(notify)))
    return Call("AccountTakeover", (), given)


def _action(found: Mapping[str, Any]) -> Expression:
    if not found:
        return AS_IT_IS
    action = str(found.get("event_action"))
    notify = (Argument(name="notify", value=True),) if found.get("notify") else ()
    named = member(AccountTakeoverEventAction, action) or action
    return Call("AccountTakeoverAction", (), (Argument(name="event_action", value=named), *notify))


def _notify(found: Mapping[str, Any]) -> Call:
    source = str(found.get("source_arn"))
    given = [Argument(name="source_arn", value=source)]
    sender = str(found.get("from") or "") or sender_of(source)
    for text, keyword in (
        (sender, "from_email_address"),
        (str(found.get("reply_to") or ""), "reply_to_email_address"),
    ):
        if text:
            given.append(Argument(name=keyword, value=text))
    for name in _MESSAGES:
        parts = _texts_of(found, name)
        value: Expression = AS_IT_IS
        if len(parts) == len(_TEXTS):
            value = Call("NotifyEmail", (), [Argument(name=k, value=v) for k, v in parts.items()])
        given.append(Argument(name=name, value=value))
    return Call("NotifyConfiguration", (), given)


def _texts_of(notify: Mapping[str, Any], name: str) -> dict[str, str]:
    found = block(notify, name)
    return {part: str(found[part]) for part in _TEXTS if found.get(part)}
