"""What a pool writes down: of provider 6, so no recorded plan shows it."""

from tests.unit.review.plans import change, plan, said


def test_log_delivery_that_goes_is_reported() -> None:
    logs = change("aws_cognito_log_delivery_configuration", "logs", {"user_pool_id": "a"}, None)
    assert said(plan(logs)) == [
        "CH45: Investigations of attacks and of undelivered codes find no logs of the pool.",
    ]
