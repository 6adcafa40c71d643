"""Quotas are those of AWS's documentation; here the sentences that carry them are held."""

import re
from pathlib import Path

import constructs_auth
from constructs_auth.facts.quotas import EMAILS_A_DAY

PACKAGE = Path(constructs_auth.__file__).parent
PAGES = [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "docs").glob("*.md")]


def test_each_sentence_about_cognitos_own_sender_has_the_same_number() -> None:
    said = [
        int(number)
        for page in PAGES
        for number in re.findall(r"(\d+) messages a day", page.read_text(encoding="utf-8"))
    ]
    assert len(said) > 1
    assert set(said) == {EMAILS_A_DAY}
