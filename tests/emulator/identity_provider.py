"""Completes the identity providers of user pools."""

from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.completing import Original, completes

# What DescribeIdentityProvider returns besides what the caller set.
_FILLED_IN = {
    "Facebook": {
        "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
        "token_request_method": "GET",
        "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
    },
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
    "SAML": {
        "ActiveEncryptionCertificate": "MIIDcertificate",
        "SLORedirectBindingURI": "https://idp.example/slo/saml",
        "SSORedirectBindingURI": "https://idp.example/sso/saml",
    },
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
}
_SUBJECTS = {
    "Facebook": "id",
    "Google": "sub",
    "LoginWithAmazon": "user_id",
    "OIDC": "sub",
    "SignInWithApple": "sub",
}
"""The attribute of each type that becomes the user name."""


@completes(CognitoIdpResponse)
def describe_identity_provider(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Return the details that Cognito fills in, and leave out Apple's private key."""
    asked = response.parameters
    provider = response.backend.describe_identity_provider(
        asked["UserPoolId"], asked["ProviderName"]
    ).to_json(extended=True)
    kind = provider["ProviderType"]
    details = _FILLED_IN[kind] | provider["ProviderDetails"]
    details.pop("private_key", None)
    mapping = dict(provider.get("AttributeMapping") or {})
    if kind in _SUBJECTS:
        mapping.setdefault("username", _SUBJECTS[kind])
    filled = {"AttributeMapping": mapping, "ProviderDetails": details}
    return ActionResult({"IdentityProvider": {**provider, **filled}})
