"""The people of `examples/workforce` sign in through a SAML provider, and their groups come along.

The provider is samlify, the application openid-client; both know nothing of the emulator.
"""

import http.server
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.clients.conftest import (
    System,
    applied,
    new_work,
    scenarios_of,
    write_certificate,
)
from tests.clients.names import REGION
from tests.emulator import Emulator
from tests.support.serving import serving
from tests.support.synthesized import PROJECT
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

PROGRAM = "workforce.mjs"
METADATA_HOST = "portal.sso.us-east-1.amazonaws.com"
PATH = "/saml/metadata/MTExMTIyMjIzMzMz"
CALLBACK = "https://tools.acme.example/callback"


def serving_metadata(metadata: str) -> AbstractContextManager[str]:
    """Serves the metadata where the example looks for it; gives the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == PATH else 404)
            self.end_headers()
            self.wfile.write(metadata.encode() if self.path == PATH else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return serving(Handler)


@pytest.fixture(scope="module")
def workforce(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The example, applied while its provider can be reached."""
    work = new_work(tmp_path_factory.mktemp("workforce"))
    for name in ("provider", "foreign"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        write_certificate(work, prefix=f"{name}.", key=key)
    bare = Terraform(folder=work, executable=work, environment={})
    run = System(emulator=emulator, terraform=bare, work=work).node("saml_provider.mjs")
    assert run.returncode == 0, run.stdout
    with serving_metadata(run.stdout.strip()) as endpoint:
        emulator.stand_in(METADATA_HOST, endpoint)
        program = PROJECT / "examples" / "workforce" / "main.py"
        terraform = applied(emulator, work, "workforce", str(program))
        system = System(emulator=emulator, terraform=terraform, work=work)
        write_application(system)
        yield system


def write_application(system: System) -> None:
    """Writes what the application knows, from the outputs and as an administrator reads it."""
    outputs = json.loads(system.terraform.run("output", "-json"))
    found = {name: output["value"] for name, output in outputs.items()}
    pool_id = found["saml_entity_id"].rpartition(":")[2]
    cognito = system.emulator.cognito(REGION)
    (client,) = cognito.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"]
    details = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client["ClientId"])[
        "UserPoolClient"
    ]
    application = {
        "acs_url": found["saml_acs_url"],
        "entity_id": found["saml_entity_id"],
        "issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{pool_id}",
        "client_id": details["ClientId"],
        "client_secret": details["ClientSecret"],
        "redirect_uri": CALLBACK,
        "logout_uri": "https://tools.acme.example/",
        "groups": {
            "engineers": found["engineers_group_id"],
            "support": found["support_group_id"],
        },
    }
    (system.work / "workforce.json").write_text(json.dumps(application), encoding="utf-8")


@pytest.fixture(scope="module")
def results(workforce: System) -> Mapping[str, str | None]:
    """What went wrong in each scenario of the program."""
    return workforce.scenarios(PROGRAM)


def test_nothing_is_left_to_change(workforce: System) -> None:
    """Not even what Cognito reads from the metadata."""
    plan = workforce.terraform.plan()
    assert not plan.has_changes, plan.text


def test_cognito_knows_where_the_provider_is(workforce: System) -> None:
    application = workforce.configuration("workforce.json")
    provider = workforce.emulator.cognito(REGION).describe_identity_provider(
        UserPoolId=application["entity_id"].rpartition(":")[2], ProviderName="identity-center"
    )["IdentityProvider"]
    assert provider["ProviderDetails"]["SSORedirectBindingURI"].startswith(
        f"https://{METADATA_HOST}/saml/assertion/"
    )


@pytest.mark.parametrize("scenario", scenarios_of(PROGRAM))
def test_a_person(scenario: str, results: Mapping[str, str | None]) -> None:
    error = results.get(scenario, results.get("", "did not run"))
    assert error is None, f"{scenario}:\n{error}"


def test_all_scenarios_ran(results: Mapping[str, str | None]) -> None:
    """A program that ends early, or a scenario that nobody finds, is no success."""
    names = scenarios_of(PROGRAM)
    assert {*results} - {""} == {*names}
    assert len(names) >= 10
