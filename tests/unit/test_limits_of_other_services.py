"""What IAM and others accept of one value, held against botocore's models of their APIs."""

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest

from constructs_auth import limits
from constructs_auth.limits import Range, Text

SESSION = botocore.session.get_session()


@pytest.mark.parametrize(
    ("service", "shape", "limit"),
    [
        ("iam", "roleNameType", limits.ROLE_NAME),
        ("iam", "policyNameType", limits.POLICY_NAME),
        ("elbv2", "RulePriority", limits.RULE_PRIORITY),
        ("apigatewayv2", "IntegerWithLengthBetween0And3600", limits.AUTHORIZER_TTL_SECONDS),
    ],
)
def test_a_limit_is_what_the_api_model_states(
    service: str, shape: str, limit: Range | Text
) -> None:
    stated = SESSION.get_service_model(service).shape_for(shape).metadata
    pattern = limit.pattern if isinstance(limit, Text) else None
    assert (stated["min"], stated["max"], stated.get("pattern")) == (
        limit.minimum,
        limit.maximum,
        pattern,
    )
