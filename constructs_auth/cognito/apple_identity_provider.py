"""Sign-in with Apple, whose private key Cognito never tells."""

from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth.cognito._identity_provider import (
    IdentityProvider,
    scope_text,
)
from constructs_auth.cognito._user_pool_ref import UserPoolRef
from constructs_auth.engine import Construct
from constructs_auth.values.attribute_mapping import EMAIL, AttributeMapping


class SignInWithAppleIdentityProvider(IdentityProvider):
    """Sign-in with Apple; a pool has it once, by the name `SignInWithApple`.

    Cognito never tells the private key, so Terraform cannot see that it changed: replace the
    provider to rotate it, with `terraform apply -replace=aws_cognito_identity_provider.<id>`.

    **Can never be changed** without another provider: *user_pool*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The services id, from Apple's developer site.
        team_id: The id of the team.
        key_id: The id of the key.
        private_key: The key, as a token: `string_value` of a sensitive `TerraformVariable`, or an
            attribute of a data source.
        authorize_scopes: What Apple is asked for. By default `email` and `name`.
        attribute_mapping: From attributes of the pool to Apple's. By default the e-mail address.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret written out.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client_id: str,
        team_id: str,
        key_id: str,
        private_key: str,
        authorize_scopes: Collection[str] = ("email", "name"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> None:
        subject = "SignInWithAppleIdentityProvider"
        for name, value in (("client_id", client_id), ("team_id", team_id), ("key_id", key_id)):
            _checks.filled_text(f"{subject}.{name}", value, remedy="see Apple's developer site")
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name="SignInWithApple",
            provider_type="SignInWithApple",
            provider_details={
                "attributes_url_add_attributes": "false",
                "authorize_scopes": scope_text(f"{subject}.authorize_scopes", authorize_scopes),
                "authorize_url": "https://appleid.apple.com/auth/authorize",
                "client_id": client_id,
                "key_id": key_id,
                "oidc_issuer": "https://appleid.apple.com",
                "private_key": private_key,
                "team_id": team_id,
                "token_request_method": "POST",
                "token_url": "https://appleid.apple.com/auth/token",
            },
            attribute_mapping=attribute_mapping,
            username_source="sub",
            secrets={"private_key": private_key},
            ignored_details=("private_key",),
        )
