"""Groups of users."""

from tests.unit.rules.cases import UNKNOWN, Case, alone, in_pool

GROUP = "aws_cognito_user_group"

CASES = (
    Case(
        rule="CVK05",
        bad=alone(GROUP, name="the admins"),
        says=(
            f"{GROUP}.it: name: must be 1 to 128 characters, printable characters without "
            "spaces, got 'the admins'",
        ),
        good=alone(GROUP, name="admins"),
        unknown=alone(GROUP, name=UNKNOWN),
    ),
    Case(
        rule="CVK05B",
        bad=alone(GROUP, description="a" * 2049),
        says=(f"{GROUP}.it: description: must be 0 to 2048 characters, got 2049",),
        good=alone(GROUP, description=""),
        unknown=alone(GROUP, description=UNKNOWN),
    ),
    Case(
        rule="CVK05C",
        bad=alone(GROUP, precedence=-1),
        says=(f"{GROUP}.it: precedence: must be from 0 to 2147483647, got -1",),
        good=alone(GROUP, precedence=0),
        unknown=alone(GROUP, precedence=UNKNOWN),
    ),
    Case(
        rule="CVK05D",
        bad=alone(GROUP, precedence=0),
        says=(f"{GROUP}.it: precedence: must be at least 1, got 0",),
        good=alone(GROUP, precedence=1),
        unknown=alone(GROUP, precedence=UNKNOWN),
    ),
    Case(
        rule="CVK05E",
        bad=in_pool(GROUP, {}, a={"name": "staff"}, b={"name": "staff"}),
        says=(
            f"{GROUP}.b: name: must be unique in the pool, got 'staff', which "
            "aws_cognito_user_group.a already has",
        ),
        good=in_pool(GROUP, {}, a={"name": "staff"}, b={"name": "Staff"}),
        unknown=in_pool(GROUP, {}, a={"name": UNKNOWN}),
    ),
    Case(
        rule="CVK05E",
        bad=in_pool(GROUP, {}, a={"name": "staff"}, b={"name": "staff", "precedence": 1}),
        says=(
            f"{GROUP}.b: name: must be unique in the pool, got 'staff', which "
            "aws_cognito_user_group.a already has",
        ),
        good=in_pool(GROUP, {}, a={"name": "staff"}),
        unknown=in_pool(
            GROUP, {}, a={"name": "staff", "count": UNKNOWN}, b={"name": "staff", "count": UNKNOWN}
        ),
    ),
)
