"""By which names and attributes users sign in."""

from tests.unit.rules.cases import (
    FEDERATED,
    OWN,
    UNKNOWN,
    Case,
    attribute,
    client_of_pool,
    in_pool,
    pool,
)

USER = "aws_cognito_user"
BY_EMAIL = {"alias_attributes": ["email"]}
ANN = {"username": "ann@acme.example"}
BY_PHONE = {"alias_attributes": ["email", "phone_number"]}

CASES = (
    Case(
        rule="CVA15",
        bad=in_pool(USER, BY_EMAIL, ann={"username": "ann@acme.example"}),
        says=(
            "aws_cognito_user.ann: username: must not have the form of email, which is an alias "
            "in the pool, got 'ann@acme.example'",
        ),
        good=in_pool(USER, BY_EMAIL, ann={"username": "ann"}),
        unknown=in_pool(USER, BY_EMAIL, ann={"username": UNKNOWN}),
    ),
    Case(
        rule="CVA15",
        bad=in_pool(USER, BY_PHONE, ann={"username": "+4930123456"}),
        says=(
            "aws_cognito_user.ann: username: must not have the form of phone_number, which is an "
            "alias in the pool, got '+4930123456'",
        ),
        good=in_pool(
            USER, {"username_attributes": ["email"]}, ann={"username": "ann@acme.example"}
        ),
        unknown=in_pool(USER, {"alias_attributes": UNKNOWN}, ann={"username": "ann@acme.example"}),
    ),
    Case(
        rule="CVA15",  # preferred_username has no form, and any address is a name there
        bad=in_pool(USER, {"alias_attributes": ["email", "preferred_username"]}, ann=ANN),
        says=(
            "aws_cognito_user.ann: username: must not have the form of email, which is an alias "
            "in the pool, got 'ann@acme.example'",
        ),
        good=in_pool(USER, {"alias_attributes": ["preferred_username", "phone_number"]}, ann=ANN),
        unknown=in_pool(USER, {"alias_attributes": ["phone_number", UNKNOWN]}, ann=ANN),
    ),
    Case(
        rule="CVA16",
        bad=in_pool(USER, {}, ann=ANN, bob={"username": "bob"}, again=ANN),
        says=(
            "aws_cognito_user.again: username: must be unique in the pool, got "
            "'ann@acme.example', which aws_cognito_user.ann already has",
        ),
        good=in_pool(USER, {}, ann=ANN, bob={"username": "bob"}),
        unknown=in_pool(USER, {}, ann=ANN, again={"username": UNKNOWN}),
    ),
    Case(
        rule="CVA02",
        bad=pool(alias_attributes=["email"], username_attributes=["email"]),
        says=(
            "aws_cognito_user_pool.users: username_attributes: must not be set where "
            "alias_attributes is set, got both",
        ),
        good=pool(alias_attributes=["email"], username_attributes=[]),
        unknown=pool(alias_attributes=UNKNOWN, username_attributes=["email"]),
    ),
    Case(
        rule="CVA03",
        bad=pool(alias_attributes=["email", "nickname"]),
        says=(
            "aws_cognito_user_pool.users: alias_attributes[1]: must be one of email, "
            "phone_number, preferred_username, got 'nickname'",
        ),
        good=pool(alias_attributes=["email", "phone_number", "preferred_username"]),
        unknown=pool(alias_attributes=[UNKNOWN]),
    ),
    Case(
        rule="CVA03",
        bad=pool(username_attributes=["preferred_username"]),
        says=(
            "aws_cognito_user_pool.users: username_attributes[0]: must be one of email, "
            "phone_number, got 'preferred_username'",
        ),
        good=pool(username_attributes=["email", "phone_number"]),
        unknown=pool(username_attributes=UNKNOWN),
    ),
    Case(
        rule="CVA04",
        bad=pool(
            alias_attributes=["preferred_username"],
            schema=[
                attribute("email", required=True),
                attribute("preferred_username", required=True),
            ],
        ),
        says=(
            "aws_cognito_user_pool.users: schema[1].required: must be false where "
            "preferred_username is an alias, got true",
        ),
        good=pool(
            alias_attributes=["preferred_username"],
            schema=[attribute("preferred_username", required=False)],
        ),
        unknown=pool(
            alias_attributes=UNKNOWN, schema=[attribute("preferred_username", required=True)]
        ),
    ),
    Case(
        rule="CG116",
        bad=pool(username_configuration={"case_sensitive": True}),
        says=(
            "aws_cognito_user_pool.users: username_configuration[0].case_sensitive: must be "
            "false, got true",
        ),
        good=pool(username_configuration={"case_sensitive": False}),
        unknown=pool(username_configuration=[]),
    ),
    Case(
        rule="CG116",
        bad=pool(username_configuration=[{"case_sensitive": "true"}]),
        says=(
            "aws_cognito_user_pool.users: username_configuration[0].case_sensitive: must be "
            "false, got true",
        ),
        good=pool(username_configuration=[{"case_sensitive": "false"}]),
        unknown=pool(username_configuration={"case_sensitive": UNKNOWN}),
    ),
    Case(
        rule="CG116",
        bad=client_of_pool({"username_configuration": {"case_sensitive": True}}, **OWN),
        says=(
            "aws_cognito_user_pool.users: username_configuration[0].case_sensitive: must be "
            "false, got true",
        ),
        good=client_of_pool({"username_configuration": {"case_sensitive": True}}, **FEDERATED),
        unknown=None,
    ),
)
