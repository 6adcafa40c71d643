"""What the roles of this package share: how their names begin, and how policies are written."""

import json
import re
from collections.abc import Mapping

_LONGEST_PREFIX = 38
"""Of a role's name of at most 64 characters, Terraform fills 26 (`name_prefix`)."""


def role_name_prefix(owner: str, suffix: str) -> str:
    """Give what a role's name begins with: the ids of its owner and of itself, shortened."""
    end = f"-{_legal(suffix)}-"[-_LONGEST_PREFIX:]
    return _legal(owner)[: _LONGEST_PREFIX - len(end)] + end


def policy_document(*statements: Mapping[str, object]) -> str:
    """Write a policy, in the same bytes each time."""
    return json.dumps({"Statement": statements, "Version": "2012-10-17"}, sort_keys=True)


def _legal(text: str) -> str:
    return re.sub(r"[^\w+=,.@-]", "-", text, flags=re.ASCII)
