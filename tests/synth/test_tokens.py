"""What only Terraform will know passes every check, and no placeholder is left in the output."""

import json
from typing import Any

import pytest

from constructs_auth import (
    AccountRecovery,
    AdminBackend,
    AppSettings,
    AuthStack,
    GoogleIdentityProvider,
    InvalidValueError,
    LambdaTriggers,
    LoadBalancerAuthentication,
    LoadBalancerListenerRule,
    Mfa,
    NumberAttribute,
    OAuth,
    Passkey,
    PasswordPolicy,
    PrefixDomain,
    PreTokenGeneration,
    SesEmail,
    SmsConfiguration,
    SoftwareTokenMfa,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    Username,
    UsernameAttributes,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    UserPoolDomain,
    Variable,
    WebAcl,
    WebApplication,
)
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Token
from tests.synth import everything
from tests.synth.conftest import Synthesize


@pytest.fixture
def variables(stack: AuthStack) -> Any:
    """One variable of each kind that CDKTF knows."""
    from cdktf import TerraformVariable  # noqa: PLC0415 - as a user imports it

    def variable(name: str, kind: str) -> Any:
        return TerraformVariable(stack, name, type=kind)

    return {
        "text": variable("text", "string").string_value,
        "number": variable("number", "number").number_value,
        "flag": variable("flag", "bool").boolean_value,
        "list": variable("list", "list(string)").list_value,
        "value": variable("value", "any").value,
    }


@pytest.mark.parametrize("kind", ["text", "number", "flag", "list", "value"])
def test_every_kind_of_token_is_known_without_node(kind: str, variables: Any) -> None:
    """Our own test of a token says what CDKTF's says."""
    token = variables[kind]

    assert Token.is_unresolved(token) is True
    assert is_concrete(token) is False


@pytest.mark.parametrize(
    "token",
    [
        Token.as_string({"a": 1}),
        Token.as_number({"a": 1}),
        Token.as_string_map({"a": "b"}),
        Token.as_any({"a": 1}),
        f"https://{Token.as_string({'a': 1})}/callback",
    ],
    ids=["string", "number", "map", "any", "inside"],
)
def test_tokens_made_by_hand_are_known_too(token: object) -> None:
    """Every shape, and one inside a text."""
    assert Token.is_unresolved(token) is True
    assert is_concrete(token) is False


@pytest.mark.parametrize("value", ["text", 7, -8.1, True, ["a"], {"a": "b"}, None, "{####}"])
def test_plain_values_are_concrete(value: object) -> None:
    """Also what looks a little like a token."""
    assert Token.is_unresolved(value) is False
    assert is_concrete(value) is True


def test_tokens_reach_the_output_as_references(
    stack: AuthStack, variables: Any, synthesize: Synthesize
) -> None:
    """Untouched by any check: numbers as numbers, flags as flags, lists as lists."""
    text, number, flag = variables["text"], variables["number"], variables["flag"]
    pool = UserPool(
        stack,
        "users",
        name=text,
        sign_in=Username(case_sensitive=flag),
        attributes=[
            StandardAttribute(
                name=StandardAttributeName.NAME, required=flag, min_length=number, max_length=9
            ),
            StringAttribute(name=text, mutable=flag, max_length=number),
            NumberAttribute(name="level", min_value=number),
        ],
        allow_admin_create_user_only=flag,
        password_policy=PasswordPolicy(
            minimum_length=number, require_symbols=flag, temporary_password_validity_days=number
        ),
        passwordless=[Passkey(relying_party_id=text)],
        email=SesEmail(source_arn=text, from_email_address=text, configuration_set=text),
        sms=SmsConfiguration(sns_caller_arn=text, external_id=text),
        tags={"team": text},
    )
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=variables["list"],
                default_redirect_uri=text,
                allowed_oauth_scopes=variables["list"],
            )
        ),
        enable_token_revocation=flag,
        read_attributes=variables["list"],
        supported_identity_providers=[text, "COGNITO"],
    )
    resources = synthesize(stack)["resource"]
    written = resources["aws_cognito_user_pool"]["users"]
    client = resources["aws_cognito_user_pool_client"]["web"]

    assert written["name"] == "${var.text}"
    assert written["password_policy"]["minimum_length"] == "${var.number}"
    assert written["password_policy"]["require_symbols"] == "${var.flag}"
    assert written["username_configuration"] == {"case_sensitive": "${var.flag}"}
    schema = {block["name"]: block for block in written["schema"]}
    assert schema["${var.text}"]["mutable"] == "${var.flag}"
    assert schema["level"]["number_attribute_constraints"] == {
        "min_value": "${tostring(var.number)}"
    }
    assert client["callback_urls"] == "${var.list}"
    assert client["allowed_oauth_scopes"] == "${var.list}"
    assert client["read_attributes"] == "${var.list}"
    assert client["supported_identity_providers"] == ["COGNITO", "${var.text}"]
    assert client["enable_token_revocation"] == "${var.flag}"


def test_tokens_stand_for_members(stack: AuthStack, variables: Any, synthesize: Synthesize) -> None:
    """What is not known is compared with nothing: no problem is found, no default guessed."""
    text, names = variables["text"], variables["list"]
    pool = UserPool(
        stack,
        "users",
        sign_in=UsernameAttributes(attributes=names),
        auto_verified_attributes=names,
        user_pool_tier=text,
        mfa=Mfa(configuration=text, factors=[SoftwareTokenMfa()]),
        lambda_triggers=LambdaTriggers(
            pre_token_generation=PreTokenGeneration(function=text, version=text)
        ),
        passwordless=[Passkey(relying_party_id=text, user_verification=text)],
        user_pool_add_ons=UserPoolAddOns(advanced_security_mode=text, custom_auth_mode=text),
    )
    UserPoolClient(
        stack,
        "admin",
        user_pool=pool,
        application=AdminBackend(),
        explicit_auth_flows=names,
    )
    resources = synthesize(stack)["resource"]
    written = resources["aws_cognito_user_pool"]["users"]
    client = resources["aws_cognito_user_pool_client"]["admin"]

    assert pool.find_problems() == ()
    assert written["username_attributes"] == "${var.list}"
    assert written["auto_verified_attributes"] == "${var.list}"
    assert written["user_pool_tier"] == "${var.text}"
    assert written["mfa_configuration"] == "${var.text}"
    assert written["web_authn_configuration"]["user_verification"] == "${var.text}"
    assert written["user_pool_add_ons"]["advanced_security_mode"] == "${var.text}"
    assert written["lambda_config"]["pre_token_generation_config"]["lambda_version"] == (
        "${var.text}"
    )
    assert written["account_recovery_setting"]["recovery_mechanism"] == [
        {"name": "verified_email", "priority": 1}
    ]
    assert client["explicit_auth_flows"] == ('${concat(var.list, ["ALLOW_REFRESH_TOKEN_AUTH"])}')


def test_no_placeholder_is_left_in_the_output(app: Any, synthesize: Synthesize) -> None:
    """A token that was lowered, cut or compared would stay as text, and Terraform take it."""
    text = json.dumps(synthesize(everything.define(app)))

    assert "tftoken" not in text.lower()


class TestListsThatOnlyTerraformKnows:
    """CDKTF hands them out as a list of one text, which is no item of the list."""

    def test_scopes_are_joined_by_terraform(
        self, stack: AuthStack, variables: Any, synthesize: Synthesize
    ) -> None:
        """Where the API takes one text: identity providers, URLs and load balancers."""
        names, text = variables["list"], variables["text"]
        pool = UserPool(stack, "users")
        GoogleIdentityProvider(
            stack,
            "google",
            user_pool=pool,
            client_id="1",
            client_secret=Variable(
                stack, "secret", description="Google's", sensitive=True
            ).string_value,
            authorize_scopes=names,
        )
        web = UserPoolClient(
            stack,
            "web",
            user_pool=pool,
            application=WebApplication(
                oauth=OAuth(
                    callback_urls=["https://app.acme.example/oauth2/idpresponse"],
                    allowed_oauth_scopes=names,
                )
            ),
        )
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=PrefixDomain(prefix="acme"))
        stack.add_output("sign_in", web.authorize_url(domain), description="Where to sign in.")
        LoadBalancerListenerRule(
            stack,
            "rule",
            listener_arn=text,
            target_group_arn=text,
            client=web,
            domain=domain,
            hosts=["app.acme.example"],
            priority=1,
            authentication=LoadBalancerAuthentication(scopes=names),
        )
        document = synthesize(stack)
        resources = document["resource"]
        google = resources["aws_cognito_identity_provider"]["google"]["provider_details"]
        (sign_in, _) = resources["aws_lb_listener_rule"]["rule"]["action"]

        assert google["authorize_scopes"] == '${join(" ", var.list)}'
        assert sign_in["authenticate_cognito"]["scope"] == '${join(" ", var.list)}'
        assert document["output"]["sign_in"]["value"].endswith(
            '&scope=${urlencode(join(" ", var.list))}'
        )

    def test_none_of_its_urls_is_the_only_one(self, stack: AuthStack, variables: Any) -> None:
        """A client may have one or twenty: the program has to say which is meant."""
        web = UserPoolClient(
            stack,
            "web",
            user_pool=UserPool(stack, "users"),
            application=WebApplication(oauth=OAuth(callback_urls=variables["list"])),
        )
        domain = "https://auth.acme.example"

        with pytest.raises(InvalidValueError) as caught:
            web.authorize_url(domain)
        assert str(caught.value) == (
            "redirect_uri: must be set unless the client has exactly one, got None; set "
            "redirect_uri to one of the URLs, because their list is a token"
        )
        url = web.authorize_url(domain, redirect_uri="https://app.acme.example/")
        assert "redirect_uri=https%3A%2F%2Fapp.acme.example%2F" in url

    def test_what_becomes_blocks_is_refused_at_its_line(
        self, stack: AuthStack, variables: Any
    ) -> None:
        """Terraform has no block for each item of a list without a dynamic block."""
        with pytest.raises(InvalidValueError) as caught:
            AccountRecovery(mechanisms=variables["list"])
        assert str(caught.value) == (
            "AccountRecovery.mechanisms: must be a list of known items, because each becomes a "
            "block, got 'a list token'; list RecoveryMechanism members, the preferred one first"
        )
        with pytest.raises(
            InvalidValueError, match="counted_common_rules: must be a list of known items"
        ):
            WebAcl(stack, "acl", counted_common_rules=variables["list"])


def test_a_flag_that_decides_about_a_word_must_be_known(stack: AuthStack, variables: Any) -> None:
    """Its truth is asked now: every variable would turn it on."""
    with pytest.raises(InvalidValueError) as caught:
        UserPoolClient(
            stack,
            "web",
            user_pool=UserPool(stack, "users"),
            application=AdminBackend(),
            prevent_user_existence_errors=variables["flag"],
        )
    assert str(caught.value).startswith(
        "UserPoolClient.prevent_user_existence_errors: must be True or False, got "
    )


def test_the_first_slash_of_a_prefix_is_taken_off_by_terraform(
    stack: AuthStack, variables: Any, synthesize: Synthesize
) -> None:
    """The secret is named as the parameters, without the first slash."""
    web = UserPoolClient(
        stack,
        "web",
        user_pool=UserPool(stack, "users"),
        application=WebApplication(oauth=OAuth(callback_urls=["https://app.acme.example/"])),
    )
    AppSettings(stack, "settings", client=web, prefix=variables["text"])
    (secret,) = synthesize(stack)["resource"]["aws_secretsmanager_secret"].values()

    assert secret["name"] == '${trimprefix(var.text, "/")}/client_secret'
