"""The server of docs/sign_in_from_a_server.md signs a user in, with its code as it stands there."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.clients.conftest import PASSWORD, System
from tests.clients.names import SERVER
from tests.clients.test_authlib import ToEmulator
from tests.emulator.tests.browser import Browser

pytestmark = pytest.mark.thorough

PAGE = Path(__file__).parents[2] / "docs" / "sign_in_from_a_server.md"


@pytest.fixture
def environment(system: System) -> Mapping[str, str]:
    """The values that the server reads, from the configuration of the system."""
    found = system.server()
    return {
        "SESSION_KEY": "a text",
        "CLIENT_ID": found["ID"],
        "CLIENT_SECRET": found["SECRET"],
        "ISSUER": system.configuration("auth.json")["issuer"],
    }


def test_a_user_signs_in(
    system: System, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At Cognito's pages, and comes back to the server."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    to_emulator = ToEmulator(system.emulator)
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: to_emulator)
    monkeypatch.setenv("NO_PROXY", "*")
    own = urlsplit(SERVER)
    (code, *_) = re.findall(r"(?ms)^```python\n(.+?)^```", PAGE.read_text(encoding="utf-8"))
    names: dict[str, Any] = {"__name__": "server"}
    exec(code.replace('"/callback"', f'"{own.path}"'), names)  # noqa: S102 - of our own page
    browser = names["server"].test_client()
    origin = f"{own.scheme}://{own.netloc}"
    assert "Sign in" in browser.get("/", base_url=origin).text

    system.new_user("flask@example.com")
    pages = urlsplit(browser.get("/login", base_url=origin).location)
    at_cognito = Browser(system.emulator, pages.netloc)
    at_cognito.open(f"{pages.path}?{pages.query}")
    back = urlsplit(at_cognito.send(username="flask@example.com", password=PASSWORD).url)
    answer = browser.get(f"{back.path}?{back.query}", base_url=origin)

    assert answer.status_code == 302
    assert browser.get("/", base_url=origin).text == "Signed in as flask@example.com"
