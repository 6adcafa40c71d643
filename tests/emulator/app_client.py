"""Finds app clients for the calls that users make, and checks their secrets."""

from moto.cognitoidp.exceptions import NotAuthorizedError, ResourceNotFoundError
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    cognitoidp_backends,
)
from moto.cognitoidp.utils import check_secret_hash as is_secret_hash


def find_client(
    client_id: str,
) -> tuple[CognitoIdpBackend, CognitoIdpUserPool, CognitoIdpUserPoolClient]:
    """Find a client in any region: the calls of users are not signed, so they name none."""
    for account in cognitoidp_backends.values():
        for backend in account.values():
            for pool in backend.user_pools.values():
                if client_id in pool.clients:
                    return backend, pool, pool.clients[client_id]
    raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")


def check_secret(client: CognitoIdpUserPoolClient, secret: str | None) -> None:
    if client.generate_secret and secret != client.secret:
        raise NotAuthorizedError("Invalid client secret")


def check_secret_hash(
    client: CognitoIdpUserPoolClient, username: str, secret_hash: str | None
) -> None:
    if client.generate_secret and not is_secret_hash(
        client.secret, client.id, username, secret_hash
    ):
        raise NotAuthorizedError(f"Unable to verify secret hash for client {client.id}")
