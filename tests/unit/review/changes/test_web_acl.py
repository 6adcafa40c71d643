"""What filters requests, where no recorded plan shows it."""

from tests.unit.review.plans import change, plan, said


def test_a_web_acl_of_something_else_is_none_of_our_business() -> None:
    association = change(
        "aws_wafv2_web_acl_association",
        "site",
        {"resource_arn": "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/b"},
        None,
    )
    assert said(plan(association)) == []
