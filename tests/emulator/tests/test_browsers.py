"""Pages of any origin call the emulator, and read its errors."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.emulator import Emulator

ORIGIN = {"Origin": "https://app.example"}


def call(emulator: Emulator, operation: str, body: dict[str, Any]) -> tuple[int, Any, Any]:
    """Calls Cognito without a signature, as a page does; gives status, headers and answer."""
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        emulator.endpoint,
        data=json.dumps(body).encode(),
        headers={
            **ORIGIN,
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, json.load(error)


@pytest.mark.parametrize("path", ["/", "/oauth2/token"])
def test_a_browser_may_call(path: str, emulator: Emulator) -> None:
    """A preflight allows the headers that it asks for, from every origin."""
    wanted = "content-type,x-amz-target,x-amz-user-agent"
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        f"{emulator.endpoint}{path}",
        method="OPTIONS",
        headers={
            **ORIGIN,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": wanted,
        },
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
        assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"]
        assert answer.headers["Access-Control-Allow-Methods"] == "POST"
        assert answer.headers["Access-Control-Allow-Headers"] == wanted


def test_a_browser_reads_an_error(emulator: Emulator) -> None:
    status, headers, answer = call(
        emulator, "InitiateAuth", {"ClientId": "none", "AuthFlow": "USER_SRP_AUTH"}
    )
    assert (status, answer["__type"]) == (400, "ResourceNotFoundException")
    assert headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert "x-amzn-ErrorType" in headers["Access-Control-Expose-Headers"]


def test_a_call_that_is_not_emulated_is_refused_in_json(emulator: Emulator) -> None:
    status, headers, answer = call(emulator, "ListUserImportJobs", {})
    assert status == 400
    assert headers["Content-Type"] == "application/x-amz-json-1.1"
    assert answer == {
        "__type": "UnknownOperationException",
        "message": "ListUserImportJobs: is not emulated",
    }


def test_a_fault_of_the_emulator_is_an_error_in_json(emulator: Emulator) -> None:
    """Here of a call without what it needs."""
    status, _, answer = call(emulator, "SignUp", {})
    assert (status, answer["__type"]) == (500, "InternalErrorException")
