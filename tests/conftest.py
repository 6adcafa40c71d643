"""How the tests are spread over two processes, and which of them run in CI alone."""

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

# What takes longest goes first, so that both processes end at about the same time.
_LONGEST_FIRST = (
    "tests/synth/engine",
    "tests/terraform/test_deployment.py",
    "tests/terraform/test_state_bucket.py",
    "tests/terraform/test_every_setting.py",
    "tests/terraform/test_access.py",
    "tests/terraform/test_handoff.py",
    "tests/terraform/test_members.py",
    "tests/terraform/test_protection.py",
    "tests/terraform/test_cdktf.py",
    "tests/terraform/test_sign_in_pages.py",
    "tests/terraform",
    "tests/unit",
    "tests/emulator",
    "tests/synth",
)


class _Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Keeps together what shares a Node process or a deployment."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that are too long for every run."""
    config.addinivalue_line("markers", "thorough: a minute's work; runs where CI=true")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Spread groups, not tests, over the processes."""
    return _Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and skip what is for CI."""
    items.sort(key=lambda item: _LONGEST_FIRST.index(_group(item.nodeid)))
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        return
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(pytest.mark.skip(reason="thorough: needs CI=true"))


def _group(nodeid: str) -> str:
    return next(group for group in _LONGEST_FIRST if nodeid.startswith(group))
