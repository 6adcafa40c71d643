"""Sign-in of a company's own people through IAM Identity Center."""

from collections.abc import Collection

from constructs_auth.cognito._user_pool_ref import UserPoolRef
from constructs_auth.cognito.saml_identity_provider import SamlIdentityProvider
from constructs_auth.engine import Construct
from constructs_auth.values.attribute_mapping import EMAIL, AttributeMapping
from constructs_auth.values.saml import SamlMetadata


class IdentityCenterIdentityProvider(SamlIdentityProvider):
    """IAM Identity Center as SAML provider of a pool: workforce sign-in to an application.

    Half of it is made by hand: the API of Identity Center makes no SAML applications, and so
    neither does Terraform (API, CreateApplication). What to paste there, and in which order, is
    in `docs/identity_store.md`; `UserPoolDomain.add_saml_outputs` gives the values.

    **Can never be changed** without another provider, and other users: *user_pool* and
    *provider_name*; and in Identity Center what the application maps `Subject` to.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        metadata: The SAML metadata of the application in Identity Center: best the URL that its
            page shows, for Cognito then follows when a certificate is renewed.
        provider_name: 3 to 32 characters without spaces. By default *construct_id*.
        attribute_mapping: From attributes of the pool to the attributes that the application in
            Identity Center sends. By default the e-mail address, sent as `email`.
        idp_identifiers: What else the provider is known by, such as the company's e-mail domain;
            at most 50. By default nothing.

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
