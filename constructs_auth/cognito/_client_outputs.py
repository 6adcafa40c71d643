"""The URLs of an app client as outputs of its stack."""

from typing import TYPE_CHECKING

from constructs_auth.cognito._client_blocks import oauth_of
from constructs_auth.cognito._login_urls import PagesDomain
from constructs_auth.stack import auth_stack_of

if TYPE_CHECKING:
    from constructs_auth.cognito.user_pool_client import UserPoolClient


def add_url_outputs(client: "UserPoolClient", domain: PagesDomain, prefix: str) -> None:
    """Define an output for each URL that *client* has a use for.

    Raises:
        InvalidValueError: The client is in a stack that is not an `AuthStack`, or has several
            callback or logout URLs and no default.
    """
    stack = auth_stack_of(client)
    token = client.token_url(domain)
    stack.add_output(f"{prefix}_token_url", token, description="Where tokens are issued.")
    oauth = oauth_of(client.application)
    if oauth is None:
        return
    authorize, userinfo = client.authorize_url(domain), client.userinfo_url(domain)
    stack.add_output(f"{prefix}_authorize_url", authorize, description="Where sign-in begins.")
    stack.add_output(
        f"{prefix}_userinfo_url", userinfo, description="Who an access token speaks for."
    )
    if oauth.logout_urls:
        stack.add_output(
            f"{prefix}_logout_url", client.logout_url(domain), description="Where sign-out ends."
        )
