"""The user pool: what is written, and what is refused together."""

from typing import Any

import pytest

from constructs_auth import (
    AccountRecovery,
    AdvancedSecurityMode,
    AliasAttribute,
    AuthApp,
    AuthStack,
    BooleanAttribute,
    CognitoEmail,
    ContactAttribute,
    CustomAuthMode,
    DateTimeAttribute,
    DeviceConfiguration,
    EmailMfa,
    EmailOtp,
    InvalidValueError,
    LambdaTriggers,
    Mfa,
    NumberAttribute,
    Passkey,
    PasswordPolicy,
    PreTokenGeneration,
    PreTokenGenerationVersion,
    RecoveryMechanism,
    RememberDevices,
    SesEmail,
    SmsMfa,
    SmsOtp,
    SoftwareTokenMfa,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    SynthesisError,
    Username,
    UsernameAttributes,
    UserPool,
    UserPoolAddOns,
    UserPoolTier,
    VerificationByLink,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import rules_broken_in

SES = SesEmail(source_arn="arn:aws:ses:eu-west-1:111122223333:identity/ann@acme.example")


def pool_of(document: dict[str, Any], name: str = "users") -> Any:
    """The user pool *name* in the Terraform JSON."""
    return document["resource"]["aws_cognito_user_pool"][name]


def problems_of(app: AuthApp) -> list[str]:
    """What synthesis complains of."""
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    return [str(problem) for problem in caught.value.problems]


class TestDefaults:
    """What a pool is that is told nothing but its id."""

    def test_the_id_is_the_terraform_address(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """No hash: a changed address would replace the pool and lose its users."""
        UserPool(stack, "users")

        assert list(synthesize(stack)["resource"]["aws_cognito_user_pool"]) == ["users"]

    def test_users_sign_in_with_their_e_mail_address_whatever_its_case(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """And it is verified, and needed to get back in."""
        UserPool(stack, "users")
        pool = pool_of(synthesize(stack))

        assert pool["username_attributes"] == ["email"]
        assert pool["username_configuration"] == {"case_sensitive": False}
        assert pool["auto_verified_attributes"] == ["email"]
        assert pool["account_recovery_setting"] == {
            "recovery_mechanism": [{"name": "verified_email", "priority": 1}]
        }
        assert pool["user_attribute_update_settings"] == {
            "attributes_require_verification_before_update": ["email"]
        }

    def test_the_safe_choices_that_cost_nothing_are_made(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Deletion protection, administrators alone, long passwords, a second factor on offer."""
        UserPool(stack, "users")
        pool = pool_of(synthesize(stack))

        assert pool["deletion_protection"] == "ACTIVE"
        assert pool["admin_create_user_config"]["allow_admin_create_user_only"] is True
        assert pool["password_policy"]["minimum_length"] == 15
        assert pool["mfa_configuration"] == "OPTIONAL"
        assert pool["software_token_mfa_configuration"] == {"enabled": True}
        assert pool["user_pool_tier"] == "ESSENTIALS"

    def test_every_value_that_aws_would_fill_in_is_written(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """What the provider treats as optional and computed keeps its old value if left out."""
        UserPool(stack, "users")

        assert {
            "account_recovery_setting",
            "admin_create_user_config",
            "email_configuration",
            "password_policy",
            "sign_in_policy",
            "user_pool_tier",
            "username_configuration",
            "verification_message_template",
        } <= set(pool_of(synthesize(stack)))

    def test_no_block_is_written_that_shows_a_change_on_every_plan(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Empty or unasked-for blocks never settle."""
        UserPool(stack, "users")
        pool = pool_of(synthesize(stack))

        assert not {
            "device_configuration",
            "email_mfa_configuration",
            "lambda_config",
            "lifecycle",
            "schema",
            "sms_configuration",
            "tags",
            "user_pool_add_ons",
            "web_authn_configuration",
        } & set(pool)
        assert {} not in pool.values()
        assert [] not in pool.values()


class TestSchema:
    """Attributes in the one form that Cognito gives back."""

    def test_blocks_are_complete_and_sorted_by_name(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Constraints are decimal texts; a number always has a block, also an empty one."""
        UserPool(
            stack,
            "users",
            attributes=[
                StringAttribute(name="tenant", mutable=False),
                NumberAttribute(name="score"),
                NumberAttribute(name="level", min_value=-1, max_value=9),
                BooleanAttribute(name="beta"),
                DateTimeAttribute(name="joined"),
                StandardAttribute(name=StandardAttributeName.UPDATED_AT),
                StandardAttribute(name=StandardAttributeName.BIRTHDATE, required=True),
            ],
        )
        blocks = pool_of(synthesize(stack))["schema"]

        def block(name: str, kind: str, **rest: object) -> dict[str, object]:
            common = {"developer_only_attribute": False, "mutable": True, "required": False}
            return {"name": name, "attribute_data_type": kind, **common, **rest}

        assert blocks == [
            block("beta", "Boolean"),
            block(
                "birthdate",
                "String",
                required=True,
                string_attribute_constraints={"min_length": "10", "max_length": "10"},
            ),
            block("joined", "DateTime"),
            block(
                "level",
                "Number",
                number_attribute_constraints={"min_value": "-1", "max_value": "9"},
            ),
            block("score", "Number", number_attribute_constraints={}),
            block(
                "tenant",
                "String",
                mutable=False,
                string_attribute_constraints={"min_length": "0", "max_length": "2048"},
            ),
            block("updated_at", "Number", number_attribute_constraints={"min_value": "0"}),
        ]

    def test_refuses_two_attributes_of_one_name(self, stack: AuthStack) -> None:
        """Cognito would take one of them."""
        with pytest.raises(InvalidValueError) as caught:
            UserPool(
                stack,
                "users",
                attributes=[StringAttribute(name="level"), NumberAttribute(name="level")],
            )

        assert str(caught.value) == (
            "UserPool.attributes[1].name: must not repeat, got 'level'; name it once"
        )

    def test_refuses_more_than_fifty_attributes(self, stack: AuthStack) -> None:
        """Cognito's own limit."""
        many = [StringAttribute(name=f"a{number}") for number in range(51)]
        with pytest.raises(InvalidValueError) as caught:
            UserPool(stack, "users", attributes=many)

        assert str(caught.value) == (
            "UserPool.attributes, their number: must be from 1 to 50 attributes, got 51; "
            "keep attributes that sign-in does not need in your own database"
        )

    def test_refuses_a_dict_as_attribute(self, stack: AuthStack) -> None:
        """Attributes have types of their own."""
        with pytest.raises(InvalidValueError) as caught:
            UserPool(stack, "users", attributes=[{"name": "level"}])  # type: ignore[list-item]

        assert str(caught.value) == (
            "UserPool.attributes[0]: must be of type StandardAttribute or StringAttribute or "
            "NumberAttribute or BooleanAttribute or DateTimeAttribute, got {'name': 'level'}; "
            "write StandardAttribute(…) or StringAttribute(…) or NumberAttribute(…) or "
            "BooleanAttribute(…) or DateTimeAttribute(…)"
        )


class TestSignIn:
    """The choices that can never be changed."""

    def test_user_names_with_aliases(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """Aliases take the place of username attributes, never beside them."""
        UserPool(
            stack,
            "users",
            sign_in=Username(alias_attributes={AliasAttribute.EMAIL}, case_sensitive=True),
        )
        pool = pool_of(synthesize(stack))

        assert pool["alias_attributes"] == ["email"]
        assert "username_attributes" not in pool
        assert pool["username_configuration"] == {"case_sensitive": True}

    def test_plain_user_names_verify_the_e_mail_address(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Somewhere the code that resets a password must go."""
        UserPool(stack, "users", sign_in=Username())
        pool = pool_of(synthesize(stack))

        assert "alias_attributes" not in pool
        assert pool["auto_verified_attributes"] == ["email"]

    def test_phone_numbers_are_verified_and_used_for_recovery(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Where users have no e-mail address, all goes by SMS."""
        UserPool(
            stack,
            "users",
            sign_in=UsernameAttributes(attributes=[ContactAttribute.PHONE_NUMBER]),
        )
        pool = pool_of(synthesize(stack))

        assert pool["auto_verified_attributes"] == ["phone_number"]
        assert pool["account_recovery_setting"] == {
            "recovery_mechanism": [{"name": "verified_phone_number", "priority": 1}]
        }

    def test_without_a_verified_address_only_an_administrator_resets_passwords(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Nothing is left that a code could be sent to."""
        UserPool(stack, "users", auto_verified_attributes=())
        pool = pool_of(synthesize(stack))

        assert "auto_verified_attributes" not in pool
        assert "user_attribute_update_settings" not in pool
        assert pool["account_recovery_setting"] == {
            "recovery_mechanism": [{"name": "admin_only", "priority": 1}]
        }

    def test_a_required_preferred_username_cannot_be_an_alias(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """Cognito wants it set after sign-up."""
        UserPool(
            stack,
            "users",
            sign_in=Username(alias_attributes=[AliasAttribute.PREFERRED_USERNAME]),
            attributes=[
                StandardAttribute(name=StandardAttributeName.PREFERRED_USERNAME, required=True)
            ],
        )

        assert rules_broken_in(app) == ["auth/users: CVA04 schema[0].required"]


class TestFactors:
    """Passwords, codes, passkeys, and second factors."""

    def test_passwordless_keeps_the_password_and_names_the_relying_party(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Cognito demands the password among the first factors."""
        UserPool(
            stack,
            "users",
            passwordless=[EmailOtp(), Passkey(relying_party_id="acme.example")],
        )
        pool = pool_of(synthesize(stack))

        assert pool["sign_in_policy"] == {
            "allowed_first_auth_factors": ["EMAIL_OTP", "PASSWORD", "WEB_AUTHN"]
        }
        assert pool["web_authn_configuration"] == {
            "relying_party_id": "acme.example",
            "user_verification": "required",
        }

    def test_mfa_that_is_off_has_no_factor_blocks(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Cognito refuses a factor when MFA is off."""
        UserPool(stack, "users", mfa=Mfa.off())
        pool = pool_of(synthesize(stack))

        assert pool["mfa_configuration"] == "OFF"
        assert "software_token_mfa_configuration" not in pool

    def test_mfa_by_e_mail_and_sms_carries_its_messages(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """An empty block would not be applied."""
        UserPool(stack, "users", email=SES, mfa=Mfa.required(EmailMfa(), SmsMfa()))
        pool = pool_of(synthesize(stack))

        assert pool["mfa_configuration"] == "ON"
        assert pool["email_mfa_configuration"] == {
            "message": "Your authentication code is {####}",
            "subject": "Your authentication code",
        }
        assert pool["sms_authentication_message"] == "Your authentication code is {####}"
        assert "software_token_mfa_configuration" not in pool

    def test_devices_get_both_values(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """One alone is a change on every plan."""
        devices = DeviceConfiguration(
            remember=RememberDevices.ALWAYS, challenge_required_on_new_device=False
        )
        UserPool(stack, "users", device_configuration=devices)

        assert pool_of(synthesize(stack))["device_configuration"] == {
            "challenge_required_on_new_device": False,
            "device_only_remembered_on_user_prompt": False,
        }

    def test_refuses_the_same_first_factor_twice(self, stack: AuthStack) -> None:
        """Two relying parties cannot be."""
        with pytest.raises(InvalidValueError) as caught:
            UserPool(stack, "users", passwordless=[EmailOtp(), EmailOtp()])

        assert str(caught.value) == (
            "UserPool.passwordless[1]: must not repeat, got EmailOtp(); name it once"
        )


class TestMessages:
    """What Cognito writes to users."""

    def test_a_link_is_written_without_a_code(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Cognito refuses both kinds together."""
        UserPool(stack, "users", verification_messages=VerificationByLink())

        assert pool_of(synthesize(stack))["verification_message_template"] == {
            "default_email_option": "CONFIRM_WITH_LINK",
            "email_message_by_link": "Please confirm your e-mail address: {##confirm##}",
            "email_subject_by_link": "Confirm your e-mail address",
            "sms_message": "Your verification code is {####}",
        }

    def test_ses_sends_in_the_name_of_the_developer(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """The account that sends is always written: left out, a change back is not seen."""
        UserPool(stack, "users", email=SES)
        UserPool(stack, "others", email=CognitoEmail(reply_to_email_address="ann@acme.example"))
        document = synthesize(stack)

        assert pool_of(document)["email_configuration"] == {
            "email_sending_account": "DEVELOPER",
            "source_arn": "arn:aws:ses:eu-west-1:111122223333:identity/ann@acme.example",
        }
        assert pool_of(document, "others")["email_configuration"] == {
            "email_sending_account": "COGNITO_DEFAULT",
            "reply_to_email_address": "ann@acme.example",
        }


class TestFeaturePlan:
    """What a plan does not have is found at synth, all of it in one run."""

    def test_lite_has_no_passwordless_no_e_mail_mfa_no_history_and_no_newer_tokens(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """Five mistakes, one error."""
        UserPool(
            stack,
            "users",
            user_pool_tier=UserPoolTier.LITE,
            passwordless=[SmsOtp()],
            email=SES,
            mfa=Mfa.optional(EmailMfa(), SoftwareTokenMfa()),
            lambda_triggers=LambdaTriggers(
                pre_token_generation=PreTokenGeneration(
                    function="arn:aws:lambda:eu-west-1:111122223333:function:tokens",
                    version=PreTokenGenerationVersion.V2_0,
                )
            ),
            user_pool_add_ons=UserPoolAddOns(
                advanced_security_mode=AdvancedSecurityMode.OFF,
                custom_auth_mode=CustomAuthMode.AUDIT,
            ),
        )

        assert rules_broken_in(app) == [
            "auth/users: passwordless: must",
            "auth/users: password_policy: must",
            "auth/users: CVD03 user_pool_tier",
            "auth/users: CVF01B user_pool_tier",
            "auth/users: CVG01 user_pool_tier",
        ]

    def test_lite_without_what_it_lacks_is_fine(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """It has no sign-in policy, and none is written."""
        UserPool(
            stack,
            "users",
            user_pool_tier=UserPoolTier.LITE,
            password_policy=PasswordPolicy(password_history_size=0),
        )
        pool = pool_of(synthesize(stack))

        assert pool["user_pool_tier"] == "LITE"
        assert "sign_in_policy" not in pool
        assert "password_history_size" not in pool["password_policy"]

    def test_threat_protection_is_written_for_plus(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Both modes, each where it belongs."""
        UserPool(
            stack,
            "users",
            user_pool_tier=UserPoolTier.PLUS,
            user_pool_add_ons=UserPoolAddOns(
                advanced_security_mode=AdvancedSecurityMode.AUDIT,
                custom_auth_mode=CustomAuthMode.ENFORCED,
            ),
        )

        assert pool_of(synthesize(stack))["user_pool_add_ons"] == {
            "advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"},
            "advanced_security_mode": "AUDIT",
        }


class TestCombinations:
    """Factors that do not go together."""

    def test_mfa_by_e_mail_needs_ses(self, app: AuthApp, stack: AuthStack) -> None:
        """Cognito's own sender does not do it."""
        UserPool(stack, "users", mfa=Mfa.optional(EmailMfa()))

        assert rules_broken_in(app) == ["auth/users: CVD04 email_mfa_configuration"]

    def test_passkeys_do_not_go_with_required_mfa(self, app: AuthApp, stack: AuthStack) -> None:
        """The provider cannot say that a passkey counts as two factors."""
        UserPool(
            stack,
            "users",
            passwordless=[Passkey(relying_party_id="acme.example")],
            mfa=Mfa.required(SoftwareTokenMfa()),
        )

        assert rules_broken_in(app) == ["auth/users: CVD12 mfa_configuration"]

    def test_recovery_keeps_its_order(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """The first mechanism has priority 1."""
        recovery = AccountRecovery(
            mechanisms=[RecoveryMechanism.VERIFIED_PHONE_NUMBER, RecoveryMechanism.VERIFIED_EMAIL]
        )
        UserPool(stack, "users", account_recovery=recovery)

        assert pool_of(synthesize(stack))["account_recovery_setting"] == {
            "recovery_mechanism": [
                {"name": "verified_phone_number", "priority": 1},
                {"name": "verified_email", "priority": 2},
            ]
        }


class TestGuardsOfThePool:
    """What keeps a pool from being lost."""

    def test_a_pool_without_deletion_protection_is_said_aloud(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """On stderr, by the rule of its own."""
        UserPool(stack, "users", deletion_protection=False)
        app.synth()

        printed = capsys.readouterr().err
        assert "CG101" in printed
        assert "deletion_protection: must be ACTIVE, got 'INACTIVE'" in printed

    def test_prevent_destroy_is_a_lifecycle(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """Terraform then refuses to plan the destruction."""
        UserPool(stack, "users", prevent_destroy=True)

        assert pool_of(synthesize(stack))["lifecycle"] == {"prevent_destroy": True}


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "name",
            "bad/name",
            "UserPool.name: must be 1 to 128 characters, letters, digits, spaces and "
            "_ + = , . @ -, got 'bad/name'; give another name",
        ),
        (
            "deletion_protection",
            "ACTIVE",
            "UserPool.deletion_protection: must be True or False, got 'ACTIVE'; write one of them",
        ),
        (
            "user_pool_tier",
            "GOLD",
            "UserPool.user_pool_tier: must be a member of UserPoolTier, got 'GOLD'; choose from "
            "UserPoolTier.LITE, UserPoolTier.ESSENTIALS, UserPoolTier.PLUS",
        ),
        (
            "auto_verified_attributes",
            "email",
            "UserPool.auto_verified_attributes: must be a list, a tuple or a set, got 'email'; "
            "put it into a list",
        ),
        (
            "tags",
            {"team": "x" * 257},
            "UserPool.tags['team']: must be 0 to 256 characters, not 257, got "
            f"'{'x' * 199}…; shorten it",
        ),
        (
            "mfa",
            "ON",
            "UserPool.mfa: must be of type Mfa, got 'ON'; write Mfa(…)",
        ),
        (
            "password_policy",
            {"minimum_length": 8},
            "UserPool.password_policy: must be of type PasswordPolicy, got {'minimum_length': 8}; "
            "write PasswordPolicy(…)",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    stack: AuthStack, keyword: str, value: object, message: str
) -> None:
    """Before anything is added to the stack."""
    with pytest.raises(InvalidValueError) as caught:
        UserPool(stack, "users", **{keyword: value})  # type: ignore[arg-type]

    assert str(caught.value) == message
    assert stack.node.try_find_child("users") is None
