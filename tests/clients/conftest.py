"""One system for all clients: defined by Python, applied by real Terraform to an emulated AWS."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.clients.names import REGION, STACK
from tests.emulator import Emulator, running_emulator
from tests.support.requirements import require_clients, require_terraform
from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform, terraform_environment

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

PROGRAMS = Path(__file__).parent / "programs"
PASSWORD = "Correct-Horse-Battery-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The applied system.

    Attributes:
        emulator: The AWS that it is in.
        terraform: The folder that it was applied from.
        work: A folder with the programs of the clients, and the configuration of each.
    """

    emulator: Emulator
    terraform: Terraform
    work: Path

    def configuration(self, file: str) -> Any:
        """The configuration of an application, as the command wrote it."""
        return json.loads((self.work / file).read_text(encoding="utf-8"))

    def server(self) -> Mapping[str, str]:
        """The `ID` and the `SECRET` of the server's client, from its file."""
        text = (self.work / "server.env").read_text(encoding="utf-8")
        return dict(re.findall(r"(?m)^AUTH_COGNITO_(ID|SECRET)=(.+)$", text))

    def new_user(self, email: str) -> str:
        """A user who can sign in; gives the `sub`."""
        cognito = self.emulator.cognito(REGION)
        pool_id = self.configuration("auth.json")["user_pool_id"]
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=email,
            UserAttributes=[{"Name": "email_verified", "Value": "true"}],
        )
        cognito.admin_set_user_password(
            UserPoolId=pool_id, Username=email, Password=PASSWORD, Permanent=True
        )
        return cognito.admin_get_user(UserPoolId=pool_id, Username=email)["Username"]

    def node(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Runs Node.js where the programs are; AWS is the emulator, and there is nothing else."""
        return subprocess.run(
            ["node", *arguments],  # noqa: S607 - that of the virtual environment
            cwd=self.work,
            env=_environment()
            | {"EMULATOR": self.emulator.endpoint, "REGION": REGION, "PASSWORD": PASSWORD}
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def scenarios(self, program: str, **environment: str) -> Mapping[str, str | None]:
        """Runs the scenarios of a program: what went wrong in each, or `None`."""
        return results_of(self.node(program, **environment))


def results_of(run: "subprocess.CompletedProcess[str]") -> Mapping[str, str | None]:
    """What a program says of each of its scenarios: what went wrong, or `None`."""
    found: dict[str, str | None] = {}
    for line in run.stdout.splitlines():
        if line.startswith('{"scenario":'):
            said = json.loads(line)
            found[said["scenario"]] = said["error"]
    if run.returncode != 0:
        found.setdefault("", run.stdout)
    return found


def _environment() -> dict[str, str]:
    """What programs need of the caller's environment."""
    kept = ("PATH", "HOME", "TMPDIR", "LANG")
    return {name: os.environ[name] for name in kept if name in os.environ}


def scenarios_of(program: str) -> list[str]:
    """The names of the scenarios in a program, in its order."""
    lines = (PROGRAMS / program).read_text(encoding="utf-8").splitlines()
    start = 'scenario("'
    return [line[len(start) :].partition('"')[0] for line in lines if line.startswith(start)]


def write_certificate(folder: Path, *, prefix: str = "", key: PrivateKey | None = None) -> None:
    """Writes a certificate and its key: by default of a server that stands for Cognito."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "emulator")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / f"{prefix}certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / f"{prefix}key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulated AWS for all clients."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        yield emulator


@pytest.fixture(scope="session")
def system(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> System:
    """The system, applied, with the files that `constructs-auth app-config` wrote."""
    work = new_work(tmp_path_factory.mktemp("clients"))
    terraform = applied(emulator, work, STACK, "-m", "tests.clients.system")
    outputs = terraform.run("output", "-json")
    for name, form, file in (
        ("amplify", "amplify-outputs", "amplify_outputs.json"),
        ("amplify_1_5", "amplify-outputs", "amplify_outputs_1_5.json"),
        ("gen1", "amplify-gen1", "amplifyconfiguration.json"),
        ("oidc", "oidc-client", "oidc.json"),
        ("passkeys", "oidc-client", "passkeys.json"),
        ("server_side", "auth-js", "server.env"),
        ("plain", "plain-json", "auth.json"),
        ("steady", "plain-json", "steady.json"),
    ):
        _write_configuration(outputs, name=name, form=form, file=work / file)
    found = {name: output["value"] for name, output in json.loads(outputs).items()}
    job = {"id": found["job_id"], "secret": found["job_secret"]}
    (work / "job.json").write_text(json.dumps(job), encoding="utf-8")
    return System(emulator=emulator, terraform=terraform, work=work)


def new_work(folder: Path) -> Path:
    """Fills a folder with the programs and the packages of the clients."""
    modules = require_clients(os.environ)
    for program in PROGRAMS.iterdir():
        (folder / program.name).write_bytes(program.read_bytes())
    (folder / "node_modules").symlink_to(modules)
    return folder


def applied(emulator: Emulator, work: Path, stack: str, *program: str) -> Terraform:
    """Applies a stack that a Python program defines."""
    executable = require_terraform(os.environ)
    folder = synthesize(work / "out", *program) / stack
    (folder / "cdk.tf.json").write_text(json.dumps(with_local_state(folder)), encoding="utf-8")
    environment = terraform_environment(os.environ, work=work) | emulator.environment()
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    terraform.apply()
    return terraform


def _write_configuration(outputs: str, *, name: str, form: str, file: Path) -> None:
    """Runs the command as its documentation shows it."""
    command = [
        *(sys.executable, "-m", "constructs_auth", "app-config"),
        *("--format", form, "--name", name, "--output", str(file)),
    ]
    run = subprocess.run(
        command, input=outputs, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
