"""One emulator for all tests of the package, and a user pool in it."""

from collections.abc import Iterator

import pytest

from tests.emulator import Emulator, running_emulator

REGION = "eu-central-1"
"""Where everything is."""


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulated AWS."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        yield emulator


@pytest.fixture
def pool_id(emulator: Emulator) -> str:
    """A user pool that is protected from deletion, with names that ignore case."""
    made = emulator.cognito(REGION).create_user_pool(
        PoolName="pool",
        DeletionProtection="ACTIVE",
        UsernameConfiguration={"CaseSensitive": False},
        AliasAttributes=["email"],
        UserPoolTags={"stack": "auth"},
        UserPoolTier="PLUS",
    )
    return made["UserPool"]["Id"]
