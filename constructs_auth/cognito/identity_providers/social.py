"""Sign-in with Google, Facebook, Amazon and Apple, with every detail that AWS would fill in."""

import re
from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.identity_providers.identity_provider import (
    IdentityProvider,
    scope_text,
)
from constructs_auth.cognito.user_pool.reference import UserPoolRef
from constructs_auth.engine import Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.provider_details import (
    DETAILS,
    FACEBOOK_VERSION,
    SCOPE_SEPARATOR,
    facebook_details,
)
from constructs_auth.values.identity_provider import EMAIL, AttributeMapping


class GoogleIdentityProvider(IdentityProvider):
    """Sign-in with Google. A pool has one such provider, named `Google`.

    **Changing** *user_pool* replaces the provider.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The id of the web client, from Google's console.
        client_secret: Its secret, as a token: `string_value` of a sensitive `Variable`, or an
            attribute of a data source. Terraform's state contains it.
        authorize_scopes: The scopes that Cognito requests. By default `openid`, `email` and
            `profile`.
        attribute_mapping: From attributes of the pool to Google's. By default the e-mail address.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret as plain text.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client_id: str,
        client_secret: str,
        authorize_scopes: Collection[str] = ("openid", "email", "profile"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> None:
        subject = "GoogleIdentityProvider"
        _checks.filled_text(f"{subject}.client_id", client_id, remedy="see Google's console")
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name="Google",
            provider_type="Google",
            # As DescribeIdentityProvider returns them: each plan shows a change for a missing one.
            provider_details={
                **DETAILS["Google"],
                "authorize_scopes": scope_text(f"{subject}.authorize_scopes", authorize_scopes),
                "client_id": client_id,
                "client_secret": client_secret,
            },
            attribute_mapping=attribute_mapping,
            username_source="sub",
            secrets={"client_secret": client_secret},
        )


class FacebookIdentityProvider(IdentityProvider):
    """Sign-in with Facebook. A pool has one such provider, named `Facebook`.

    **Changing** *user_pool* replaces the provider.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The app id, from Facebook's console.
        client_secret: The app secret, as a token: `string_value` of a sensitive `Variable`, or an
            attribute of a data source. Terraform's state contains it.
        api_version: The version of the Graph API. By default `v17.0`, as in AWS's documentation.
        authorize_scopes: The scopes that Cognito requests. By default `public_profile` and `email`.
        attribute_mapping: From attributes of the pool to Facebook's. By default the e-mail
            address.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret as plain text.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client_id: str,
        client_secret: str,
        api_version: str = FACEBOOK_VERSION,
        authorize_scopes: Collection[str] = ("public_profile", "email"),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> None:
        subject = "FacebookIdentityProvider"
        _checks.filled_text(f"{subject}.client_id", client_id, remedy="see Facebook's console")
        _check_api_version(f"{subject}.api_version", api_version)
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name="Facebook",
            provider_type="Facebook",
            provider_details={
                **facebook_details(api_version),
                "authorize_scopes": scope_text(
                    f"{subject}.authorize_scopes",
                    authorize_scopes,
                    separator=SCOPE_SEPARATOR["Facebook"],
                ),
                "client_id": client_id,
                "client_secret": client_secret,
            },
            attribute_mapping=attribute_mapping,
            username_source="id",
            secrets={"client_secret": client_secret},
        )


class LoginWithAmazonIdentityProvider(IdentityProvider):
    """Sign-in with Amazon. A pool has one such provider, named `LoginWithAmazon`.

    **Changing** *user_pool* replaces the provider.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The client id of the security profile, from Amazon's console.
        client_secret: Its secret, as a token: `string_value` of a sensitive `Variable`, or an
            attribute of a data source. Terraform's state contains it.
        authorize_scopes: The scopes that Cognito requests. By default `profile`.
        attribute_mapping: From attributes of the pool to Amazon's. By default the e-mail address.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret as plain text.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        client_id: str,
        client_secret: str,
        authorize_scopes: Collection[str] = ("profile",),
        attribute_mapping: AttributeMapping = EMAIL,
    ) -> None:
        subject = "LoginWithAmazonIdentityProvider"
        _checks.filled_text(f"{subject}.client_id", client_id, remedy="see Amazon's console")
        super().__init__(
            scope,
            construct_id,
            user_pool=user_pool,
            provider_name="LoginWithAmazon",
            provider_type="LoginWithAmazon",
            provider_details={
                **DETAILS["LoginWithAmazon"],
                "authorize_scopes": scope_text(f"{subject}.authorize_scopes", authorize_scopes),
                "client_id": client_id,
                "client_secret": client_secret,
            },
            attribute_mapping=attribute_mapping,
            username_source="user_id",
            secrets={"client_secret": client_secret},
        )


def _check_api_version(subject: str, version: str) -> None:
    remedy = "write one such as 'v17.0'"
    _checks.filled_text(subject, version, remedy=remedy)
    if is_concrete(version) and not re.fullmatch(r"v\d+\.\d+", version):
        raise InvalidValueError(
            subject, "must be a version of the Graph API", got=version, remedy=remedy
        )


class SignInWithAppleIdentityProvider(IdentityProvider):
    """Sign-in with Apple. A pool has one such provider, named `SignInWithApple`.

    Cognito never returns the private key, so Terraform cannot detect a new key. To rotate the key,
    replace the provider: `terraform apply -replace=aws_cognito_identity_provider.<id>`.

    **Changing** *user_pool* replaces the provider.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool.
        client_id: The services id, from Apple's developer site.
        team_id: The id of the team.
        key_id: The id of the key.
        private_key: The key, as a token: `string_value` of a sensitive `Variable`, or an
            attribute of a data source.
        authorize_scopes: The scopes that Cognito requests. By default `email` and `name`.
        attribute_mapping: From attributes of the pool to Apple's. By default the e-mail address.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a secret as plain text.
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
                **DETAILS["SignInWithApple"],
                "authorize_scopes": scope_text(f"{subject}.authorize_scopes", authorize_scopes),
                "client_id": client_id,
                "key_id": key_id,
                "private_key": private_key,
                "team_id": team_id,
            },
            attribute_mapping=attribute_mapping,
            username_source="sub",
            secrets={"private_key": private_key},
            ignored_details=("private_key",),
        )
