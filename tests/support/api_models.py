"""AWS's own models of its APIs, as botocore ships them, each read once for all tests."""

from functools import cache
from typing import Any

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types

SESSION = botocore.session.get_session()


@cache
def api_model(service: str) -> Any:
    """Read the model of a service, such as `cognito-idp`."""
    return SESSION.get_service_model(service)
