"""The ids that Terraform imports the resources of Cognito by.

Source: the section «Import» of each resource's page in the documentation of AWS provider 5.100.0,
and 6.4 for the types that are new in version 6.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from constructs_auth.facts import resource_types as types

_POOL = r"[\w-]+_[0-9A-Za-z]+"
_CLIENT = r"[\w+]+"
_IDENTITY_POOL = r"[\w-]+:[0-9a-f-]{36}"


@dataclass(frozen=True, slots=True)
class ImportId:
    """The id of one resource type.

    Attributes:
        form: How it is written; the words in angle brackets stand for values.
        pattern: The regular expression that the whole id matches.
    """

    form: str
    pattern: str

    def accepts(self, text: str) -> bool:
        """Return whether *text* has the form."""
        return re.fullmatch(self.pattern, text) is not None


IMPORT_IDS: Mapping[str, ImportId] = {
    types.USER_POOL: ImportId("<user pool id>", _POOL),
    types.USER_POOL_CLIENT: ImportId("<user pool id>/<client id>", f"{_POOL}/{_CLIENT}"),
    types.USER_POOL_DOMAIN: ImportId("<domain>", r"[^\s/:|,]+"),
    types.USER_POOL_UI_CUSTOMIZATION: ImportId(
        "<user pool id>,<client id or ALL>", f"{_POOL},{_CLIENT}"
    ),
    types.MANAGED_LOGIN_BRANDING: ImportId(
        "<user pool id>,<branding id>", rf"{_POOL},[0-9a-f-]{{36}}"
    ),
    types.IDENTITY_PROVIDER: ImportId("<user pool id>:<provider name>", rf"{_POOL}:[^\s:]+.*"),
    types.RESOURCE_SERVER: ImportId("<user pool id>|<identifier>", rf"{_POOL}\|\S.*"),
    types.RISK_CONFIGURATION: ImportId(
        "<user pool id> or <user pool id>:<client id>", f"{_POOL}(?::{_CLIENT})?"
    ),
    types.LOG_DELIVERY_CONFIGURATION: ImportId("<user pool id>", _POOL),
    types.USER: ImportId("<user pool id>/<user name>", rf"{_POOL}/\S+"),
    types.USER_GROUP: ImportId("<user pool id>/<group name>", rf"{_POOL}/\S+"),
    types.IDENTITY_POOL: ImportId("<identity pool id>", _IDENTITY_POOL),
    types.IDENTITY_POOL_ROLES_ATTACHMENT: ImportId("<identity pool id>", _IDENTITY_POOL),
    types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG: ImportId(
        "<identity pool id>:<provider name>", rf"{_IDENTITY_POOL}:\S+"
    ),
    types.LAMBDA_PERMISSION: ImportId(
        "<function>/<statement id> or <function>:<qualifier>/<statement id>",
        r"[^\s/]+/[\w-]+",
    ),
}
"""The import id of each resource type with a known form."""


def function_and_qualifier(named: str) -> tuple[str, str]:
    """Return the name of a Lambda function and its qualifier, from an ARN or from a name.

    The qualifier is empty if there is none. An id of a permission has the same form before `/`.
    """
    parts = named.split(":")
    own = parts[6:] if named.startswith("arn:") else parts
    return own[0] if own else "", own[1] if len(own) > 1 else ""


NOT_IMPORTED = frozenset({types.USER_IN_GROUP})
"""Types of Cognito that the provider cannot import."""

NOT_READ: Mapping[str, frozenset[str]] = {
    types.USER: frozenset(
        {
            "client_metadata",
            "desired_delivery_mediums",
            "force_alias_creation",
            "message_action",
            "password",
            "temporary_password",
            "validation_data",
        }
    ),
    types.USER_POOL_UI_CUSTOMIZATION: frozenset({"image_file"}),
}
"""The arguments that the provider does not read at an import, so the state lacks them. If a program
sets one of them, Terraform plans an update. Measured with provider 5.100.0
(tests/terraform/test_adopt.py).
"""
