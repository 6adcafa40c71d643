"""What managed login looks like: of provider 6, so no recorded plan shows it."""

from tests.unit.review.plans import change, plan, said


def test_a_branding_style_that_is_replaced_is_reported() -> None:
    style = change(
        "aws_cognito_managed_login_branding",
        "web",
        {"client_id": "a"},
        {"client_id": "b"},
        actions=("delete", "create"),
        replace_paths=[["client_id"]],
    )
    assert said(plan(style)) == [
        "CR15: Users get no branded page while Terraform deletes the branding and creates it "
        "again.",
    ]
