"""Completes the resource servers of user pools."""

from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.completing import completes


@completes(CognitoIdpResponse)
def update_resource_server(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Change name and scopes of a resource server; moto lacks the call."""
    asked = response.parameters
    server = response.backend.describe_resource_server(asked["UserPoolId"], asked["Identifier"])
    server.name = asked["Name"]
    server.scopes = asked.get("Scopes", [])
    return ActionResult({"ResourceServer": server.to_json()})


@completes(CognitoIdpResponse)
def delete_resource_server(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Delete a resource server; moto lacks the call."""
    asked = response.parameters
    response.backend.describe_resource_server(asked["UserPoolId"], asked["Identifier"])
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    del pool.resource_servers[asked["Identifier"]]
    return EmptyResult()
