"""How the tests are spread over processes by `pytest -n 2 --dist loadgroup`."""

from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
# What takes longest goes first, so that both processes end at about the same time.
_LONGEST_FIRST = (
    "synth/engine",
    "terraform/test_deployment.py",
    "terraform/test_every_setting.py",
    "terraform/test_cdktf.py",
    "terraform",
    "unit",
    "synth",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep together what shares a Node process or a deployment, when there are processes."""
    if config.getoption("dist", "no") == "no":
        return
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _LONGEST_FIRST.index(_group(item)))


def _group(item: pytest.Item) -> str:
    path = item.path.relative_to(_TESTS).as_posix()
    return next(group for group in _LONGEST_FIRST if path.startswith(group))
