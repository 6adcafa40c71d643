"""Constructs that leave all that they may leave of a resource that exists."""

from constructs_auth import AS_IT_IS, ImportedSecret, UserPool, UserPoolClient
from constructs_auth.engine import Construct
from constructs_auth.values.application import Application


def client_as_it_is(
    scope: Construct,
    construct_id: str,
    *,
    user_pool: UserPool,
    application: Application,
    imported_secret: ImportedSecret,
    name: str | None = None,
) -> UserPoolClient:
    """A client of which only the application and its secret are known."""
    return UserPoolClient(
        scope,
        construct_id,
        name=name,
        user_pool=user_pool,
        application=application,
        explicit_auth_flows=AS_IT_IS,
        supported_identity_providers=AS_IT_IS,
        token_validity=AS_IT_IS,
        refresh_token_rotation=AS_IT_IS,
        auth_session_validity=AS_IT_IS,
        prevent_user_existence_errors=AS_IT_IS,
        read_attributes=AS_IT_IS,
        write_attributes=AS_IT_IS,
        imported_secret=imported_secret,
    )
