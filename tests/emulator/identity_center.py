"""Completes IAM Identity Center: its directory, and who is assigned to its applications."""

import json

from moto.identitystore.responses import IdentityStoreResponse
from moto.ssoadmin.exceptions import ResourceNotFoundException
from moto.ssoadmin.responses import SSOAdminResponse

from tests.emulator.completing import completes

_ASSIGNMENT = ("ApplicationArn", "PrincipalId", "PrincipalType")
_application_assignments: set[tuple[str, str, str]] = set()


@completes(IdentityStoreResponse)
def update_user(_original: None, response: IdentityStoreResponse) -> str:
    """Change attributes of a user; moto lacks the call."""
    asked = json.loads(response.body)
    users = response.identitystore_backend.identity_stores[asked["IdentityStoreId"]].users
    user = users[asked["UserId"]]
    for operation in asked["Operations"]:
        path = [_capitalized(word) for word in operation["AttributePath"].split(".")]
        value = operation.get("AttributeValue")
        if isinstance(value, list):  # addresses and such, whose keys are capitalized when read
            value = [{_capitalized(key): each[key] for key in each} for each in value]
        if len(path) > 1 and user.Name is not None:
            value = user.Name._replace(**{path[1]: value})
        user = user._replace(**{path[0]: value})
    users[user.UserId] = user
    return "{}"


@completes(IdentityStoreResponse)
def update_group(_original: None, response: IdentityStoreResponse) -> str:
    """Change name and description of a group; moto lacks the call."""
    asked = json.loads(response.body)
    groups = response.identitystore_backend.identity_stores[asked["IdentityStoreId"]].groups
    group = groups[asked["GroupId"]]
    for operation in asked["Operations"]:
        name = _capitalized(operation["AttributePath"])
        group = group._replace(**{name: operation.get("AttributeValue")})
    groups[group.GroupId] = group
    return "{}"


@completes(SSOAdminResponse)
def create_application_assignment(_original: None, response: SSOAdminResponse) -> str:
    """Assign a user or a group to an application; moto lacks the call."""
    _application_assignments.add(_assignment_in(response))
    return "{}"


@completes(SSOAdminResponse)
def describe_application_assignment(_original: None, response: SSOAdminResponse) -> str:
    """Return an assignment; moto lacks the call."""
    assignment = _assignment_in(response)
    if assignment not in _application_assignments:
        raise ResourceNotFoundException(f"Assignment for {assignment[1]} not found.")
    return json.dumps(dict(zip(_ASSIGNMENT, assignment, strict=True)))


@completes(SSOAdminResponse)
def delete_application_assignment(_original: None, response: SSOAdminResponse) -> str:
    """Remove an assignment; moto lacks the call."""
    _application_assignments.discard(_assignment_in(response))
    return "{}"


def _capitalized(word: str) -> str:
    return f"{word[0].upper()}{word[1:]}"


def _assignment_in(response: SSOAdminResponse) -> tuple[str, str, str]:
    asked = json.loads(response.body)
    application, principal, kind = (asked[name] for name in _ASSIGNMENT)
    return application, principal, kind
