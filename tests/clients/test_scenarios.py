"""Real clients sign users up and in, configured by what `constructs-auth app-config` wrote."""

import os
from collections.abc import Callable, Mapping

import pytest

from tests.clients.conftest import System, scenarios_of, write_certificate
from tests.support.requirements import require_browser

pytestmark = pytest.mark.thorough

PROGRAMS = {
    "amplify.mjs": 18,
    "browser.mjs": 4,
    "identity_js.mjs": 4,
    "jose.mjs": 5,
    "oidc.mjs": 7,
    "verify.mjs": 4,
}
"""The programs, and how many scenarios each has at least."""

Results = Mapping[str, str | None]


@pytest.fixture(scope="module")
def results(system: System) -> Callable[[str], Results]:
    """Runs a program once; gives what went wrong in each scenario."""
    known: dict[str, Results] = {}

    def results_of(program: str) -> Results:
        if program not in known:
            more = {}
            if program == "browser.mjs":
                more["CHROMIUM"] = str(require_browser(os.environ))
                write_certificate(system.work)
            known[program] = system.scenarios(program, **more)
        return known[program]

    return results_of


@pytest.mark.parametrize(
    ("program", "scenario"),
    [(program, scenario) for program in PROGRAMS for scenario in scenarios_of(program)],
)
def test_a_client(program: str, scenario: str, results: Callable[[str], Results]) -> None:
    found = results(program)
    error = found.get(scenario, found.get("", "did not run"))
    assert error is None, f"{scenario}:\n{error}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_all_scenarios_ran(program: str, results: Callable[[str], Results]) -> None:
    """A program that ends early, or a scenario that nobody finds, is no success."""
    names = scenarios_of(program)
    assert {*results(program)} - {""} == {*names}
    assert len(names) >= PROGRAMS[program]
