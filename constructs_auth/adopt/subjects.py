"""The subjects of a long program: which file defines the constructs of a resource type."""

import keyword
import sys
from dataclasses import dataclass

from constructs_auth.facts import resource_types as types


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of one file of a program.

    Attributes:
        module: The name of the file, without `.py`.
        title: The constructs that it defines, in words.
    """

    module: str
    title: str

    @property
    def function(self) -> str:
        """The name of its function."""
        return f"define_{self.module}"

    @property
    def result(self) -> str:
        """The name of the class with the constructs that other files refer to."""
        return "".join(map(str.capitalize, self.module.split("_")))


RESERVED = frozenset({*keyword.kwlist, *sys.stdlib_module_names})
"""The names that a file or a variable must not have: Python needs them."""

VARIABLES = Subject("variables", "variables")
"""The secrets, which resources of several types refer to."""

_CLIENTS = Subject("clients", "app clients")
_IDENTITY_POOLS = Subject("identity_pools", "identity pools")
_USERS = Subject("users", "users")

SUBJECTS = {
    types.USER_POOL: Subject("user_pools", "user pools"),
    types.RESOURCE_SERVER: Subject("resource_servers", "resource servers"),
    types.IDENTITY_PROVIDER: Subject("identity_providers", "identity providers"),
    types.USER_POOL_CLIENT: _CLIENTS,
    types.MANAGED_USER_POOL_CLIENT: _CLIENTS,
    types.USER_POOL_DOMAIN: Subject("domains", "domains"),
    types.USER_GROUP: Subject("groups", "groups"),
    types.USER: _USERS,
    types.USER_IN_GROUP: _USERS,
    types.RISK_CONFIGURATION: Subject("risk_configurations", "risk configurations"),
    types.LOG_DELIVERY_CONFIGURATION: Subject("log_deliveries", "log deliveries"),
    types.MANAGED_LOGIN_BRANDING: Subject("brandings", "brandings of the managed login"),
    types.USER_POOL_UI_CUSTOMIZATION: Subject(
        "ui_customizations", "customizations of the classic pages"
    ),
    types.IDENTITY_POOL: _IDENTITY_POOLS,
    types.IDENTITY_POOL_ROLES_ATTACHMENT: _IDENTITY_POOLS,
    types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG: _IDENTITY_POOLS,
    types.WEB_ACL_ASSOCIATION: Subject("web_acls", "associations with web ACLs"),
}
"""The subjects of the resource types. Another type is a subject of its own."""


def subject_of(kind: str) -> Subject:
    """Return the subject of a resource type."""
    return SUBJECTS.get(kind) or _subject_named_after(kind)


def _subject_named_after(kind: str) -> Subject:
    name = _plural(kind.removeprefix(types.COGNITO_PREFIX).removeprefix("aws_"))
    module = f"cognito_{name}" if name in RESERVED else name
    return Subject(module, name.replace("_", " "))


def _plural(name: str) -> str:
    if name.endswith("s"):
        return name
    if name.endswith("y") and name[-2:-1] not in "aeou":
        return f"{name[:-1]}ies"
    return f"{name}s"
