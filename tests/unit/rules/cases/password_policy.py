"""How good passwords must be."""

from tests.unit.rules.cases import (
    FEDERATED,
    MACHINE,
    OWN,
    UNKNOWN,
    Case,
    Resources,
    client_of_pool,
    factors,
    pool,
)

ALL_CLASSES = {
    "require_lowercase": True,
    "require_numbers": True,
    "require_symbols": True,
    "require_uppercase": True,
}


def policy(**values: object) -> Resources:
    """Make a pool with a `password_policy`."""
    return pool(password_policy=values)


CASES = (
    Case(
        rule="CVC01",
        bad=policy(minimum_length=5),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be from 6 "
            "to 99 characters, got 5",
        ),
        good=policy(minimum_length=6),
        unknown=policy(minimum_length=UNKNOWN),
    ),
    Case(
        rule="CVC01",
        bad=policy(minimum_length=100),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be from 6 "
            "to 99 characters, got 100",
        ),
        good=pool(),
        unknown=pool(password_policy=UNKNOWN),
    ),
    Case(
        rule="CVC02",
        bad=policy(temporary_password_validity_days=366),
        says=(
            "aws_cognito_user_pool.users: "
            "password_policy[0].temporary_password_validity_days: must be from 0 to 365 "
            "days, got 366",
        ),
        good=policy(temporary_password_validity_days=365),
        unknown=policy(temporary_password_validity_days=UNKNOWN),
    ),
    Case(
        rule="CVC02B",
        bad=policy(temporary_password_validity_days=0),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].temporary_password_validity_days: "
            "must be at least 1, got 0, which Cognito treats as 7",
        ),
        good=policy(temporary_password_validity_days=1),
        unknown=pool(password_policy=UNKNOWN),
    ),
    Case(
        rule="CVC01",
        bad=policy(require_symbols=True),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be set, got "
            "null, for which the provider sends 0 instead of at least 6",
        ),
        good=pool(),
        unknown=pool(password_policy=UNKNOWN),
    ),
    Case(
        rule="CVC03",
        bad=policy(password_history_size=25),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].password_history_size: must be "
            "from 0 to 24 passwords, got 25",
        ),
        good=policy(password_history_size=24),
        unknown=policy(password_history_size=UNKNOWN),
    ),
    Case(
        rule="CG104",
        bad=policy(minimum_length=7),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at "
            "least 8, got 7",
        ),
        good=policy(minimum_length=8),
        unknown=policy(minimum_length=UNKNOWN),
        mended=policy(minimum_length=15),
    ),
    Case(
        rule="CG104",
        bad=policy(),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at "
            "least 8, got null",
        ),
        good=policy(minimum_length="15"),
        unknown=pool(),
    ),
    Case(
        rule="CG104",
        profile="strict",
        bad=policy(minimum_length=13),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at "
            "least 14, got 13",
        ),
        good=policy(minimum_length=14),
        unknown=policy(minimum_length=UNKNOWN),
    ),
    Case(
        rule="CG104",
        profile="nist",
        bad=policy(minimum_length=14),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at "
            "least 15, got 14",
        ),
        good=policy(minimum_length=15),
        unknown=policy(minimum_length=UNKNOWN),
    ),
    Case(
        rule="CG105",
        bad=policy(require_lowercase=True, require_numbers=True, require_symbols=False),
        says=(
            (
                "aws_cognito_user_pool.users: password_policy[0].require_symbols: must be "
                "true, got false"
            ),
            (
                "aws_cognito_user_pool.users: password_policy[0].require_uppercase: must be "
                "true, got null"
            ),
        ),
        good=policy(**ALL_CLASSES),
        unknown=pool(),
    ),
    Case(
        rule="CG105",
        profile="strict",
        bad=policy(**{**ALL_CLASSES, "require_symbols": False}),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].require_symbols: must be true, "
            "got false",
        ),
        good=policy(**ALL_CLASSES),
        unknown=policy(**{**ALL_CLASSES, "require_symbols": UNKNOWN}),
    ),
    Case(
        rule="CG105",
        profile="nist",
        bad=policy(require_symbols=True),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].require_symbols: must be false, "
            "got true",
        ),
        good=policy(require_lowercase=False),
        unknown=policy(require_numbers=UNKNOWN),
    ),
    Case(
        rule="CG106",
        bad=policy(temporary_password_validity_days=8),
        says=(
            "aws_cognito_user_pool.users: "
            "password_policy[0].temporary_password_validity_days: must be from 1 to 7 days, "
            "got 8",
        ),
        good=policy(temporary_password_validity_days=7),
        unknown=policy(),
        mended=policy(temporary_password_validity_days=3),
    ),
    Case(
        rule="CG106",
        bad=policy(temporary_password_validity_days=0),
        says=(
            "aws_cognito_user_pool.users: "
            "password_policy[0].temporary_password_validity_days: must be from 1 to 7 days, "
            "got 0",
        ),
        good=policy(temporary_password_validity_days=1),
        unknown=pool(),
    ),
    Case(
        rule="CG107",
        bad=policy(password_history_size=0),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].password_history_size: must be "
            "at least 1, got 0",
        ),
        good=policy(password_history_size=1),
        unknown=pool(),
        mended=policy(password_history_size=5),
    ),
    Case(
        rule="CG107",
        bad=policy(),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].password_history_size: must be "
            "at least 1, got null",
        ),
        good=pool(user_pool_tier="LITE"),
        unknown=policy(password_history_size=UNKNOWN),
    ),
    Case(
        rule="CG104",
        bad=client_of_pool({"password_policy": {"minimum_length": 6}}, **OWN),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at least "
            "8, got 6",
        ),
        good=client_of_pool({"password_policy": {"minimum_length": 6}}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG104",
        bad=pool(password_policy={"minimum_length": 6}, sign_in_policy=factors("PASSWORD")),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at least "
            "8, got 6",
        ),
        good=pool(password_policy={"minimum_length": 6}, sign_in_policy=factors("EMAIL_OTP")),
        unknown=None,
    ),
    Case(
        rule="CG104",
        profile="strict",
        bad=client_of_pool({"password_policy": {"minimum_length": 6}}, **FEDERATED),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].minimum_length: must be at least "
            "14, got 6",
        ),
        good=client_of_pool({"password_policy": {"minimum_length": 14}}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG105",
        bad=client_of_pool({"password_policy": {**ALL_CLASSES, "require_symbols": False}}, **OWN),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].require_symbols: must be true, got "
            "false",
        ),
        good=client_of_pool(
            {"password_policy": {**ALL_CLASSES, "require_symbols": False}}, **MACHINE
        ),
        unknown=None,
    ),
    Case(
        rule="CG106",
        bad=client_of_pool({"password_policy": {"temporary_password_validity_days": 30}}, **OWN),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].temporary_password_validity_days: "
            "must be from 1 to 7 days, got 30",
        ),
        good=client_of_pool(
            {"password_policy": {"temporary_password_validity_days": 30}}, **FEDERATED
        ),
        unknown=None,
    ),
    Case(
        rule="CG107",
        bad=client_of_pool({"password_policy": {"password_history_size": 0}}, **OWN),
        says=(
            "aws_cognito_user_pool.users: password_policy[0].password_history_size: must be at "
            "least 1, got 0",
        ),
        good=client_of_pool({"password_policy": {"password_history_size": 0}}, **FEDERATED),
        unknown=None,
    ),
)
