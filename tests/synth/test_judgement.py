"""What the rules say when an app is synthesized."""

import json
import re
import shlex
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cdktf import App, TerraformResource
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool

from constructs_auth import (
    NIST,
    STANDARD,
    STRICT,
    Application,
    AuthApp,
    AuthFlow,
    AuthStack,
    GoogleIdentityProvider,
    InvalidValueError,
    LocalBackend,
    MachineToMachine,
    Mfa,
    NativeApplication,
    OAuth,
    PasswordPolicy,
    PrefixDomain,
    Profile,
    ResourceServer,
    ResourceServerScope,
    RiskConfiguration,
    S3Backend,
    Severity,
    SinglePageApplication,
    SynthesisError,
    UserGroup,
    Username,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    UserPoolTier,
    Variable,
    WebAcl,
    WebAclAssociation,
    WebApplication,
)
from constructs_auth.cli import main
from constructs_auth.rules.registry import RULES
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of, rules_broken_in

BACKEND = S3Backend(bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1")


def beside(app: AuthApp) -> dict[str, Any]:
    """Read what is written beside the Terraform JSON."""
    file = Path(app.outdir) / "stacks" / "auth" / "constructs-auth.json"
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def in_words(printed: str) -> str:
    """Take the columns of a table apart by single spaces, whatever their width."""
    return "\n".join(re.sub(r" {2,}", " ", line).strip() for line in printed.splitlines())


def without_lines(text: str) -> str:
    """Take the numbers of lines out, which move with every change of this file."""
    return re.sub(r"test_judgement\.py:\d+", "test_judgement.py:…", text)


class TestWhatCognitoRejects:
    """Stops the synthesis."""

    def test_a_resource_of_the_bindings_is_judged_too(self, app: AuthApp, stack: AuthStack) -> None:
        """Nothing is written, and the error says what to do."""
        CognitoUserPool(stack, "raw", name="raw", mfa_configuration="ON")

        with pytest.raises(SynthesisError) as caught:
            app.synth()

        assert str(caught.value) == (
            "1 problem found, nothing was written:\n"
            "  auth/raw: CVD01 mfa_configuration: must come with a factor where it is ON, got "
            "none; add software_token_mfa_configuration { enabled = true }, or another factor"
        )
        assert list(Path(app.outdir).rglob("*.json")) == []

    def test_a_change_through_the_hatch_is_judged_with_the_line_of_the_construct(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """What the construct checked is not what is written."""
        pool = UserPool(stack, "users", mfa=Mfa.off())
        pool.resource.add_override("mfa_configuration", "OPTIONAL")

        with pytest.raises(SynthesisError) as caught:
            app.synth()

        assert without_lines(str(caught.value)) == (
            "1 problem found, nothing was written:\n"
            "  auth/users (tests/synth/test_judgement.py:…): CVD01 mfa_configuration: must come "
            "with a factor where it is OPTIONAL, got none; add "
            "software_token_mfa_configuration { enabled = true }, or another factor"
        )

    def test_an_app_of_cdktf_itself_is_stopped_too(self, tmp_path: Path) -> None:
        """By CDKTF's own validation, which knows no Python errors."""
        stack = AuthStack(App(outdir=str(tmp_path)), "auth", region="eu-west-1", backend=BACKEND)
        CognitoUserPool(stack, "raw", name="raw", mfa_configuration="ON")

        with pytest.raises(RuntimeError, match="auth/raw: CVD01 mfa_configuration"):
            App.of(stack).synth()


def test_what_a_construct_says_hides_no_error_of_a_rule(app: AuthApp, stack: AuthStack) -> None:
    """All in one run: the second error is not to appear only after the first is mended."""
    lite = UserPool(stack, "users", user_pool_tier=UserPoolTier.LITE)
    lite.resource.add_override("mfa_configuration", "ON")
    lite.resource.add_override("software_token_mfa_configuration", None)

    assert rules_broken_in(app) == [
        "auth/users: password_policy: must",
        "auth/users: CVD01 mfa_configuration",
    ]


def test_a_remedy_in_pythons_words_is_shown_at_synth(
    app: AuthApp, stack: AuthStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the rule has one; the reports on Terraform show the other."""
    rules = tuple(
        replace(rule, python_remedy="give mfa a factor") if rule.id == "CVD01" else rule
        for rule in RULES
    )
    monkeypatch.setattr("constructs_auth._inspection.RULES", rules)
    CognitoUserPool(stack, "raw", name="raw", mfa_configuration="ON")

    (problem,) = problems_of(app)
    assert problem.startswith("auth/raw: CVD01 ")
    assert problem.endswith("; give mfa a factor")


def test_the_table_of_findings_gives_the_remedy_in_pythons_words(
    app: AuthApp,
    stack: AuthStack,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The reader of the table works on the program."""
    rules = tuple(
        replace(rule, python_remedy="leave the pages out") if rule.id == "CG116" else rule
        for rule in RULES
    )
    monkeypatch.setattr("constructs_auth._inspection.RULES", rules)
    UserPool(stack, "users", sign_in=Username(case_sensitive=True))
    app.synth()

    printed = capsys.readouterr().err
    assert "→ leave the pages out" in printed
    assert "username_configuration" not in printed.partition("→")[2]


class TestDomains:
    """A client with OAuth needs a domain of its pool, which may be defined elsewhere."""

    @staticmethod
    def program(stack: AuthStack, application: Application) -> tuple[UserPool, UserPoolClient]:
        """A pool and a client of it."""
        pool = UserPool(stack, "users")
        return pool, UserPoolClient(stack, "web", user_pool=pool, application=application)

    @pytest.mark.parametrize(
        "application",
        [
            WebApplication(oauth=OAuth(callback_urls=["https://app.acme.example/callback"])),
            MachineToMachine(allowed_oauth_scopes=["https://api.acme.example/read"]),
        ],
        ids=["pages", "machine"],
    )
    def test_a_client_with_oauth_needs_one(
        self,
        application: Application,
        app: AuthApp,
        stack: AuthStack,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """The table says what to write; with the domain, or accepted, there is no finding."""
        pool, client = self.program(stack, application)
        app.synth()
        printed = capsys.readouterr().err
        assert "CVI08" in printed
        assert "define a UserPoolDomain of the pool" in printed

        stack.accept_finding("oauth-client-has-domain", client, reason="Another team defines it.")
        app.synth()
        assert "CVI08" not in capsys.readouterr().err

        UserPoolDomain(stack, "domain", user_pool=pool, domain=PrefixDomain(prefix="acme"))
        report = stack.inspect().judgement.report
        assert "CVI08" not in {finding.rule.id for finding in report.findings}

    def test_a_client_of_the_api_alone_needs_none(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Its application has its own screens."""
        self.program(stack, NativeApplication())
        app.synth()
        assert capsys.readouterr().err == ""

    def test_a_domain_in_another_stack_of_the_app_may_be_the_one(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The rules see one stack, but also that another one refers to the pool."""
        oauth = OAuth(callback_urls=["https://app.acme.example/callback"])
        pool, _ = self.program(stack, WebApplication(oauth=oauth))
        UserPoolDomain(
            AuthStack(app, "pages", region="eu-west-1", backend=S3Backend()),
            "domain",
            user_pool=pool,
            domain=PrefixDomain(prefix="acme"),
            managed_login_version=1,
        )
        app.synth()
        assert "CVI08" not in capsys.readouterr().err


class TestOtherStacks:
    """The rules see one stack; what is wrong between two is for the constructs to say."""

    @pytest.fixture
    def pools(self, app: AuthApp) -> AuthStack:
        """Another stack."""
        return AuthStack(app, "pools", region="eu-west-1", backend=S3Backend())

    @pytest.fixture
    def lite(self, pools: AuthStack) -> UserPool:
        """A pool of the tier Lite in the other stack."""
        return UserPool(
            pools,
            "users",
            user_pool_tier=UserPoolTier.LITE,
            password_policy=PasswordPolicy(password_history_size=0),
        )

    def test_what_the_tier_of_the_pool_lacks(
        self, app: AuthApp, stack: AuthStack, lite: UserPool
    ) -> None:
        """Each needs another tier than the pool has."""
        browser = SinglePageApplication(oauth=OAuth(callback_urls=["https://app.acme.example/"]))
        UserPoolClient(
            stack, "web", user_pool=lite, application=browser, explicit_auth_flows=[AuthFlow.USER]
        )
        UserPoolDomain(
            stack,
            "domain",
            user_pool=lite,
            domain=PrefixDomain(prefix="acme-login"),
            managed_login_version=2,
        )
        RiskConfiguration(stack, "risk", user_pool=lite)

        assert rules_broken_in(app) == [
            "auth/web: explicit_auth_flows: must",
            "auth/domain: managed_login_version: must",
            "auth/risk: risk configuration",
            "auth/risk: risk configuration",
        ]

    def test_a_name_that_is_there_already(
        self, app: AuthApp, stack: AuthStack, pools: AuthStack, lite: UserPool
    ) -> None:
        """Cognito refuses the second apply."""
        for scope in (pools, stack):
            UserGroup(scope, "group", user_pool=lite, name="admins")
            ResourceServer(
                scope,
                "server",
                user_pool=lite,
                identifier="orders",
                scopes=[ResourceServerScope(name="read", description="Read")],
            )
            secret = Variable(scope, "secret", description="Google's", sensitive=True)
            GoogleIdentityProvider(
                scope, "google", user_pool=lite, client_id="1", client_secret=secret.string_value
            )

        assert rules_broken_in(app) == [
            "auth/group: name: must",
            "auth/server: identifier: must",
            "auth/google: provider_name: must",
        ]


class TestWhatIsInsecure:
    """Is printed, and stops the synthesis where the stack asks for that."""

    def test_it_is_printed_with_the_line_of_the_program(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """As a table on stderr."""
        UserPool(stack, "users", deletion_protection=False)
        app.synth()

        assert without_lines(in_words(capsys.readouterr().err)).startswith(
            "severity rule construct finding\n"
            "high CG101 auth/users deletion_protection: must be ACTIVE, got 'INACTIVE'\n"
            "tests/synth/test_judgement.py:… → set deletion_protection=True\n"
        )

    def test_the_last_line_is_a_command_that_lists_what_was_only_counted(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Such as the findings of severity info."""
        UserPool(stack, "users", deletion_protection=False)
        app.synth()
        printed = capsys.readouterr().err
        heading, _, command = printed.splitlines()[-1].partition(": ")
        program, *arguments = shlex.split(command)
        assert main(arguments) == 1

        assert (heading, program) == ("All of them", "constructs-auth")
        assert "\ninfo " not in printed
        assert "\ninfo " in capsys.readouterr().out

    def test_the_table_has_no_more_than_the_worst_forty(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """And says how many there are beside them."""
        for number in range(43):
            UserPool(stack, f"users{number}", deletion_protection=False)
        app.synth()

        lines = capsys.readouterr().err.splitlines()
        assert sum(line.startswith("high") for line in lines) == 40
        assert lines[-3:] == [
            "… and 3 more",
            "43 high, 172 info (43 resources, profile standard)",
            f"All of them: constructs-auth check {app.outdir}/stacks/auth --show-unknown",
        ]

    def test_it_stops_a_stack_that_asks_for_that(self, app: AuthApp) -> None:
        """With what Cognito rejects, in one error."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND, fail_on=Severity.HIGH)
        UserPool(stack, "users", deletion_protection=False)
        CognitoUserPool(
            stack, "raw", name="raw", mfa_configuration="ON", deletion_protection="ACTIVE"
        )

        with pytest.raises(SynthesisError) as caught:
            app.synth()

        assert {problem.text.split()[0] for problem in caught.value.problems} >= {
            "CG101",
            "CVD01",
        }
        assert list(Path(app.outdir).rglob("*.json")) == []

    def test_a_pool_with_the_defaults_has_nothing_to_be_printed(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Whoever does not look for trouble sees none."""
        UserPool(stack, "users")
        app.synth()

        assert capsys.readouterr().err == ""


class TestAcceptedFindings:
    """Travel with the program."""

    def test_an_accepted_finding_is_not_printed_and_written_down(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Beside the Terraform JSON, where `check` finds it."""
        pool = UserPool(stack, "users", deletion_protection=False)
        stack.accept_finding(
            "CG101", pool, reason="Made anew for each test.", until=date(2999, 12, 31)
        )
        app.synth()

        assert capsys.readouterr().err == ""
        assert beside(app)["accepted"] == [
            {
                "rule": "CG101",
                "address": "aws_cognito_user_pool.users",
                "reason": "Made anew for each test.",
                "until": "2999-12-31",
            }
        ]

    def test_the_rule_may_be_named_by_its_slug(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is written down as it was given, for `check` takes either."""
        pool = UserPool(stack, "users", deletion_protection=False)
        stack.accept_finding("deletion-protection-active", pool, reason="Made anew each time.")
        app.synth()

        assert capsys.readouterr().err == ""
        assert [entry["rule"] for entry in beside(app)["accepted"]] == [
            "deletion-protection-active"
        ]

    def test_a_finding_of_the_review_is_written_down_for_it(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Also of a resource that the program defines no longer: it has only an address."""
        pool = UserPool(stack, "users")
        stack.accept_finding("CH02", pool, reason="A pool of tests.", until=date(2999, 12, 31))
        stack.accept_finding(
            "app-client-deleted-or-replaced",
            "aws_cognito_user_pool_client.old",
            reason="Nobody uses it.",
        )
        app.synth()

        assert "stale" not in capsys.readouterr().err
        assert beside(app)["accepted"] == []
        assert beside(app)["accepted_changes"] == [
            {
                "rule": "CH02",
                "address": "aws_cognito_user_pool.users",
                "reason": "A pool of tests.",
                "until": "2999-12-31",
            },
            {
                "rule": "app-client-deleted-or-replaced",
                "address": "aws_cognito_user_pool_client.old",
                "reason": "Nobody uses it.",
            },
        ]

    def test_an_expired_one_is_said_and_the_finding_is_back(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The day after the last."""
        pool = UserPool(stack, "users", deletion_protection=False)
        stack.accept_finding("CG101", pool, reason="For a while.", until=date(2026, 1, 31))
        app.synth()

        printed = in_words(capsys.readouterr().err)
        assert "high CG101 auth/users deletion_protection: must be ACTIVE" in printed
        assert "stale CG101 aws_cognito_user_pool.users expired on 2026-01-31; remove it" in printed

    def test_one_that_accepts_nothing_is_said(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It would hide the finding when that comes."""
        stack.accept_finding("CG101", UserPool(stack, "users"), reason="Not any more.")
        app.synth()

        assert "stale CG101 aws_cognito_user_pool.users matches no finding; remove it" in in_words(
            capsys.readouterr().err
        )

    def test_a_resource_of_the_bindings_can_be_named(self, stack: AuthStack) -> None:
        """Also one that CDKTF knows only by its type."""
        raw = CognitoUserPool(stack, "raw", name="raw")
        other = TerraformResource(stack, "other", terraform_resource_type="aws_sns_topic")
        stack.accept_finding("CG101", raw, reason="A reason.")
        stack.accept_finding("CG101", other, reason="A reason.")

        assert [entry.address for entry in stack.accepted_findings] == [
            "aws_cognito_user_pool.raw",
            "aws_sns_topic.other",
        ]

    def test_the_backend_can_be_named(
        self, app: AuthApp, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It has no construct, and the finding has its address."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())
        stack.accept_finding("CG702", "terraform.backend.local", reason="For one person.")
        app.synth()
        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                {"rule": "CG9"},
                "accept_finding, rule: must be the id or the name of a rule, got 'CG9'; "
                "`constructs-auth rules` lists them",
            ),
            (
                {"rule": ["CG9"]},
                "accept_finding, rule: must be the id or the name of a rule, got ['CG9']; "
                "`constructs-auth rules` lists them",
            ),
            (
                {"reason": " "},
                "accept_finding, reason: must be a text that is not empty, got ' '; "
                "write in a sentence why this is acceptable here",
            ),
            (
                {"until": "2027-06-30"},
                "accept_finding, until: must be a datetime.date, got '2027-06-30'; "
                "write date(2027, 6, 30)",
            ),
            (
                {"construct": object()},
                "accept_finding, construct: must be a construct that has a resource, "
                "got 'object'; pass the construct that the finding names",
            ),
            (
                {"construct": "the old client"},
                "accept_finding, construct: must be a Terraform address, got 'the old "
                "client'; write one such as 'aws_cognito_user_pool_client.web', or pass the "
                "construct",
            ),
        ],
    )
    def test_refuses_what_accepts_nothing(
        self, stack: AuthStack, arguments: dict[str, Any], message: str
    ) -> None:
        """Each argument in words."""
        known: dict[str, Any] = {
            "rule": "CG101",
            "construct": UserPool(stack, "users"),
            "reason": "A reason.",
            "until": None,
        }
        said = known | arguments
        with pytest.raises(InvalidValueError, match=re.escape(message)):
            stack.accept_finding(
                said["rule"], said["construct"], reason=said["reason"], until=said["until"]
            )


class TestProfiles:
    """Give a pool its defaults."""

    def test_strict_asks_for_what_costs(self, app: AuthApp, synthesize: Synthesize) -> None:
        """A second factor, the plan Plus and threat protection that acts."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND, profile=STRICT)
        UserPool(stack, "users")

        pool = synthesize(stack)["resource"]["aws_cognito_user_pool"]["users"]

        assert pool["mfa_configuration"] == "ON"
        assert pool["user_pool_tier"] == "PLUS"
        assert pool["user_pool_add_ons"] == {
            "advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"},
            "advanced_security_mode": "ENFORCED",
        }
        assert beside(app)["profile"] == "strict"

    def test_nist_asks_for_length_and_for_no_kinds_of_character(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """Long passwords are better than complicated ones."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND, profile=NIST)
        UserPool(stack, "users")

        policy = synthesize(stack)["resource"]["aws_cognito_user_pool"]["users"]["password_policy"]

        assert policy["minimum_length"] == 15
        assert [value for name, value in policy.items() if name.startswith("require_")] == [
            False
        ] * 4

    def test_what_a_pool_says_itself_counts(self, app: AuthApp, synthesize: Synthesize) -> None:
        """A profile gives defaults, no more; its rules then say what they think."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND, profile=STRICT)
        UserPool(stack, "users", mfa=Mfa.off())

        pool = synthesize(stack)["resource"]["aws_cognito_user_pool"]["users"]

        assert pool["mfa_configuration"] == "OFF"

    @pytest.mark.parametrize("profile", [STANDARD, STRICT, NIST], ids=lambda each: each.name)
    def test_what_is_made_with_a_profile_has_no_finding_under_it(
        self, app: AuthApp, profile: Profile
    ) -> None:
        """But for information; what the profile asks for beside the pool is made with it, too."""
        stack = AuthStack(
            app,
            "auth",
            region="eu-west-1",
            backend=S3Backend(bucket="acme-state", key="a.tfstate", region="eu-west-1"),
            profile=profile,
            tags={"owner": "identity", "environment": "test", "data-classification": "personal"},
        )
        pool = UserPool(stack, "users")
        UserPoolClient(
            stack,
            "web",
            user_pool=pool,
            application=WebApplication(
                oauth=OAuth(callback_urls=["https://app.acme.example/callback"])
            ),
        )
        UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
        UserPoolDomain(stack, "domain", user_pool=pool, domain=PrefixDomain(prefix="acme"))
        if profile is STRICT:
            RiskConfiguration(stack, "risk", user_pool=pool)
            WebAclAssociation(stack, "protected", user_pool=pool, web_acl=WebAcl(stack, "sign_in"))
        app.synth()

        report = stack.inspect().judgement.report
        assert [
            f"{finding.severity} {finding.rule.id} {finding.at}: {finding.text}"
            for finding in report.findings
            if finding.severity is not Severity.INFO
        ] == []

    def test_refuses_what_is_no_profile(self, app: AuthApp) -> None:
        """Its name is a text, and may be misspelt."""
        profile: Any = "strict"
        with pytest.raises(
            InvalidValueError,
            match=re.escape("AuthStack.profile: must be a Profile, got 'strict'"),
        ):
            AuthStack(app, "auth", region="eu-west-1", backend=BACKEND, profile=profile)


def test_each_resource_is_led_back_to_its_construct_and_line(
    app: AuthApp, stack: AuthStack
) -> None:
    """For reports on what was planned later, where the program is not there."""
    line = line_here() + 1
    UserPool(stack, "users")
    app.synth()

    assert beside(app) == {
        "format_version": 1,
        "profile": "standard",
        "accepted": [],
        "resources": {
            "aws_cognito_user_pool.users": {
                "construct_path": "auth/users",
                "source": f"tests/synth/test_judgement.py:{line}",
            }
        },
    }


def line_here() -> int:
    """Give the line of the caller."""
    return sys._getframe(1).f_lineno  # noqa: SLF001 - tests need the line they are on
