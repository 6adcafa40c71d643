"""The app client: what each kind of application gets, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from constructs_auth import (
    AdminBackend,
    Application,
    AuthApp,
    AuthFlow,
    AuthStack,
    EmailOtp,
    InvalidValueError,
    MachineToMachine,
    NativeApplication,
    OAuth,
    PasswordPolicy,
    RefreshTokenRotation,
    SinglePageApplication,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    TokenValidity,
    UserPool,
    UserPoolClient,
    UserPoolTier,
    WebApplication,
)
from tests.synth.conftest import Synthesize, rules_in
from tests.synth.reading import rules_broken_in

OAUTH = OAuth(callback_urls=["https://acme.example/callback"])
WEB = WebApplication(oauth=OAUTH)
BROWSER = SinglePageApplication(oauth=OAUTH)
ROTATION = [{"feature": "ENABLED", "retry_grace_period_seconds": 10}]


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool with an attribute of its own."""
    return UserPool(stack, "users", attributes=[StringAttribute(name="tenant")])


def client_of(document: dict[str, Any]) -> Any:
    """The client `web` in the Terraform JSON."""
    return document["resource"]["aws_cognito_user_pool_client"]["web"]


@pytest.mark.parametrize(
    ("application", "expected"),
    [
        (
            WEB,
            {
                "allowed_oauth_flows": ["code"],
                "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
                "generate_secret": True,
                "refresh_token_validity": 30,
                "refresh_token_rotation": None,
            },
        ),
        (
            BROWSER,
            {
                "allowed_oauth_flows": ["code"],
                "explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"],
                "generate_secret": False,
                "refresh_token_validity": 7,
                "refresh_token_rotation": ROTATION,
            },
        ),
        (
            NativeApplication(),
            {
                "allowed_oauth_flows": None,
                "allowed_oauth_flows_user_pool_client": False,
                "callback_urls": None,
                "explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"],
                "generate_secret": False,
                "refresh_token_rotation": ROTATION,
            },
        ),
        (
            MachineToMachine(allowed_oauth_scopes=["orders/write", "orders/read"]),
            {
                "allowed_oauth_flows": ["client_credentials"],
                "allowed_oauth_flows_user_pool_client": True,
                "allowed_oauth_scopes": ["orders/read", "orders/write"],
                "callback_urls": None,
                "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH"],
                "generate_secret": True,
            },
        ),
        (
            AdminBackend(),
            {
                "allowed_oauth_flows": None,
                "explicit_auth_flows": [
                    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                    "ALLOW_REFRESH_TOKEN_AUTH",
                ],
                "generate_secret": True,
            },
        ),
    ],
    ids=["web", "browser", "native", "machine", "backend"],
)
def test_each_kind_of_application_sets_what_belongs_together(
    application: Application,
    expected: dict[str, object],
    stack: AuthStack,
    pool: UserPool,
    synthesize: Synthesize,
) -> None:
    """The secret, the flows, and the life of refresh tokens."""
    UserPoolClient(stack, "web", user_pool=pool, application=application)
    client = client_of(synthesize(stack))

    assert {name: client.get(name) for name in expected} == expected


def test_what_aws_would_fill_in_is_written(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Units with every validity, revocation, hidden user existence, attributes by name."""
    UserPoolClient(stack, "web", user_pool=pool, application=WEB)
    client = client_of(synthesize(stack))

    assert client["token_validity_units"] == [
        {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
    ]
    assert client["enable_token_revocation"] is True
    assert client["prevent_user_existence_errors"] == "ENABLED"
    assert client["auth_session_validity"] == 3
    assert client["enable_propagate_additional_user_context_data"] is False
    assert "custom:tenant" in client["read_attributes"]
    assert "email_verified" in client["read_attributes"]
    assert "custom:tenant" not in client["write_attributes"]
    assert len(client["write_attributes"]) == 17
    assert "" not in client.values()
    assert [] not in client.values()


def test_lifetimes_are_counted_in_the_largest_whole_unit(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """90 minutes are not 1.5 hours."""
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WEB,
        token_validity=TokenValidity(
            access_token=timedelta(minutes=90),
            id_token=timedelta(seconds=301),
            refresh_token=timedelta(hours=36),
        ),
    )
    client = client_of(synthesize(stack))

    assert (client["access_token_validity"], client["id_token_validity"]) == (90, 301)
    assert client["refresh_token_validity"] == 36
    assert client["token_validity_units"] == [
        {"access_token": "minutes", "id_token": "seconds", "refresh_token": "hours"}
    ]


def test_rotation_that_is_turned_off_says_so_with_zero_seconds(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Without the seconds an apply ends in an error; the refresh flow is back."""
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=BROWSER,
        refresh_token_rotation=RefreshTokenRotation.disabled(),
    )
    client = client_of(synthesize(stack))

    assert client["refresh_token_rotation"] == [
        {"feature": "DISABLED", "retry_grace_period_seconds": 0}
    ]
    assert "ALLOW_REFRESH_TOKEN_AUTH" in client["explicit_auth_flows"]


def test_a_pool_without_passwords_gives_its_clients_the_flow_for_it(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Without ALLOW_USER_AUTH nobody could use the passwordless factors."""
    pool = UserPool(stack, "users", passwordless=[EmailOtp()])
    UserPoolClient(stack, "web", user_pool=pool, application=WEB)

    assert "ALLOW_USER_AUTH" in client_of(synthesize(stack))["explicit_auth_flows"]


def test_the_plan_lite_has_no_rotation(stack: AuthStack, synthesize: Synthesize) -> None:
    """The default follows the plan."""
    pool = UserPool(
        stack,
        "users",
        user_pool_tier=UserPoolTier.LITE,
        password_policy=PasswordPolicy(password_history_size=0),
    )
    UserPoolClient(stack, "web", user_pool=pool, application=BROWSER)

    assert "refresh_token_rotation" not in client_of(synthesize(stack))


def test_what_cannot_work_together_is_found_at_synth(app: AuthApp, stack: AuthStack) -> None:
    """Choice-based sign-in on Lite, and context data without a secret."""
    pool = UserPool(
        stack,
        "users",
        user_pool_tier=UserPoolTier.LITE,
        password_policy=PasswordPolicy(password_history_size=0),
    )
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=BROWSER,
        explicit_auth_flows=[AuthFlow.USER],
        enable_propagate_additional_user_context_data=True,
    )

    assert rules_broken_in(app) == [
        "auth/web: CVD08B user_pool_id",
        "auth/web: CVH24 enable_propagate_additional_user_context_data",
    ]


def test_what_weakens_sign_in_is_said_aloud(
    app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """Passwords in the clear, and factors that nobody can use."""
    pool = UserPool(stack, "users", passwordless=[EmailOtp()])
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WEB,
        explicit_auth_flows=[AuthFlow.USER_PASSWORD],
    )
    app.synth()

    warnings, _, table = capsys.readouterr().err.partition("severity")
    assert rules_in(table) == ["CG202", "CVD11", "CVI08"]
    assert warnings == (
        "warning: auth/web: explicit_auth_flows lacks ALLOW_USER_AUTH, so users of this client "
        "cannot use the passwordless factors of the pool; add AuthFlow.USER\n"
    )


class TestAttributes:
    """Which attributes a client may read and write."""

    def test_own_attributes_are_written_only_when_named(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """Often they say what a user may do."""
        UserPoolClient(
            stack,
            "web",
            user_pool=pool,
            application=WEB,
            write_attributes={"name", "custom:tenant", "email"},
        )

        assert client_of(synthesize(stack))["write_attributes"] == [
            "custom:tenant",
            "email",
            "name",
        ]

    @pytest.mark.parametrize(
        ("keyword", "names", "message"),
        [
            (
                "write_attributes",
                [],
                "UserPoolClient.write_attributes: must not be empty, got []; name at least one, "
                "or leave it out for the default",
            ),
            (
                "read_attributes",
                "email",
                "UserPoolClient.read_attributes: must be a list, a tuple or a set, got 'email'; "
                "put it into a list",
            ),
            (
                "read_attributes",
                ["tenant"],
                "UserPoolClient.read_attributes: must name attributes of the pool, got 'tenant'; "
                "write 'custom:tenant'",
            ),
            (
                "write_attributes",
                ["email_verified"],
                "UserPoolClient.write_attributes: must name attributes of the pool, got "
                "'email_verified'; leave it out, because only Cognito changes it",
            ),
        ],
    )
    def test_refuses_attributes_that_the_pool_does_not_have(
        self, keyword: str, names: Any, message: str, stack: AuthStack, pool: UserPool
    ) -> None:
        """At the line that names them."""
        with pytest.raises(InvalidValueError) as caught:
            UserPoolClient(stack, "web", user_pool=pool, application=WEB, **{keyword: names})

        assert str(caught.value) == message

    def test_refuses_to_leave_out_a_required_attribute(self, stack: AuthStack) -> None:
        """Nobody could sign up."""
        pool = UserPool(
            stack,
            "users",
            attributes=[StandardAttribute(name=StandardAttributeName.NAME, required=True)],
        )
        with pytest.raises(InvalidValueError) as caught:
            UserPoolClient(
                stack, "web", user_pool=pool, application=WEB, write_attributes=["email"]
            )

        assert str(caught.value) == (
            "UserPoolClient.write_attributes: must contain name, which the pool requires at "
            "sign-up, got ['email']; add 'name'"
        )


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "user_pool",
            "eu-west-1_abc",
            "UserPoolClient.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'eu-west-1_abc'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            "name",
            "",
            "UserPoolClient.name: must be 1 to 128 characters, not 0, got ''; give another name",
        ),
        (
            "supported_identity_providers",
            [],
            "UserPoolClient.supported_identity_providers: must not be empty, got []; "
            "name 'COGNITO' or identity providers of the pool",
        ),
        (
            "auth_session_validity",
            timedelta(minutes=2),
            "UserPoolClient.auth_session_validity: must be from 3 minutes to 15 minutes, got "
            "'2 minutes'; write timedelta(minutes=3)",
        ),
        (
            "auth_session_validity",
            timedelta(seconds=200),
            "UserPoolClient.auth_session_validity: must be whole minutes, got '200 seconds'; "
            "write timedelta(minutes=3)",
        ),
        (
            "auth_session_validity",
            3,
            "UserPoolClient.auth_session_validity: must be a timedelta from 3 minutes to "
            "15 minutes, got 3; write timedelta(minutes=3)",
        ),
        (
            "explicit_auth_flows",
            ["USER_SRP_AUTH"],
            "UserPoolClient.explicit_auth_flows[0]: must be a member of AuthFlow, got "
            "'USER_SRP_AUTH'; choose from AuthFlow.ADMIN_USER_PASSWORD, AuthFlow.CUSTOM, "
            "AuthFlow.USER, AuthFlow.USER_PASSWORD, AuthFlow.USER_SRP",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    keyword: str, value: Any, message: str, stack: AuthStack, pool: UserPool
) -> None:
    """Before anything is added to the stack."""
    given: dict[str, Any] = {"user_pool": pool, "application": WEB, keyword: value}
    with pytest.raises(InvalidValueError) as caught:
        UserPoolClient(stack, "web", **given)

    assert str(caught.value) == message
    assert stack.node.try_find_child("web") is None
