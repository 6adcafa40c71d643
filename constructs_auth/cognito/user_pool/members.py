"""The constructs that a user pool creates beside itself: `pool.add_client(…)` and the like."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from constructs_auth._tokens import Flag, Number
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.cognito.identity_providers.oidc import OidcIdentityProvider
from constructs_auth.cognito.identity_providers.saml import (
    EMAIL_BY_CLAIM,
    IdentityCenterIdentityProvider,
    SamlIdentityProvider,
)
from constructs_auth.cognito.identity_providers.social import (
    FacebookIdentityProvider,
    GoogleIdentityProvider,
    LoginWithAmazonIdentityProvider,
    SignInWithAppleIdentityProvider,
)
from constructs_auth.cognito.resource_server import ResourceServer
from constructs_auth.cognito.user_group import UserGroup
from constructs_auth.cognito.user_pool.base import UserPoolBase
from constructs_auth.cognito.user_pool_client.construct import COGNITO, UserPoolClient
from constructs_auth.engine import Construct, TerraformResource
from constructs_auth.facts.provider_details import FACEBOOK_VERSION
from constructs_auth.facts.words import AttributesRequestMethod, AuthFlow
from constructs_auth.values.application import Application
from constructs_auth.values.as_it_is import AsItIs, ImportedSecret
from constructs_auth.values.identity_provider import (
    EMAIL,
    AttributeMapping,
    OidcEndpoints,
    SamlMetadata,
)
from constructs_auth.values.resource_server import ResourceServerScope
from constructs_auth.values.tokens import RefreshTokenRotation, TokenValidity
from constructs_auth.values.user_pool_domain import Domain

if TYPE_CHECKING:
    from constructs_auth.cognito.user_pool_domain.construct import UserPoolDomain


class UserPoolMembers(UserPoolBase):
    """Creates what belongs to the pool, in the scope of the pool.

    Each method takes the arguments of its construct, which documents them, without *scope* and
    *user_pool*; it raises what the construct raises. The Terraform addresses are those that the
    construct has: `users.add_client("web", …)` is `UserPoolClient(stack, "web", user_pool=users,
    …)`.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self._scope = scope

    def add_client(
        self,
        construct_id: str,
        *,
        application: Application,
        name: str | None = None,
        explicit_auth_flows: Collection[AuthFlow] | AsItIs | None = None,
        supported_identity_providers: Collection[str | IdentityProvider] | AsItIs = (COGNITO,),
        token_validity: TokenValidity | AsItIs | None = None,
        refresh_token_rotation: RefreshTokenRotation | AsItIs | None = None,
        auth_session_validity: timedelta | AsItIs = timedelta(minutes=3),
        enable_token_revocation: Flag = True,
        prevent_user_existence_errors: bool | AsItIs = True,
        enable_propagate_additional_user_context_data: Flag = False,
        read_attributes: Collection[str] | AsItIs | None = None,
        write_attributes: Collection[str] | AsItIs | None = None,
        imported_secret: ImportedSecret | None = None,
    ) -> UserPoolClient:
        """Create a `UserPoolClient` of this pool, in the pool's scope."""
        return UserPoolClient(
            self._scope,
            construct_id,
            user_pool=self,
            application=application,
            name=name,
            explicit_auth_flows=explicit_auth_flows,
            supported_identity_providers=supported_identity_providers,
            token_validity=token_validity,
            refresh_token_rotation=refresh_token_rotation,
            auth_session_validity=auth_session_validity,
            enable_token_revocation=enable_token_revocation,
            prevent_user_existence_errors=prevent_user_existence_errors,
            enable_propagate_additional_user_context_data=enable_propagate_additional_user_context_data,
            read_attributes=read_attributes,
            write_attributes=write_attributes,
            imported_secret=imported_secret,
        )

    def add_domain(
        self,
        construct_id: str,
        *,
        domain: Domain,
        managed_login_version: int | None = None,
        default_branding: bool = True,
        depends_on: Collection[TerraformResource] = (),
    ) -> "UserPoolDomain":
        """Create a `UserPoolDomain` of this pool, in the pool's scope."""
        # Its bindings take longer to load than the pool's, and not every program has a domain.
        from constructs_auth.cognito.user_pool_domain.construct import (  # noqa: PLC0415
            UserPoolDomain,
        )

        return UserPoolDomain(
            self._scope,
            construct_id,
            user_pool=self,
            domain=domain,
            managed_login_version=managed_login_version,
            default_branding=default_branding,
            depends_on=depends_on,
        )

    def add_group(
        self,
        construct_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        precedence: Number | None = None,
        role_arn: str | None = None,
    ) -> UserGroup:
        """Create a `UserGroup` of this pool, in the pool's scope."""
        return UserGroup(
            self._scope,
            construct_id,
            user_pool=self,
            name=name,
            description=description,
            precedence=precedence,
            role_arn=role_arn,
        )

    def add_resource_server(
        self,
        construct_id: str,
        *,
        identifier: str,
        scopes: Collection[ResourceServerScope],
        name: str | None = None,
    ) -> ResourceServer:
        """Create a `ResourceServer` of this pool, in the pool's scope."""
        return ResourceServer(
            self._scope,
            construct_id,
            user_pool=self,
            identifier=identifier,
            scopes=scopes,
            name=name,
        )

    def add_google_identity_provider(
        self,
        construct_id: str,
        *,
        client_id: str,
        client_secret: str,
        authorize_scopes: Collection[str] = ("openid", "email", "profile"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> GoogleIdentityProvider:
        """Create a `GoogleIdentityProvider` of this pool, in the pool's scope."""
        return GoogleIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            client_id=client_id,
            client_secret=client_secret,
            authorize_scopes=authorize_scopes,
            attribute_mapping=attribute_mapping,
        )

    def add_facebook_identity_provider(
        self,
        construct_id: str,
        *,
        client_id: str,
        client_secret: str,
        api_version: str = FACEBOOK_VERSION,
        authorize_scopes: Collection[str] = ("public_profile", "email"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> FacebookIdentityProvider:
        """Create a `FacebookIdentityProvider` of this pool, in the pool's scope."""
        return FacebookIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            client_id=client_id,
            client_secret=client_secret,
            api_version=api_version,
            authorize_scopes=authorize_scopes,
            attribute_mapping=attribute_mapping,
        )

    def add_login_with_amazon_identity_provider(
        self,
        construct_id: str,
        *,
        client_id: str,
        client_secret: str,
        authorize_scopes: Collection[str] = ("profile",),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> LoginWithAmazonIdentityProvider:
        """Create a `LoginWithAmazonIdentityProvider` of this pool, in the pool's scope."""
        return LoginWithAmazonIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            client_id=client_id,
            client_secret=client_secret,
            authorize_scopes=authorize_scopes,
            attribute_mapping=attribute_mapping,
        )

    def add_sign_in_with_apple_identity_provider(
        self,
        construct_id: str,
        *,
        client_id: str,
        team_id: str,
        key_id: str,
        private_key: str,
        authorize_scopes: Collection[str] = ("email", "name"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> SignInWithAppleIdentityProvider:
        """Create a `SignInWithAppleIdentityProvider` of this pool, in the pool's scope."""
        return SignInWithAppleIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            client_id=client_id,
            team_id=team_id,
            key_id=key_id,
            private_key=private_key,
            authorize_scopes=authorize_scopes,
            attribute_mapping=attribute_mapping,
        )

    def add_oidc_identity_provider(
        self,
        construct_id: str,
        *,
        client_id: str,
        client_secret: str | None = None,
        oidc_issuer: str,
        endpoints: OidcEndpoints | None = None,
        provider_name: str | None = None,
        authorize_scopes: Collection[str] = ("openid", "email"),
        attributes_request_method: AttributesRequestMethod = AttributesRequestMethod.GET,
        attribute_mapping: AttributeMapping = EMAIL,
        idp_identifiers: Collection[str] = (),
    ) -> OidcIdentityProvider:
        """Create an `OidcIdentityProvider` of this pool, in the pool's scope."""
        return OidcIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            client_id=client_id,
            client_secret=client_secret,
            oidc_issuer=oidc_issuer,
            endpoints=endpoints,
            provider_name=provider_name,
            authorize_scopes=authorize_scopes,
            attributes_request_method=attributes_request_method,
            attribute_mapping=attribute_mapping,
            idp_identifiers=idp_identifiers,
        )

    def add_saml_identity_provider(
        self,
        construct_id: str,
        *,
        metadata: SamlMetadata,
        provider_name: str | None = None,
        attribute_mapping: AttributeMapping = EMAIL_BY_CLAIM,
        idp_identifiers: Collection[str] = (),
        idp_signout: bool = False,
        encrypted_responses: bool = False,
        sign_requests: bool = False,
        idp_initiated: bool = False,
    ) -> SamlIdentityProvider:
        """Create a `SamlIdentityProvider` of this pool, in the pool's scope."""
        return SamlIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            metadata=metadata,
            provider_name=provider_name,
            attribute_mapping=attribute_mapping,
            idp_identifiers=idp_identifiers,
            idp_signout=idp_signout,
            encrypted_responses=encrypted_responses,
            sign_requests=sign_requests,
            idp_initiated=idp_initiated,
        )

    def add_identity_center_identity_provider(
        self,
        construct_id: str,
        *,
        metadata: SamlMetadata,
        provider_name: str | None = None,
        attribute_mapping: AttributeMapping = EMAIL,
        idp_identifiers: Collection[str] = (),
    ) -> IdentityCenterIdentityProvider:
        """Create an `IdentityCenterIdentityProvider` of this pool, in the pool's scope."""
        return IdentityCenterIdentityProvider(
            self._scope,
            construct_id,
            user_pool=self,
            metadata=metadata,
            provider_name=provider_name,
            attribute_mapping=attribute_mapping,
            idp_identifiers=idp_identifiers,
        )
