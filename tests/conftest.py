"""How the tests are spread over processes, and which of them run in CI alone."""

import gc
import os
import signal

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.support.renamed_imports import rename_imports

rename_imports()

# What takes longest goes first, so that all processes end at about the same time. A folder here
# is one group: its tests share an emulator, or programs that take seconds. Every other file is a
# group of its own, and fills what is left.
_LONGEST_FIRST = (
    "tests/terraform/test_interruption.py",
    "tests/terraform/test_deployment.py",
    "tests/terraform/test_gate.py",
    "tests/synth/engine",
    "tests/synth/test_reproducible.py",
    "tests/synth/test_runtimes.py",
    "tests/synth/test_frameworks.py",
    "tests/synth",
    "tests/terraform/test_state_bucket.py",
    "tests/clients",
    "tests/terraform/test_every_setting.py",
    "tests/terraform/test_access.py",
    "tests/terraform/test_handoff.py",
    "tests/terraform/test_init.py",
    "tests/terraform/test_cdktf.py",
    "tests/terraform/test_cdktn.py",
    "tests/terraform/test_move_to_cdktn.py",
    "tests/terraform/test_members.py",
    "tests/terraform/test_protection.py",
    "tests/emulator",
    "tests/terraform/test_review_plans.py",
    "tests/terraform/test_demo.py",
    "tests/terraform/test_sign_in_pages.py",
)


# They parse the package, which takes a second, so one process reads it for all of them.
_OF_THE_SOURCES = "tests of the sources"
_READ_THE_SOURCES = frozenset(
    {
        "tests/unit/rules/test_remedies.py",
        "tests/unit/test_architecture.py",
        "tests/unit/test_docstrings.py",
        "tests/unit/test_english.py",
        "tests/unit/test_public_names.py",
        "tests/unit/test_remedies.py",
        "tests/unit/test_subjects.py",
    }
)


class _Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Keeps together what shares an emulator or a deployment."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that are too long for every run, and let programs be interrupted.

    Garbage is not collected while tests are: nothing of them is garbage.

    A shell lets what it starts in the background ignore Ctrl-C, and so would the tests' programs.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.disable()
    config.addinivalue_line("markers", "thorough: a minute's work; runs where CI=true")


def pytest_collection_finish() -> None:
    """Spare the garbage collector thousands of tests: they take a tenth of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Collect garbage once: pytest does so ten times, over all that the tests keep."""
    gc.collect()
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Spread groups, not tests, over the processes."""
    return _Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and skip what is for CI."""
    items.sort(key=lambda item: _place(_group(item.nodeid)))
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        return
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(pytest.mark.skip(reason="thorough: needs CI=true"))


def _group(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    if file in _READ_THE_SOURCES:
        return _OF_THE_SOURCES
    return next((group for group in _LONGEST_FIRST if file.startswith(group)), file)


def _place(group: str) -> int:
    """Return when a group begins; files of one place stay in the order of their names."""
    return _LONGEST_FIRST.index(group) if group in _LONGEST_FIRST else len(_LONGEST_FIRST)
