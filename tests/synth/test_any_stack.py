"""The rules judge our constructs in each stack and each app, also in those of CDKTF itself."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cdktf import App, S3Backend as CdktfS3Backend, TerraformStack
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from constructs_auth import (
    STRICT,
    AuthApp,
    AuthStack,
    IdentityPool,
    InvalidValueError,
    Judge,
    Mfa,
    OAuth,
    S3Backend,
    Severity,
    SynthesisError,
    UserPool,
    UserPoolClient,
    WebApplication,
)
from tests.synth.conftest import rules_in

APPS = [AuthApp, App]


def plain(app: Construct, name: str = "auth", *, region: str = "eu-west-1") -> TerraformStack:
    """A stack of CDKTF itself, with its own provider and backend."""
    stack = TerraformStack(app, name)
    AwsProvider(stack, "aws", region=region)
    CdktfS3Backend(
        stack, bucket="acme-state", key=f"{name}.tfstate", region="eu-west-1", encrypt=True
    )
    return stack


def ours(app: Construct) -> AuthStack:
    """The same as an `AuthStack`."""
    backend = S3Backend(bucket="acme-state", key="auth.tfstate", region="eu-west-1")
    return AuthStack(app, "auth", region="eu-west-1", backend=backend)


STACKS: tuple[Callable[[Construct], TerraformStack], ...] = (plain, ours)


def define(stack: TerraformStack) -> UserPool:
    """Constructs with findings of several rules."""
    pool = UserPool(stack, "users", deletion_protection=False)
    oauth = OAuth(callback_urls=["http://localhost:8080/callback"])
    UserPoolClient(stack, "web", user_pool=pool, application=WebApplication(oauth=oauth))
    return pool


def written(folder: Path, name: str = "auth") -> dict[str, Any]:
    """What is beside the Terraform JSON of a stack."""
    file = folder / "stacks" / name / "constructs-auth.json"
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("kind", APPS)
class TestAPlainStack:
    """Is judged as an `AuthStack` is."""

    def test_has_the_same_findings(
        self, kind: type[App], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the same lines of the program."""
        printed = []
        for number, stack_in in enumerate(STACKS):
            outdir = str(tmp_path / str(number))
            app = kind(outdir=outdir)
            define(stack_in(app))
            app.synth()
            printed.append(capsys.readouterr().err.replace(outdir, "cdktf.out"))

        assert rules_in(printed[0]) == ["CG101", "CG205", "CVI08"]
        assert printed[0] == printed[1]
        assert written(tmp_path / "0") == written(tmp_path / "1")

    def test_has_the_same_error(self, kind: type[App], tmp_path: Path) -> None:
        """Nothing is written."""
        texts = []
        for number, stack_in in enumerate(STACKS):
            app = kind(outdir=str(tmp_path / str(number)))
            pool = UserPool(stack_in(app), "users", mfa=Mfa.off())
            pool.resource.add_override("mfa_configuration", "ON")
            with pytest.raises((SynthesisError, RuntimeError)) as caught:
                app.synth()
            texts.append(str(caught.value))
            assert not (tmp_path / str(number) / "stacks" / "auth" / "cdk.tf.json").exists()

        assert "CVD01 mfa_configuration: must come with a factor where it is ON" in texts[0]
        assert texts[0] == texts[1]

    def test_has_a_judge_with_the_settings_of_an_auth_stack(
        self, kind: type[App], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is accepted is written for `check` and `review`, as the profile is."""
        app = kind(outdir=str(tmp_path))
        stack = plain(app)
        judge = Judge.of(stack)
        judge.profile = STRICT
        judge.fail_on = Severity.HIGH
        pool = UserPool(stack, "users", deletion_protection=False)
        with pytest.raises((SynthesisError, RuntimeError), match="CG101"):
            app.synth()

        end = date(2999, 12, 31)
        judge.accept_finding("CG101", pool, reason="A trial.", until=end)
        judge.accept_finding("CG109", pool, reason="A trial.")
        judge.accept_finding("CG110", pool, reason="A trial.")
        judge.accept_finding("CG112", pool, reason="A trial.")
        judge.accept_finding("CH21", pool, reason="Announced.")
        judge.fail_on = Severity.ERROR
        app.synth()

        assert pool.resource.user_pool_tier_input == "PLUS"
        assert "CG101" not in rules_in(capsys.readouterr().err)
        found = written(tmp_path)
        assert found["profile"] == "strict"
        assert found["accepted"][0] == {
            "rule": "CG101",
            "address": "aws_cognito_user_pool.users",
            "reason": "A trial.",
            "until": "2999-12-31",
        }
        assert [entry["rule"] for entry in found["accepted_changes"]] == ["CH21"]

    def test_without_our_constructs_is_judged_once_its_judge_was_asked_for(
        self, kind: type[App], tmp_path: Path
    ) -> None:
        """A stack of other people's resources is theirs."""
        app = kind(outdir=str(tmp_path))
        stack = plain(app)
        CognitoUserPool(stack, "raw", name="raw", mfa_configuration="ON")
        app.synth()
        assert not (tmp_path / "stacks" / "auth" / "constructs-auth.json").exists()

        Judge.of(stack)
        with pytest.raises((SynthesisError, RuntimeError), match="auth/raw: CVD01"):
            app.synth()

    def test_in_a_construct_or_in_another_stack_is_judged_alone(
        self, kind: type[App], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Its resources are not those of the stack around it, which may have equal names."""
        app = kind(outdir=str(tmp_path))
        outer = plain(Construct(app, "company"), "outer")
        UserPool(outer, "users")
        UserPool(plain(outer, "inner"), "users", deletion_protection=False)
        app.synth()

        printed = capsys.readouterr().err
        assert rules_in(printed) == ["CG101"]
        assert "company/outer/inner/users" in printed
        assert written(tmp_path, "outer")["resources"].keys() == {"aws_cognito_user_pool.users"}

    def test_takes_outputs_of_urls(self, kind: type[App], tmp_path: Path) -> None:
        """With the same checks of their names."""
        app = kind(outdir=str(tmp_path))
        pool = define(plain(app))
        pool.add_url_outputs()
        pool.add_url_outputs(prefix="second")
        app.synth()

        file = tmp_path / "stacks" / "auth" / "cdk.tf.json"
        assert list(json.loads(file.read_text(encoding="utf-8"))["output"]) == [
            "second_issuer",
            "second_jwks_url",
            "user_pool_issuer",
            "user_pool_jwks_url",
        ]
        with pytest.raises(InvalidValueError, match="output second_issuer: must have a name that"):
            pool.add_url_outputs(prefix="second")

    def test_has_the_region_of_its_provider(self, kind: type[App], tmp_path: Path) -> None:
        """Roles of an identity pool need it."""
        stack = plain(kind(outdir=str(tmp_path)), region="cn-north-1")
        with pytest.raises(InvalidValueError, match="in China, where AWS documents no single"):
            IdentityPool(stack, "identities", allow_unauthenticated_identities=True)


def test_the_profile_comes_before_the_constructs(app: AuthApp) -> None:
    """A pool has taken its defaults already."""
    stack = plain(app)
    UserPool(stack, "users")
    with pytest.raises(InvalidValueError) as caught:
        Judge.of(stack).profile = STRICT
    assert str(caught.value) == (
        "Judge.profile: must be set before the constructs of the stack, which take their defaults "
        "from it, got 'strict'; set it as soon as the stack is there"
    )


@pytest.mark.parametrize(
    ("construct", "message"),
    [
        ("app", "Judge.of: must be in a stack, got 'AuthApp'; pass a stack"),
        ("text", "Judge.of: must be a construct, got 'auth'; pass the stack"),
    ],
)
def test_a_judge_has_a_stack(construct: str, message: str, app: AuthApp) -> None:
    given: Any = app if construct == "app" else "auth"
    with pytest.raises(InvalidValueError) as caught:
        Judge.of(given)
    assert str(caught.value) == message


def test_a_judge_refuses_other_settings(stack: AuthStack) -> None:
    wrong: Any = "high enough"
    judge = Judge.of(UserPool(stack, "users"))
    assert judge is Judge.of(stack)
    with pytest.raises(InvalidValueError, match=r"Judge\.fail_on: must be a member of Severity"):
        judge.fail_on = wrong
    with pytest.raises(InvalidValueError, match=r"Judge\.profile: must be a Profile"):
        judge.profile = wrong


def test_an_app_that_skips_validations_still_prints_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It writes what the rules would stop, because it was told to."""
    app = App(outdir=str(tmp_path), skip_validation=True)
    pool = UserPool(plain(app), "users", mfa=Mfa.off())
    pool.resource.add_override("mfa_configuration", "ON")
    app.synth()

    assert rules_in(capsys.readouterr().err) == ["CVD01", "CG103"]
    assert written(tmp_path)["profile"] == "standard"
