"""aws-amplify 6 signs users up and in, configured by the file of `AmplifyOutputs` alone."""

from collections.abc import Mapping

import pytest

from tests.clients.conftest import System, scenarios_of

pytestmark = pytest.mark.thorough

PROGRAM = "amplify.mjs"


@pytest.fixture(scope="module")
def results(system: System) -> Mapping[str, str | None]:
    """What went wrong in each scenario."""
    return system.scenarios(PROGRAM)


@pytest.mark.parametrize("scenario", scenarios_of(PROGRAM))
def test_amplify(scenario: str, results: Mapping[str, str | None]) -> None:
    error = results.get(scenario, results.get("", "did not run"))
    assert error is None, f"{scenario}:\n{error}"


def test_all_scenarios_ran(results: Mapping[str, str | None]) -> None:
    """And the program ended as it should."""
    assert {*results} - {""} == {*scenarios_of(PROGRAM)}
    assert len(results) >= 15
