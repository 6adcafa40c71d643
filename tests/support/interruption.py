"""Catches an apply when the pool is made and its client is not, and looks at what there is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.emulator import Emulator
from tests.support.synthesized import Synthesized
from tests.support.terraform import Terraform, TerraformError, TerraformProcess

_CALL = "CreateUserPoolClient"
_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What there is at one moment.

    Attributes:
        keys: The keys in the bucket of the state.
        state: The state, as text.
        pools: The ids of all user pools.
        clients: The ids of all their clients.
    """

    keys: list[str]
    state: str
    pools: list[str]
    clients: list[str]


@contextmanager
def apply_that_waits(terraform: Terraform, emulator: Emulator) -> Iterator[TerraformProcess]:
    """Starts an apply and waits until it makes the client; that call is lost in the end."""
    emulator.gate("hold", _CALL)
    try:
        with terraform.start_apply() as process:
            emulator.wait_for_call(_CALL, seconds=_SECONDS)
            yield process
    finally:
        emulator.gate("drop", _CALL)


def look(emulator: Emulator, stack: Synthesized) -> Seen:
    """Looks at the bucket of the state and at Cognito."""
    s3 = emulator.s3(stack.region)
    listed = s3.list_objects_v2(Bucket=stack.bucket).get("Contents", [])
    state = s3.get_object(Bucket=stack.bucket, Key=stack.key)["Body"].read().decode()
    cognito = emulator.cognito(stack.region)
    pools = [pool["Id"] for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]]
    clients = [
        client["ClientId"]
        for pool in pools
        for client in cognito.list_user_pool_clients(UserPoolId=pool)["UserPoolClients"]
    ]
    return Seen(keys=[found["Key"] for found in listed], state=state, pools=pools, clients=clients)


def lock_in(error: TerraformError) -> str:
    """The id of the lock that Terraform complains about.

    Raises:
        ValueError: If it names none.
    """
    found = re.search(r"ID: +(\S+)", error.output)
    if found is None:
        raise ValueError(f"no lock is named in: {error}")
    return found[1]
