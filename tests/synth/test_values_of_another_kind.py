"""A value of a kind that a keyword never takes has our error, not one of jsii or of Python."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from constructs_auth.errors import InvalidValueError
from tests.synth import access, everything, identities, members, workforce
from tools.arguments_page import Define, Recorder

PROGRAMS = (access, everything, identities, members, workforce)
"""Programs that use every setting."""


def settings(recorder: Recorder, define: Define) -> Iterator[tuple[int, str, str]]:
    """Walk through the settings of a program: the number of the call, the class, the keyword."""
    calls, _ = recorder.record(define)
    for at, call in enumerate(calls):
        for keyword in call.arguments:
            if keyword not in {"scope", "construct_id"}:
                yield at, call.kind.__name__, keyword


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """Records and changes the calls of programs."""
    with closing(Recorder()) as recorder:
        yield recorder


@pytest.mark.thorough
def test_no_keyword_takes_it(recorder: Recorder) -> None:
    """Each keyword of each construct, with an object, and with a list of one."""
    tried: set[tuple[str, str]] = set()
    wrong: list[tuple[str, str, str]] = []
    for program in PROGRAMS:
        for at, kind, keyword in [*settings(recorder, program.define)]:
            if (kind, keyword) in tried:
                continue
            tried.add((kind, keyword))
            values: tuple[Any, ...] = (object(), [object()])
            for value in values:
                try:
                    recorder.run(program.define, at, **{keyword: value})
                except InvalidValueError:
                    continue
                except Exception as error:  # noqa: BLE001 - what is looked for
                    wrong.append((kind, keyword, type(error).__name__))
                else:
                    wrong.append((kind, keyword, "accepted"))

    assert len(tried) > 140
    assert wrong == []
