"""Name, guard, feature plan and tags of a pool."""

from tests.unit.rules.cases import UNKNOWN, Case, pool

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
        good=pool(tags={"k" * 128: "", "n": 5}),
        unknown=pool(tags={"stage": UNKNOWN}),
    ),
    Case(
        rule="CVA14",
        bad=pool(tags={"owner": ["ann"]}),
        says=("aws_cognito_user_pool.users: tags['owner']: must be a text, got ['ann']",),
        good=pool(),
        unknown=pool(tags=UNKNOWN),
    ),
)
