"""Sign-in through a SAML 2.0 identity provider, such as a company's directory."""

from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._construct import name_or_id
from constructs_auth.cognito.identity_providers.identity_provider import (
    IdentityProvider,
    checked_provider_name,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.engine import Construct
from constructs_auth.facts.words import StandardAttributeName
from constructs_auth.values.identity_provider import (
    EMAIL,
    AttributeMapping,
    SamlMetadata,
    SamlMetadataFile,
    SamlMetadataUrl,
)

EMAIL_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
EMAIL_BY_CLAIM: AttributeMapping = {StandardAttributeName.EMAIL: EMAIL_CLAIM}

_FROM_METADATA = (
    "ActiveEncryptionCertificate",
    "SLORedirectBindingURI",
    "SSORedirectBindingURI",
)
"""Details that Cognito reads from the metadata or creates; they are unknown before the apply."""


class SamlIdentityProvider(IdentityProvider):
    """A SAML 2.0 provider that users sign in with.

    **Changing** *user_pool* or *provider_name* replaces the provider. Its users become new users,
    because their names begin with *provider_name*.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        metadata: The metadata of the provider: `SamlMetadataUrl`, which Cognito keeps up to date,
            or `SamlMetadataFile`.
        provider_name: 3 to 32 characters without spaces. By default *construct_id*.
        attribute_mapping: From attributes of the pool to the provider's attributes. By default the
            e-mail address from the usual claim.
        idp_identifiers: Other identifiers of the provider, such as e-mail domains; at most 50. By
            default none.
        idp_signout: Whether sign-out also signs the user out of the provider. By default `False`.
        encrypted_responses: Whether the provider must encrypt its responses. By default `False`.
        sign_requests: Whether Cognito signs its requests, with RSA and SHA-256. By default
            `False`.
        idp_initiated: Whether a sign-in may begin at the provider. By default `False`, because then
            nothing ties the response to a request of the user.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        metadata: SamlMetadata,
        provider_name: str | None = None,
        attribute_mapping: AttributeMapping = EMAIL_BY_CLAIM,
        idp_identifiers: Collection[str] = (),
        idp_signout: bool = False,
        encrypted_responses: bool = False,
        sign_requests: bool = False,
        idp_initiated: bool = False,
    ) -> None:
        subject = type(self).__name__
        _checks.kind(f"{subject}.metadata", metadata, SamlMetadataUrl, SamlMetadataFile)
        _checks.known_flag(f"{subject}.idp_signout", idp_signout)
        _checks.known_flag(f"{subject}.encrypted_responses", encrypted_responses)
        _checks.known_flag(f"{subject}.sign_requests", sign_requests)
        _checks.known_flag(f"{subject}.idp_initiated", idp_initiated)
        details = {
            **_metadata_details(metadata),
            "EncryptedResponses": _word(encrypted_responses),
            "IDPInit": _word(idp_initiated),
            "IDPSignout": _word(idp_signout),
        }
        if sign_requests:
            details["RequestSigningAlgorithm"] = "rsa-sha256"
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name=checked_provider_name(
                f"{subject}.provider_name", name_or_id(subject, provider_name, construct_id)
            ),
            provider_type="SAML",
            provider_details=details,
            attribute_mapping=attribute_mapping,
            username_source=None,  # the provider's NameID
            secrets={},
            idp_identifiers=idp_identifiers,
            ignored_details=_FROM_METADATA,
        )


def _metadata_details(metadata: SamlMetadata) -> dict[str, str]:
    """Return either key, never both: Cognito would silently use only one of them."""
    if isinstance(metadata, SamlMetadataUrl):
        return {"MetadataURL": metadata.url}
    return {"MetadataFile": metadata.content}


def _word(flag: bool) -> str:  # noqa: FBT001 - the value to convert
    return "true" if flag else "false"


class IdentityCenterIdentityProvider(SamlIdentityProvider):
    """IAM Identity Center as the SAML provider of a pool: workforce sign-in to an application.

    Create the SAML application in Identity Center by hand: its API, and thus Terraform, cannot
    create SAML applications (API, CreateApplication). `docs/identity_store.md` describes the steps;
    `UserPoolDomain.add_saml_outputs` outputs the values.

    **Changing** *user_pool* or *provider_name* replaces the provider, and its users become new
    users. A change of the `Subject` mapping in Identity Center also creates new users.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        metadata: The SAML metadata of the application in Identity Center. Prefer the URL from its
            page: Cognito then picks up renewed certificates.
        provider_name: 3 to 32 characters without spaces. By default *construct_id*.
        attribute_mapping: From attributes of the pool to the attributes that the application in
            Identity Center sends. By default the e-mail address, sent as `email`.
        idp_identifiers: Other identifiers of the provider, such as the company's e-mail domain; at
            most 50. By default nothing.

    Raises:
        InvalidValueError: A value that Cognito does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        metadata: SamlMetadata,
        provider_name: str | None = None,
        attribute_mapping: AttributeMapping = EMAIL,
        idp_identifiers: Collection[str] = (),
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            metadata=metadata,
            provider_name=provider_name,
            attribute_mapping=attribute_mapping,
            idp_identifiers=idp_identifiers,
        )
