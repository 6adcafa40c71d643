"""The details of identity providers that Cognito fills in, with the values that it fills in.

API, DescribeIdentityProvider and IdentityProviderType, `ProviderDetails`. The AWS provider shows
the removal of what a program leaves out in each plan.
"""

from collections.abc import Mapping

DETAILS: Mapping[str, Mapping[str, str]] = {
    "Google": {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    },
    "LoginWithAmazon": {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    },
    "OIDC": {"attributes_url_add_attributes": "false"},
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
}
"""By provider type, those that do not depend on what the program sets."""

FACEBOOK_VERSION = "v17.0"
"""The version of the Graph API in the examples of the API reference."""

SCOPE_SEPARATOR: Mapping[str, str] = {"Facebook": ", "}
"""What separates scopes in `authorize_scopes`; a space for the other types."""


def facebook_details(version: str) -> Mapping[str, str]:
    """Return the details of Facebook for a version of its Graph API."""
    graph = f"https://graph.facebook.com/{version}"
    return {
        "api_version": version,
        "attributes_url": f"{graph}/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": f"https://www.facebook.com/{version}/dialog/oauth",
        "token_request_method": "GET",
        "token_url": f"{graph}/oauth/access_token",
    }
