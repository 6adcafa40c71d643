"""How the tests are spread over processes by `pytest -n 2 --dist loadgroup`."""

from pathlib import Path

import pytest

_TERRAFORM = Path(__file__).parent / "terraform"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares a Node process together, and each file that shares a deployment."""
    for item in items:
        group = item.path.name if item.path.is_relative_to(_TERRAFORM) else "python"
        item.add_marker(pytest.mark.xdist_group(group))
