"""The emulator ends with the program that started it, and calls can be held."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from tests.emulator import Emulator, EmulatorError, running_emulator
from tests.emulator.process import ROOT
from tests.emulator.tests.conftest import REGION


def test_stops_at_the_end(tmp_path: Path) -> None:
    """Its process has ended."""
    with running_emulator(tmp_path / "log") as emulator:
        os.kill(emulator.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(emulator.pid, 0)


def test_ends_with_its_starter(tmp_path: Path) -> None:
    """Also where the program that started it was killed and could stop nothing."""
    program = (
        "import os, pathlib, sys; from tests.emulator import running_emulator\n"
        "with running_emulator(pathlib.Path(sys.argv[1])) as emulator:\n"
        "    print(emulator.endpoint, flush=True); os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "log")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    port = int(run.stdout.rpartition(":")[2])
    end = time.monotonic() + 10
    while is_served(port):
        assert time.monotonic() < end
        time.sleep(0.05)


def is_served(port: int) -> bool:
    """Whether anything listens on a port of the loopback interface."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_says_why_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the process printed."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with (
        pytest.raises(EmulatorError, match=r"^emulator: did not start, it said:\n$"),
        running_emulator(tmp_path / "log"),
    ):
        pass


def test_a_held_call_waits_for_its_answer(emulator: Emulator) -> None:
    """It is performed when it is let through."""
    cognito = emulator.cognito(REGION)
    emulator.gate("hold", "ListUserPools")
    answers: list[int] = []
    call = threading.Thread(
        target=lambda: answers.append(len(cognito.list_user_pools(MaxResults=1)))
    )
    call.start()
    emulator.wait_for_call("ListUserPools", seconds=10)
    assert answers == []
    emulator.gate("answer", "ListUserPools")
    call.join(timeout=10)
    assert len(answers) == 1


def test_says_which_call_did_not_come(emulator: Emulator) -> None:
    """A test that waits in vain fails with its name."""
    emulator.gate("hold", "DeleteGroup")
    with pytest.raises(EmulatorError, match=r"^DeleteGroup: no call within 0.1 s$"):
        emulator.wait_for_call("DeleteGroup", seconds=0.1)


def test_a_profile_of_the_developer_does_not_matter(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even one that does not exist."""
    monkeypatch.setenv("AWS_PROFILE", "missing")
    fresh = Emulator(endpoint=emulator.endpoint, pid=emulator.pid)
    assert fresh.s3(REGION).list_buckets()["Buckets"] == []


def test_its_environment_leads_an_sdk_to_it(emulator: Emulator, tmp_path: Path) -> None:
    """Terraform's too, which has nothing else of the emulator."""
    program = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=emulator.environment() | {"AWS_DEFAULT_REGION": REGION, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout.strip() == "123456789012"


def test_keys_are_open_to_everybody(emulator: Emulator, pool_id: str) -> None:
    """Without a signature, as applications read them."""
    url = f"{emulator.endpoint}/{pool_id}/.well-known/jwks.json"
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the emulator's
        assert json.load(answer)["keys"]


def test_a_call_that_is_sent_again_gets_its_first_answer(emulator: Emulator) -> None:
    """The SDK sends each attempt of a call with the same id."""

    def create(invocation: str) -> str:
        request = urllib.request.Request(  # noqa: S310 - to loopback
            emulator.environment()["AWS_ENDPOINT_URL"],
            data=json.dumps({"PoolName": "twice"}).encode(),
            headers={
                "amz-sdk-invocation-id": invocation,
                "Authorization": "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/"
                "aws4_request, SignedHeaders=host, Signature=x",
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "AWSCognitoIdentityProviderService.CreateUserPool",
            },
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - to loopback
            pool_id: str = json.load(answer)["UserPool"]["Id"]
            return pool_id

    first = create("one")
    assert create("one") == first
    assert create("another") != first
