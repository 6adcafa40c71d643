"""What `main.py` writes deploys with plain Terraform, is stable, and is deleted on purpose only.

One deployment serves all tests of this file; those that destroy come last.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.support.emulator import Emulator
from tests.support.journey import Deployment, Journey
from tests.support.synthesized import FILE, Synthesized
from tests.support.terraform import Terraform, TerraformError
from tests.terraform.conftest import NewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A deployment.

    Attributes:
        terraform: Terraform in the folder from which it was applied.
        said: What the apply printed: the plan, and how it went.
        outputs: The outputs after it.
    """

    terraform: Terraform
    said: str
    outputs: Mapping[str, str]


@pytest.fixture(scope="module")
def terraform(new_folder: NewFolder) -> Terraform:
    """Terraform in a folder with the stack."""
    return new_folder("deployment")


@pytest.fixture(scope="module")
def applied(terraform: Terraform) -> Applied:
    """The stack, applied."""
    return Applied(terraform=terraform, said=terraform.apply(), outputs=terraform.outputs())


def test_is_run_unchanged(terraform: Terraform, synthesized_stack: Synthesized) -> None:
    """The emulator is reached through the environment alone."""
    assert (terraform.folder / FILE).read_bytes() == synthesized_stack.file.read_bytes()
    assert "127.0.0.1" not in synthesized_stack.file.read_text(encoding="utf-8")


def test_is_valid(terraform: Terraform) -> None:
    """Terraform and the provider's schema accept it, without a warning."""
    assert terraform.validate() == "Success! The configuration is valid.\n\n"


def test_plans_the_pool_and_its_client(applied: Applied) -> None:
    """The plan creates these two and nothing else."""
    assert re.findall(r"# (\S+) will be (\w+)", applied.said) == [
        ("aws_cognito_user_pool.exampleUserPool", "created"),
        ("aws_cognito_user_pool_client.exampleUserPoolClient", "created"),
    ]


def test_applies_the_plan(applied: Applied) -> None:
    """Nothing fails, and nothing else is made."""
    assert "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." in applied.said


def test_outputs_name_what_was_made(
    applied: Applied, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """The outputs are the ids of the pool and client that exist, and the pool's endpoint."""
    cognito = emulator.cognito(synthesized_stack.region)
    (pool,) = cognito.list_user_pools(MaxResults=60)["UserPools"]
    (client,) = cognito.list_user_pool_clients(UserPoolId=pool["Id"])["UserPoolClients"]
    assert applied.outputs == {
        "user_pool_client_id": client["ClientId"],
        "user_pool_endpoint": f"cognito-idp.{synthesized_stack.region}.amazonaws.com/{pool['Id']}",
        "user_pool_id": pool["Id"],
    }


@pytest.mark.usefixtures("applied")
def test_keeps_its_state_in_s3_and_unlocks_it(
    emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """The bucket holds the state under its key, and no lock."""
    s3 = emulator.s3(synthesized_stack.region)
    listed = s3.list_objects_v2(Bucket=synthesized_stack.bucket)["Contents"]
    assert [found["Key"] for found in listed] == [synthesized_stack.key]


def test_leaves_no_state_in_the_folder(applied: Applied) -> None:
    """The state holds the client's secret, so it stays out of working folders."""
    assert not list(applied.terraform.folder.glob("*.tfstate*"))


def test_plans_nothing_after_it_was_applied(applied: Applied) -> None:
    """The second plan, which refreshes the state first, is empty."""
    plan = applied.terraform.plan()
    assert not plan.has_changes, plan.text


def test_serves_a_user(
    applied: Applied, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """A user signs up and in, and is refused where they must be."""
    journey = Journey(
        cognito=emulator.cognito(synthesized_stack.region),
        keys_from=emulator.endpoint,
        deployment=Deployment(
            pool_id=applied.outputs["user_pool_id"],
            client_id=applied.outputs["user_pool_client_id"],
            pool_endpoint=applied.outputs["user_pool_endpoint"],
        ),
    )
    assert {name: action() for name, action in journey.steps()} == {
        "sign up with a weak password": "refused: InvalidPasswordException",
        "sign up": "user jane; a code went to j***@e***",
        "sign in before confirming": "refused: UserNotConfirmedException",
        "confirm with a wrong code": "refused: CodeMismatchException",
        "confirm": "the code was right",
        "sign in with a wrong password": "refused: NotAuthorizedException",
        "sign in": "by SRP: ID and access token for 60 minutes, and a refresh token",
        "check the tokens against the pool's keys": (
            "signed by the pool (RS256), for this client, not expired"
        ),
        "read the user with the access token": "jane@example.com, verified",
        "refresh": "a new access token",
        "revoke": "the refresh token and what came from it",
        "refresh and read the user, again": "refused: NotAuthorizedException",
    }


def test_is_not_destroyed_while_it_is_protected(
    applied: Applied, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """Cognito refuses; the pool stays. Terraform has deleted the client by then."""
    with pytest.raises(TerraformError, match="deletion protection is activated"):
        applied.terraform.destroy()
    cognito = emulator.cognito(synthesized_stack.region)
    assert len(cognito.list_user_pools(MaxResults=60)["UserPools"]) == 1


def test_is_destroyed_once_the_protection_is_off(
    applied: Applied, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """Nothing is left in Cognito, nor in the state."""
    cognito = emulator.cognito(synthesized_stack.region)
    for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]:
        cognito.update_user_pool(UserPoolId=pool["Id"], DeletionProtection="INACTIVE")
    applied.terraform.destroy()
    assert cognito.list_user_pools(MaxResults=60)["UserPools"] == []
    assert applied.terraform.outputs() == {}
