"""The kept arguments, held against the shipped schema of the provider and the API."""

import pytest

from constructs_auth.facts.kept_arguments import KEPT, NOT_IN_UPDATE_USER_POOL
from constructs_auth.handoff.schema import aws_schema
from tests.support.api_models import api_model

ARGUMENTS = [(kind, path) for kind in sorted(KEPT) for path in sorted(KEPT[kind])]


@pytest.mark.parametrize(("kind", "path"), ARGUMENTS)
def test_a_kept_argument_is_in_a_block_of_its_type_and_may_be_left_out(
    kind: str, path: str
) -> None:
    body = aws_schema().body("resource", kind)
    assert body.known
    *blocks, name = path.split(".")
    for block in blocks:
        body = body.blocks[block]
    assert name not in body.required


API = api_model("cognito-idp")
SENT_BY_ANOTHER_CALL_TOO = {"mfa_configuration", "tags", "tags_all"}
"""UpdateUserPool has them; for a change of them alone, the provider calls SetUserPoolMfaConfig and
TagResource."""


def test_what_the_provider_does_not_send_with_an_update_is_nothing_that_an_update_has() -> None:
    members = {
        name.casefold() for name in API.operation_model("UpdateUserPool").input_shape.members
    }
    own = {
        argument.replace("_", "") for argument in NOT_IN_UPDATE_USER_POOL - SENT_BY_ANOTHER_CALL_TOO
    }
    assert not own & members
    assert {"lambdaconfig", "issuerconfiguration"} <= members


def test_the_api_has_a_trigger_that_the_provider_does_not_know() -> None:
    triggers = API.shape_for("LambdaConfigType").members
    assert "InboundFederation" in triggers
    pool = aws_schema().body("resource", "aws_cognito_user_pool")
    assert "inbound_federation" not in pool.blocks["lambda_config"].blocks
