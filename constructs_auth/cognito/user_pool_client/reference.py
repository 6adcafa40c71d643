"""An app client of this program or of somebody else."""

from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.values.existing import ExistingUserPoolClient

UserPoolClientRef: TypeAlias = UserPoolClient | ExistingUserPoolClient
"""What stands for a client of a user pool."""


def check_client(subject: str, client: UserPoolClientRef) -> UserPoolClientRef:
    """Refuse what is no client."""
    return _checks.kind(subject, client, UserPoolClient, ExistingUserPoolClient)
