"""The directory of IAM Identity Center changes, and applications have users."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_users_and_groups_of_the_directory_can_be_changed(emulator: Emulator) -> None:
    """As Terraform asks for it; what is read has the names of the API."""
    directory = emulator.client("identitystore", REGION)
    store = {"IdentityStoreId": "d-0123456789"}
    user = directory.create_user(
        **store,
        UserName="ann",
        DisplayName="Ann",
        Name={"GivenName": "Ann", "FamilyName": "Archer"},
    )
    user_id = {**store, "UserId": user["UserId"]}
    directory.update_user(
        **user_id,
        Operations=[
            {"AttributePath": "displayName", "AttributeValue": "Anna"},
            {"AttributePath": "name.familyName", "AttributeValue": "Arrow"},
            {"AttributePath": "emails", "AttributeValue": [{"value": "a@b.example"}]},
        ],
    )
    told = directory.describe_user(**user_id)
    assert told["DisplayName"] == "Anna"
    assert told["Name"]["GivenName"] == "Ann"
    assert told["Name"]["FamilyName"] == "Arrow"
    assert told["Emails"] == [{"Value": "a@b.example"}]

    group = directory.create_group(**store, DisplayName="Engineers")
    group_id = {**store, "GroupId": group["GroupId"]}
    change = {"AttributePath": "description", "AttributeValue": "Who builds"}
    directory.update_group(**group_id, Operations=[change])
    assert directory.describe_group(**group_id)["Description"] == "Who builds"


def test_a_group_is_assigned_to_an_application_and_no_more(emulator: Emulator) -> None:
    """Until it is taken away."""
    center = emulator.client("sso-admin", REGION)
    application = "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/"
    assignment = {
        "ApplicationArn": f"{application}apl-0123456789abcdef",
        "PrincipalId": "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
        "PrincipalType": "GROUP",
    }
    center.create_application_assignment(**assignment)
    told = center.describe_application_assignment(**assignment)
    assert {name: told[name] for name in assignment} == assignment
    center.delete_application_assignment(**assignment)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        center.describe_application_assignment(**assignment)
