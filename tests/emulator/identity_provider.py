"""Completes the identity providers of user pools, and reads the metadata of SAML providers."""

from moto.cognitoidp.models import CognitoIdpIdentityProvider
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.completing import Original, completes
from tests.emulator.outside import UnreachableError, ask
from tests.emulator.saml import Metadata, SamlError, read_metadata

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
    found = response.backend.describe_identity_provider(asked["UserPoolId"], asked["ProviderName"])
    provider = found.to_json(extended=True)
    kind = provider["ProviderType"]
    details = details_of(found)
    details.pop("private_key", None)
    mapping = dict(provider.get("AttributeMapping") or {})
    if kind in _SUBJECTS:
        mapping.setdefault("username", _SUBJECTS[kind])
    filled = {"AttributeMapping": mapping, "ProviderDetails": details}
    return ActionResult({"IdentityProvider": {**provider, **filled}})


def details_of(provider: CognitoIdpIdentityProvider) -> dict[str, str]:
    """Return the details of a provider, with what Cognito fills in."""
    config = provider.extended_config
    details: dict[str, str] = config.get("ProviderDetails") or {}
    return _FILLED_IN[config["ProviderType"]] | _from_metadata(details) | details


def metadata_of(provider: CognitoIdpIdentityProvider) -> Metadata:
    """Return the metadata of a SAML provider, from its URL or from the document of the pool.

    Raises:
        SamlError: Nobody answers at the URL, or the document is not metadata.
    """
    return _read(provider.extended_config.get("ProviderDetails") or {})


def _read(details: dict[str, str]) -> Metadata:
    if details.get("MetadataFile"):
        return read_metadata(details["MetadataFile"])
    try:
        return read_metadata(ask(details.get("MetadataURL", "")).body)
    except UnreachableError as error:
        raise SamlError(str(error)) from error


def _from_metadata(details: dict[str, str]) -> dict[str, str]:
    """Return the URLs in the metadata; nothing where there is none that can be read."""
    try:
        metadata = _read(details)
    except SamlError:
        return {}
    found = {"SSORedirectBindingURI": metadata.sign_in_url}
    if metadata.sign_out_url is not None:
        found["SLORedirectBindingURI"] = metadata.sign_out_url
    return found
