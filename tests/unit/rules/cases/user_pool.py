"""The user pool itself: its name, its tier, its tags and its deletion protection."""

from typing import Any

from tests.unit.rules.cases import UNKNOWN, Case, Resources, pool


def tagged_by(*, default: object = None, other: object = None) -> Resources:
    """Make a pool with its provider, which adds tags, and another one."""
    providers: Any = [
        {"alias": "other", "default_tags": {"tags": other}},
        {"default_tags": {"tags": default}},
    ]
    return {**pool(), "provider": {"aws": providers}}


CASES = (
    Case(
        rule="CVA01",
        bad=pool(name="bad/name#"),
        says=(
            "aws_cognito_user_pool.users: name: must be 1 to 128 characters, letters, "
            "digits, spaces and _ + = , . @ -, got 'bad/name#'",
        ),
        good=pool(name="Users of example.com"),
        unknown=pool(name=UNKNOWN),
    ),
    Case(
        rule="CVA01",
        bad=pool(name="a" * 129),
        says=("aws_cognito_user_pool.users: name: must be 1 to 128 characters, got 129",),
        good=pool(name="a" * 128),
        unknown=pool(name="users-${var.stage}"),
    ),
    Case(
        rule="CVA01",
        bad=pool(name=""),
        says=("aws_cognito_user_pool.users: name: must be 1 to 128 characters, got 0",),
        good=pool(name=5),
        unknown=None,
    ),
    Case(
        rule="CVA12",
        bad=pool(deletion_protection="active"),
        says=(
            "aws_cognito_user_pool.users: deletion_protection: must be one of ACTIVE, "
            "INACTIVE, got 'active'",
        ),
        good=pool(deletion_protection="INACTIVE"),
        unknown=pool(deletion_protection=UNKNOWN),
        mended=pool(deletion_protection="ACTIVE"),
    ),
    Case(
        rule="CVA13",
        bad=pool(user_pool_tier="FREE"),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be one of LITE, ESSENTIALS, "
            "PLUS, got 'FREE'",
        ),
        good=pool(),
        unknown=pool(user_pool_tier=UNKNOWN),
    ),
    Case(
        rule="CVA14",
        bad=pool(tags={"k" * 129: "v", "note": "v" * 257}),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "tags['kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk']: must be "
                "1 to 128 characters, got 129"
            ),
            "aws_cognito_user_pool.users: tags['note']: must be 0 to 256 characters, got 257",
        ),
        good=pool(tags={"k" * 128: "", "note": "v" * 256}),
        unknown=pool(tags={"stage": UNKNOWN}),
    ),
    Case(
        rule="CVA14",
        bad=pool(tags={"owner": ["ann"]}),
        says=("aws_cognito_user_pool.users: tags['owner']: must be a text, got ['ann']",),
        good=pool(),
        unknown=pool(tags=UNKNOWN),
    ),
    Case(
        rule="CG101",
        bad=pool(),
        says=("aws_cognito_user_pool.users: deletion_protection: must be ACTIVE, got null",),
        good=pool(deletion_protection="ACTIVE"),
        unknown=pool(deletion_protection=UNKNOWN),
    ),
    Case(
        rule="CG603",
        bad=pool(tags={"Owner": "ann"}),
        says=(
            "aws_cognito_user_pool.users: tags: must have environment, data-classification, "
            "got none",
        ),
        good=pool(tags={"Owner": "ann", "environment": "dev", "DataClassification": UNKNOWN}),
        unknown=pool(tags=UNKNOWN),
    ),
    Case(
        rule="CG603",
        bad=tagged_by(other={"owner": "a", "environment": "dev", "data-classification": "p"}),
        says=(
            "aws_cognito_user_pool.users: tags: must have owner, environment, "
            "data-classification, got none",
        ),
        good=tagged_by(default={"owner": "a", "environment": "dev", "data-classification": "p"}),
        unknown=tagged_by(default=UNKNOWN),
    ),
)
