"""How users get back in."""

from typing import Any

import pytest

from constructs_auth import AccountRecovery, RecoveryMechanism
from tests.unit.samples import HAND_WRITTEN, LIST_TOKEN, OBJECT_TOKEN, TEXT_TOKEN, refusal

EMAIL = RecoveryMechanism.VERIFIED_EMAIL
PHONE = RecoveryMechanism.VERIFIED_PHONE_NUMBER
ADMIN = RecoveryMechanism.ADMIN_ONLY
REMEDY = "list RecoveryMechanism members, the preferred one first"
MEMBERS = (
    "choose from RecoveryMechanism.VERIFIED_EMAIL, RecoveryMechanism.VERIFIED_PHONE_NUMBER, "
    "RecoveryMechanism.ADMIN_ONLY"
)


@pytest.mark.parametrize("mechanisms", [[EMAIL], [PHONE], [ADMIN], [EMAIL, PHONE], (PHONE, EMAIL)])
def test_keeps_the_order_of_the_mechanisms(mechanisms: Any) -> None:
    assert AccountRecovery(mechanisms=mechanisms).mechanisms == tuple(mechanisms)


def test_refuses_a_list_that_only_terraform_will_know() -> None:
    """CDKTF could not write it: each mechanism is a block."""
    mechanisms: Any = LIST_TOKEN
    assert refusal(lambda: AccountRecovery(mechanisms=mechanisms)) == (
        "AccountRecovery.mechanisms: must be a list of known items, because each becomes a block, "
        "got 'a list token'; list RecoveryMechanism members, the preferred one first"
    )


def test_accepts_mechanisms_by_their_text() -> None:
    mechanisms: Any = ["verified_phone_number", "verified_email"]
    assert AccountRecovery(mechanisms=mechanisms).mechanisms == (PHONE, EMAIL)


@pytest.mark.parametrize(
    ("mechanisms", "text"),
    [
        (
            "verified_email",
            ": must be a list, a tuple or a set, got 'verified_email'; put it into a list",
        ),
        (
            EMAIL,
            ": must be a list, a tuple or a set, "
            "got <RecoveryMechanism.VERIFIED_EMAIL: 'verified_email'>; put it into a list",
        ),
        (None, f": must be a list, a tuple or a set, got None; {REMEDY}"),
        (1, f": must be a list, a tuple or a set, got 1; {REMEDY}"),
        ({}, f": must be a list, a tuple or a set, got {{}}; {REMEDY}"),
        ([], f": must not be empty, got []; {REMEDY}"),
        (
            {PHONE, EMAIL},
            ": must be in order of priority, which a set does not keep, "
            f"got ['verified_email', 'verified_phone_number']; {REMEDY}",
        ),
        (
            [EMAIL, EMAIL],
            "[1]: must not repeat, "
            "got <RecoveryMechanism.VERIFIED_EMAIL: 'verified_email'>; name it once",
        ),
        (
            [EMAIL, ADMIN],
            ": must be admin_only alone, or other mechanisms without it, got ['verified_email', "
            "'admin_only']; leave out either RecoveryMechanism.ADMIN_ONLY or the others",
        ),
        (
            [HAND_WRITTEN, ADMIN],
            ": must be admin_only alone, or other mechanisms without it, got ['${var.x}', "
            "'admin_only']; leave out either RecoveryMechanism.ADMIN_ONLY or the others",
        ),
        (
            [EMAIL, PHONE, HAND_WRITTEN],
            ", their number: must be from 1 to 2, got 3; remove one of them",
        ),
        (["email"], f"[0]: must be a member of RecoveryMechanism, got 'email'; {MEMBERS}"),
        ([["verified_email"]], None),
        (
            OBJECT_TOKEN,
            ": must be a list, a tuple or a set, got Resolvable(); wrap it in Token.as_list(…)",
        ),
    ],
)
def test_refuses_what_cognito_refuses(mechanisms: Any, text: str | None) -> None:
    if text is None:
        text = f"[0]: must be a member of RecoveryMechanism, got {mechanisms[0]!r}; {MEMBERS}"
    assert refusal(lambda: AccountRecovery(mechanisms=mechanisms)) == (
        f"AccountRecovery.mechanisms{text}"
    )


@pytest.mark.parametrize("mechanisms", [[TEXT_TOKEN], [EMAIL, HAND_WRITTEN]])
def test_tokens_pass(mechanisms: Any) -> None:
    assert AccountRecovery(mechanisms=mechanisms).mechanisms == tuple(mechanisms)
