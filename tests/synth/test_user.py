"""Users that Terraform makes, their passwords and their groups."""

from typing import Any

import pytest
from cdktf import TerraformVariable

from constructs_auth import (
    AS_IT_IS,
    AliasAttribute,
    AuthApp,
    AuthStack,
    ContactAttribute,
    DeliveryMedium,
    InvalidValueError,
    MessageAction,
    S3Backend,
    StandardAttributeName,
    StringAttribute,
    SynthesisError,
    User,
    UserGroup,
    UserInGroup,
    Username,
    UsernameAttributes,
    UserPool,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of

SECRET = "${var.secret}"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool whose users sign in by e-mail, with an attribute of its own."""
    return UserPool(stack, "users", attributes=[StringAttribute(name="tenant")])


@pytest.fixture
def admins(stack: AuthStack, pool: UserPool) -> UserGroup:
    """A group."""
    return UserGroup(stack, "admins", user_pool=pool)


def ann(stack: AuthStack, pool: UserPool, **settings: Any) -> User:
    """A user with an e-mail address."""
    return User(stack, "ann", user_pool=pool, **{"username": "ann@acme.example", **settings})


def user_of(document: dict[str, Any]) -> Any:
    """The user `ann` in the Terraform JSON."""
    user = document["resource"]["aws_cognito_user"]["ann"]
    del user["//"]
    return user


def test_the_address_that_is_the_name_is_an_attribute_too(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """What Cognito adds is written, and names as the AWS provider reads them, against drift."""
    ann(stack, pool, attributes={"custom:tenant": "acme", StandardAttributeName.NAME: "Ann"})
    assert user_of(synthesize(stack)) == {
        "attributes": {"email": "ann@acme.example", "name": "Ann", "tenant": "acme"},
        "desired_delivery_mediums": ["EMAIL"],
        "enabled": True,
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
        "username": "ann@acme.example",
    }


def test_a_phone_number_as_name_is_invited_by_sms(stack: AuthStack, synthesize: Synthesize) -> None:
    phones = UserPool(
        stack,
        "phones",
        sign_in=UsernameAttributes(attributes=[ContactAttribute.PHONE_NUMBER]),
    )
    ann(stack, phones, username="+491700000000")
    user = user_of(synthesize(stack))
    assert user["attributes"] == {"phone_number": "+491700000000"}
    assert user["desired_delivery_mediums"] == ["SMS"]


def test_a_name_that_is_just_a_name_brings_no_address(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    ann(stack, UserPool(stack, "users", sign_in=Username()), username="ann")
    user = user_of(synthesize(stack))
    assert "attributes" not in user
    assert "desired_delivery_mediums" not in user


def test_a_test_account_has_a_password_from_outside_and_no_invitation(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize, capsys: pytest.CaptureFixture[str]
) -> None:
    password = TerraformVariable(stack, "ann_password", type="string", sensitive=True)
    ann(stack, pool, password=password.string_value)
    user = user_of(synthesize(stack))

    assert user["password"] == "${var.ann_password}"
    assert user["message_action"] == "SUPPRESS"
    assert capsys.readouterr().err == (
        "warning: auth/ann: Terraform's state contains the permanent password; use it only for "
        "test accounts, and temporary_password for people\n"
    )


def test_what_is_asked_for_is_written(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    ann(
        stack,
        pool,
        temporary_password=SECRET,
        desired_delivery_mediums=[DeliveryMedium.SMS, DeliveryMedium.EMAIL],
        message_action=MessageAction.RESEND,
        enabled=False,
    )
    user = user_of(synthesize(stack))
    assert user["temporary_password"] == "${var.secret}"
    assert user["desired_delivery_mediums"] == ["EMAIL", "SMS"]
    assert user["message_action"] == "RESEND"
    assert user["enabled"] is False


def test_tokens_pass(stack: AuthStack, pool: UserPool, synthesize: Synthesize) -> None:
    ann(stack, pool, username="${var.name}", attributes={"name": "${var.full_name}"})
    user = user_of(synthesize(stack))
    assert user["username"] == "${var.name}"
    assert user["attributes"] == {"name": "${var.full_name}"}


def test_a_variable_that_every_plan_shows_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    variable = TerraformVariable(stack, "secret", type="string")
    ann(stack, pool, temporary_password=variable.string_value)
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    assert [str(problem) for problem in caught.value.problems] == [
        "auth/ann: temporary_password: must come from a sensitive variable, got the variable "
        "'secret'; set sensitive=True, otherwise every plan shows the value"
    ]


NAME = "choose another username, such as 'root', and set attributes="


class TestNamesLikeAliases:
    """Cognito refuses a user name in the form of an alias of the pool."""

    @pytest.mark.parametrize(
        ("alias", "name"),
        [
            (AliasAttribute.EMAIL, "root@acme.example"),
            (AliasAttribute.PHONE_NUMBER, "+4930123456"),
        ],
    )
    def test_an_address_is_no_name(
        self, alias: AliasAttribute, name: str, app: AuthApp, stack: AuthStack
    ) -> None:
        """The remedy is an edit of the program."""
        pool = UserPool(stack, "users", sign_in=Username(alias_attributes=[alias]))
        User(stack, "root", user_pool=pool, username=name, attributes={alias.value: name})
        assert problems_of(app) == [
            f"auth/root: CVA15 username: must not have the form of {alias.value}, which is an "
            f"alias in the pool, got {name!r}; {NAME}{{'email': …}} or {{'phone_number': …}} to "
            "the address"
        ]

    def test_the_remedy_works(self, app: AuthApp, stack: AuthStack) -> None:
        """The user signs in with the name and with the address."""
        sign_in = Username(alias_attributes=[AliasAttribute.EMAIL, AliasAttribute.PHONE_NUMBER])
        pool = UserPool(stack, "users", sign_in=sign_in)
        User(
            stack,
            "root",
            user_pool=pool,
            username="root",
            attributes={"email": "root@acme.example", "phone_number": "+4930123456"},
        )
        app.synth()

    def test_any_name_goes_with_preferred_username(self, app: AuthApp, stack: AuthStack) -> None:
        """It has no form of its own."""
        sign_in = Username(alias_attributes=[AliasAttribute.PREFERRED_USERNAME])
        User(
            stack,
            "root",
            user_pool=UserPool(stack, "users", sign_in=sign_in),
            username="root@acme.example",
        )
        app.synth()

    def test_a_user_in_another_stack_than_its_pool_is_refused_too(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """The rules see one stack; the construct knows both."""
        sign_in = Username(alias_attributes=[AliasAttribute.EMAIL])
        pool = UserPool(stack, "users", sign_in=sign_in)
        backend = S3Backend(bucket="acme-state", key="people.tfstate", region="eu-west-1")
        people = AuthStack(app, "people", region="eu-west-1", backend=backend)
        User(people, "root", user_pool=pool, username="root@acme.example")
        assert problems_of(app) == [
            "people/root: username: must not have the form of email, which is an alias in the "
            f"pool, got 'root@acme.example'; {NAME}{{'email': …}} to the address"
        ]


def test_two_users_of_one_name_are_refused(app: AuthApp, stack: AuthStack, pool: UserPool) -> None:
    """Cognito keeps the first."""
    ann(stack, pool)
    User(stack, "again", user_pool=pool, username="ann@acme.example")
    assert problems_of(app) == [
        "auth/again: CVA16 username: must be unique in the pool, got 'ann@acme.example', which "
        "aws_cognito_user.ann already has; choose another username, or remove one of the two"
    ]


@pytest.mark.parametrize("order", [("admins", "support"), ("support", "admins")])
def test_a_membership_is_named_after_user_and_group(
    order: tuple[str, ...], stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """In whatever order the groups are given: no address has a number."""
    groups = {name: UserGroup(stack, name, user_pool=pool) for name in ("support", "admins")}
    ann(stack, pool, groups=[groups[name] for name in order])
    memberships = synthesize(stack)["resource"]["aws_cognito_user_in_group"]

    assert sorted(memberships) == ["ann_admins", "ann_support"]
    del memberships["ann_admins"]["//"]
    assert memberships["ann_admins"] == {
        "group_name": "${aws_cognito_user_group.admins.name}",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
        "username": "${aws_cognito_user.ann.username}",
    }


def test_a_membership_by_itself_has_its_id_as_address(
    stack: AuthStack, pool: UserPool, admins: UserGroup, synthesize: Synthesize
) -> None:
    UserInGroup(stack, "ann_manages", user=ann(stack, pool), group=admins)
    assert [*synthesize(stack)["resource"]["aws_cognito_user_in_group"]] == ["ann_manages"]


def test_refuses_a_group_of_another_pool(stack: AuthStack, admins: UserGroup) -> None:
    others = UserPool(stack, "others")
    with pytest.raises(InvalidValueError) as caught:
        ann(stack, others, groups=[admins])
    assert str(caught.value) == (
        "User.groups[0]: must be a group of the user's pool, got 'auth/admins'; use a group of "
        "that pool"
    )
    with pytest.raises(InvalidValueError) as caught:
        UserInGroup(stack, "membership", user=ann(stack, others), group=admins)
    assert str(caught.value) == (
        "UserInGroup.group: must be a group of the user's pool, got 'auth/admins'; use a group "
        "of that pool"
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"username": "ann"},
            "User.username: must be what users of the pool sign in with: email, got 'ann'; write "
            "the address",
        ),
        (
            {"username": "ann @acme.example"},
            "User.username: must be 1 to 128 characters, printable characters without spaces, got "
            "'ann @acme.example'; give another name",
        ),
        (
            {"attributes": {"tenant": "acme"}},
            "User.attributes: must name attributes of the pool, got 'tenant'; write "
            "'custom:tenant'",
        ),
        (
            {"attributes": {"plan": "free"}},
            "User.attributes: must name attributes of the pool, got 'plan'; add the attribute to "
            "the pool; custom attributes have the prefix custom:",
        ),
        (
            {"attributes": {"email_verified": True}},
            "User.attributes['email_verified']: must be a text, got True; write it as a short text",
        ),
        (
            {"attributes": ["name"]},
            "User.attributes: must be a mapping, got ['name']; write {StandardAttributeName.NAME: "
            "'Ann'}",
        ),
        (
            {"password": "hunter2"},
            "User.password: must come from outside the program, got '***'; use the string_value "
            "of a sensitive Variable, or an attribute of a data source",
        ),
        (
            {"password": SECRET, "temporary_password": SECRET},
            "User.password: must be left out together with temporary_password, got '***'; set "
            "one of the two",
        ),
        (
            {"groups": ["admins"]},
            "User.groups[0]: must be of type UserGroup, got 'admins'; write UserGroup(…)",
        ),
        (
            {"desired_delivery_mediums": ["POST"]},
            "User.desired_delivery_mediums[0]: must be a member of DeliveryMedium, got 'POST'; "
            "choose from DeliveryMedium.EMAIL, DeliveryMedium.SMS",
        ),
    ],
)
def test_refuses_what_cannot_work(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ann(stack, pool, **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("ann") is None


def test_an_imported_user_gets_no_other_medium(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    ann(stack, pool, desired_delivery_mediums=AS_IT_IS)
    assert "desired_delivery_mediums" not in user_of(synthesize(stack))
