"""What threat protection does with leaked passwords, risky sign-ins and IP ranges."""

import ipaddress
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import (
    AccountTakeover,
    AccountTakeoverAction,
    AccountTakeoverEventAction,
    CompromisedCredentials,
    CompromisedCredentialsEventAction,
    EventFilter,
    NotifyConfiguration,
    NotifyEmail,
    RiskExceptions,
)
from constructs_auth.values.risk_configuration import USUAL_ACTIONS
from tests.unit.samples import (
    ADDRESS_ARN,
    DOMAIN_ARN,
    HAND_WRITTEN,
    LIST_TOKEN,
    OBJECT_TOKEN,
    TEXTS,
    refusal,
)

BLOCK = AccountTakeoverEventAction.BLOCK
RANGE_REMEDY = "write one such as '203.0.113.0/24', or '203.0.113.7/32' for one address"


def test_a_leaked_password_is_blocked_everywhere_by_default() -> None:
    credentials = CompromisedCredentials()
    assert credentials.event_action is CompromisedCredentialsEventAction.BLOCK
    assert credentials.event_filter == ("PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP")


def test_events_are_sorted_and_may_be_texts() -> None:
    credentials = CompromisedCredentials(
        event_action="NO_ACTION",  # type: ignore[arg-type] # that is the test
        event_filter=["SIGN_UP", EventFilter.SIGN_IN],  # type: ignore[list-item] # that is the test
    )
    assert credentials.event_action is CompromisedCredentialsEventAction.NO_ACTION
    assert credentials.event_filter == (EventFilter.SIGN_IN, EventFilter.SIGN_UP)


def test_tokens_pass_where_passwords_leak() -> None:
    credentials = CompromisedCredentials(
        event_action=HAND_WRITTEN,  # type: ignore[arg-type] # that is the test
        event_filter=LIST_TOKEN,  # type: ignore[arg-type] # that is the test
    )
    assert credentials.event_action == HAND_WRITTEN
    assert credentials.event_filter == tuple(LIST_TOKEN)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"event_action": "MFA_REQUIRED"},
            "CompromisedCredentials.event_action: must be a member of "
            "CompromisedCredentialsEventAction, got 'MFA_REQUIRED'; choose from "
            "CompromisedCredentialsEventAction.BLOCK, "
            "CompromisedCredentialsEventAction.NO_ACTION",
        ),
        (
            {"event_filter": []},
            "CompromisedCredentials.event_filter: must not be empty, got []; name members of "
            "EventFilter, or leave it out for all",
        ),
        (
            {"event_filter": ["SIGN_OUT"]},
            "CompromisedCredentials.event_filter[0]: must be a member of EventFilter, got "
            "'SIGN_OUT'; choose from EventFilter.PASSWORD_CHANGE, EventFilter.SIGN_IN, "
            "EventFilter.SIGN_UP",
        ),
    ],
)
def test_refuses_events_that_cognito_does_not_know(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: CompromisedCredentials(**settings)) == expected


def test_more_risk_brings_a_stronger_reaction_by_default() -> None:
    assert {
        name: (str(action.event_action), action.notify)
        for name, action in AccountTakeover().actions(USUAL_ACTIONS).items()
    } == {
        "low_action": ("MFA_IF_CONFIGURED", False),
        "medium_action": ("MFA_REQUIRED", False),
        "high_action": ("BLOCK", False),
    }


@pytest.mark.parametrize("notify", [True, OBJECT_TOKEN])
def test_an_action_may_notify_where_there_is_a_sender(notify: Any) -> None:
    action = AccountTakeoverAction(event_action=BLOCK, notify=notify)
    sender = NotifyConfiguration(source_arn=ADDRESS_ARN)
    assert AccountTakeover(low_action=action, notify_configuration=sender).low_action is action


@pytest.mark.parametrize(("notify", "shown"), [(True, "True"), (OBJECT_TOKEN, "Resolvable()")])
def test_refuses_to_notify_without_a_sender(notify: Any, shown: str) -> None:
    action = AccountTakeoverAction(event_action=BLOCK, notify=notify)
    assert refusal(lambda: AccountTakeover(medium_action=action)) == (
        "AccountTakeover.medium_action.notify: must be False without notify_configuration, got "
        f"{shown}; set notify_configuration=NotifyConfiguration(source_arn=…)"
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"high_action": "BLOCK"},
            "AccountTakeover.high_action: must be of type AccountTakeoverAction, got 'BLOCK'; "
            "write AccountTakeoverAction(…)",
        ),
        (
            {"notify_configuration": "ann@example.com"},
            "AccountTakeover.notify_configuration: must be of type NotifyConfiguration, got "
            "'ann@example.com'; write NotifyConfiguration(…)",
        ),
    ],
)
def test_refuses_a_reaction_of_another_type(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: AccountTakeover(**settings)) == expected


def test_refuses_an_action_that_cognito_does_not_know() -> None:
    names = ("BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION")
    assert refusal(
        lambda: AccountTakeoverAction(event_action="WARN")  # type: ignore[arg-type] # that is the test
    ) == (
        "AccountTakeoverAction.event_action: must be a member of AccountTakeoverEventAction, "
        "got 'WARN'; choose from "
        f"{', '.join(f'AccountTakeoverEventAction.{name}' for name in names)}"
    )


def test_refuses_a_notice_that_is_neither_on_nor_off() -> None:
    assert refusal(
        lambda: AccountTakeoverAction(event_action=BLOCK, notify="yes")  # type: ignore[arg-type] # that is the test
    ) == ("AccountTakeoverAction.notify: must be True or False, got 'yes'; write one of them")


def test_ranges_are_sorted() -> None:
    exceptions = RiskExceptions(
        blocked_ip_range_list=["203.0.113.0/24", "2001:db8::/32", "198.51.100.7/32"],
    )
    assert exceptions.blocked_ip_range_list == (
        "198.51.100.7/32",
        "2001:db8::/32",
        "203.0.113.0/24",
    )
    assert exceptions.skipped_ip_range_list == ()


def test_tokens_pass_among_ranges() -> None:
    exceptions = RiskExceptions(
        blocked_ip_range_list=[HAND_WRITTEN, "203.0.113.0/24"],
        skipped_ip_range_list=[HAND_WRITTEN],
    )
    assert exceptions.blocked_ip_range_list == ("203.0.113.0/24", HAND_WRITTEN)
    assert exceptions.skipped_ip_range_list == (HAND_WRITTEN,)


@pytest.mark.parametrize(
    ("text", "rule", "remedy"),
    [
        ("203.0.113.7", "must be an IP range in CIDR notation", RANGE_REMEDY),
        ("203.0.113.0/", "must be an IP range in CIDR notation", RANGE_REMEDY),
        ("203.0.113.0/33", "must be an IP range in CIDR notation", RANGE_REMEDY),
        ("203.0.113.0/255.255.255.0", "must be an IP range in CIDR notation", RANGE_REMEDY),
        ("acme.example/24", "must be an IP range in CIDR notation", RANGE_REMEDY),
        ("", "must be a text that is not empty", RANGE_REMEDY),
        (
            "203.0.113.7/24",
            "must be an IP range that begins with its first address",
            "write '203.0.113.0/24'",
        ),
        (
            "2001:DB8::/32",
            "must be an IP range that begins with its first address",
            "write '2001:db8::/32'",
        ),
    ],
)
def test_refuses_what_is_no_range(text: str, rule: str, remedy: str) -> None:
    assert refusal(lambda: RiskExceptions(skipped_ip_range_list=[text])) == (
        f"RiskExceptions.skipped_ip_range_list[0]: {rule}, got {text!r}; {remedy}"
    )


@given(st.ip_addresses(), st.integers(0, 128))
def test_takes_each_range_as_it_is_usually_written(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, length: int
) -> None:
    network = ipaddress.ip_network((address, min(length, address.max_prefixlen)), strict=False)
    exceptions = RiskExceptions(blocked_ip_range_list=[str(network)])
    assert exceptions.blocked_ip_range_list == (str(network),)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {},
            "RiskExceptions, their ranges: must not be empty, got []; name a range, or remove "
            "RiskExceptions",
        ),
        (
            {
                "blocked_ip_range_list": ["203.0.113.0/24"],
                "skipped_ip_range_list": ["198.51.100.0/24", "203.0.113.0/24"],
            },
            "RiskExceptions.skipped_ip_range_list: must not contain a blocked range, got "
            "'203.0.113.0/24'; remove it from one of the two",
        ),
        (
            {"blocked_ip_range_list": "203.0.113.0/24"},
            "RiskExceptions.blocked_ip_range_list: must be a list, a tuple or a set, got "
            "'203.0.113.0/24'; put it into a list",
        ),
        (
            {"blocked_ip_range_list": ["203.0.113.0/24", "203.0.113.0/24"]},
            "RiskExceptions.blocked_ip_range_list[1]: must not repeat, got '203.0.113.0/24'; "
            "name it once",
        ),
        (
            {"blocked_ip_range_list": [f"203.0.113.{n}/32" for n in range(201)]},
            "RiskExceptions.blocked_ip_range_list, their number: must be from 0 to 200 IP "
            "ranges, got 201; merge ranges, or use a web ACL, whose IP sets can contain more",
        ),
    ],
)
def test_refuses_ranges_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: RiskExceptions(**settings)) == expected


EMAIL: dict[str, Any] = {
    "subject": "Unusual sign-in",
    "html_body": "<p>{login-time}</p>",
    "text_body": "{login-time}",
}


def test_every_message_has_a_text_by_default() -> None:
    """Without links, for which a pool needs a domain."""
    notify = NotifyConfiguration(source_arn=ADDRESS_ARN)
    assert isinstance(notify.block_email, NotifyEmail)
    assert isinstance(notify.mfa_email, NotifyEmail)
    assert notify.block_email.subject == "We blocked a sign-in"
    assert notify.mfa_email.subject == "We asked for a second factor"
    assert notify.no_action_email == NotifyEmail(
        subject="Unusual sign-in",
        html_body=(
            "<p>A sign-in to your account looked unusual.</p><ul><li>Time: {login-time}</li>"
            "<li>Device: {device-name}</li><li>Place: {city}, {country}</li>"
            "<li>IP address: {ip-address}</li></ul>"
            "<p>If this was not you, change your password.</p>"
        ),
        text_body=(
            "A sign-in to your account looked unusual.\nTime: {login-time}\n"
            "Device: {device-name}\nPlace: {city}, {country}\nIP address: {ip-address}\n"
            "If this was not you, change your password."
        ),
    )
    assert not notify.uses_links()


@pytest.mark.parametrize("link", ["{one-click-link-valid}", "{one-click-link-invalid}"])
@pytest.mark.parametrize("email", ["block_email", "mfa_email", "no_action_email"])
@pytest.mark.parametrize("body", ["html_body", "text_body"])
def test_knows_of_a_link_in_any_message(email: str, body: str, link: str) -> None:
    message: Any = NotifyEmail(**{**EMAIL, body: f"Was it you? {link}"})
    notify = NotifyConfiguration(source_arn=ADDRESS_ARN, **{email: message})
    assert notify.uses_links()


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_pass(text: str) -> None:
    email = NotifyEmail(subject=text, html_body=text, text_body=text)
    notify = NotifyConfiguration(
        source_arn=text,
        from_email_address=text,
        reply_to_email_address=text,
        block_email=email,
    )
    assert notify.block_email == email
    assert not notify.uses_links()


def test_answers_may_go_to_a_name_with_an_address() -> None:
    notify = NotifyConfiguration(
        source_arn=DOMAIN_ARN,
        from_email_address="Acme <security@example.com>",
        reply_to_email_address="Help <help@example.com>",
    )
    assert notify.reply_to_email_address == "Help <help@example.com>"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"subject": ""},
            "NotifyEmail.subject: must be 1 to 140 characters, not 0, got ''; write a text that "
            "fits",
        ),
        (
            {"html_body": "<p/>"},
            "NotifyEmail.html_body: must be 6 to 20000 characters, not 4, got '<p/>'; write a text "
            "that fits",
        ),
        (
            {"text_body": "bell\a bell"},
            "NotifyEmail.text_body: must be 6 to 20000 characters, printable characters and white "
            "space, got 'bell\\x07 bell'; write a text that fits",
        ),
    ],
)
def test_refuses_a_message_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: NotifyEmail(**{**EMAIL, **settings})) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"source_arn": "security@example.com"},
            "NotifyConfiguration.source_arn: must be 20 to 2048 characters, "
            "arn:partition:service:region:account:resource, got 'security@example.com'; write the "
            "ARN of a verified SES identity",
        ),
        (
            {"source_arn": DOMAIN_ARN},
            "NotifyConfiguration.from_email_address: must be given when the SES identity is a "
            "domain, got None; write an address of that domain",
        ),
        (
            {"source_arn": ADDRESS_ARN, "reply_to_email_address": "help"},
            "NotifyConfiguration.reply_to_email_address: must be an e-mail address, got 'help'; "
            "write an address such as 'ann@example.com'",
        ),
        (
            {"source_arn": ADDRESS_ARN, "mfa_email": "text"},
            "NotifyConfiguration.mfa_email: must be of type NotifyEmail, got 'text'; write "
            "NotifyEmail(…)",
        ),
    ],
)
def test_refuses_a_sender_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: NotifyConfiguration(**settings)) == expected
