"""A program's way to a token: its client id and secret at the token endpoint."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.emulator.process import Emulator


def ask_for_token(
    emulator: Emulator, token_url: str, form: Mapping[str, str], *, client: tuple[str, str] | None
) -> dict[str, Any]:
    """Posts a form to the token endpoint, where the emulator stands for the host of the URL.

    Args:
        emulator: Stands for every host.
        token_url: The URL as an application knows it.
        form: What is asked.
        client: Client id and secret for the header, or `None` where the form has them.

    Returns:
        The answer, also that of a refusal: `{"error": "invalid_client"}`.
    """
    parts = urlsplit(token_url)
    request = urllib.request.Request(  # noqa: S310 - the emulator's
        f"{emulator.endpoint}{parts.path}",
        data=urlencode(form).encode(),
        headers={"Host": parts.netloc},
    )
    if client is not None:
        proof = base64.b64encode(":".join(client).encode()).decode()
        request.add_header("Authorization", f"Basic {proof}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the emulator's
            body = answer.read()
    except urllib.error.HTTPError as error:
        with error:
            body = error.read()
    found: dict[str, Any] = json.loads(body)
    return found
