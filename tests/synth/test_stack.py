"""The stack: versions, provider, state, outputs and guards."""

from pathlib import Path
from typing import Any

import pytest

from constructs_auth import (
    AssumeRole,
    AuthApp,
    AuthStack,
    InvalidValueError,
    LocalBackend,
    S3Backend,
    SynthesisError,
    UserPool,
)
from constructs_auth.engine import App, CognitoUserPool, Construct
from tests.synth.conftest import Synthesize

BACKEND = S3Backend(bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1")


def backend_of(document: dict[str, Any]) -> Any:
    """The settings of the S3 backend."""
    return document["terraform"]["backend"]["s3"]


def test_versions_are_ranges_and_never_pins(stack: AuthStack, synthesize: Synthesize) -> None:
    """Exact versions belong into the lock file of who runs Terraform."""
    terraform = synthesize(stack)["terraform"]

    assert terraform["required_version"] == ">= 1.10.0, < 2.0.0"
    assert terraform["required_providers"] == {
        "aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}
    }


def test_tags_of_the_stack_are_default_tags_of_the_provider(
    app: AuthApp, synthesize: Synthesize
) -> None:
    """Sorted, so that the output does not depend on the order in the code."""
    stack = AuthStack(
        app, "auth", region="eu-west-1", backend=BACKEND, tags={"team": "id", "app": "web"}
    )
    provider = synthesize(stack)["provider"]["aws"][0]

    assert provider == {
        "default_tags": [{"tags": {"app": "web", "team": "id"}}],
        "region": "eu-west-1",
    }


class TestProviders:
    """Which AWS provider, and for which region."""

    def test_the_newest_version_that_is_asked_for_counts(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """By number and not by letter, in any order, any number of times."""
        for version in ("6.9.0", "6.13.0", "5.100.1", "6.9.0"):
            stack.require_provider(version)

        assert synthesize(stack)["terraform"]["required_providers"] == {
            "aws": {"source": "hashicorp/aws", "version": ">= 6.13.0, < 7.0.0"}
        }

    def test_an_older_version_changes_nothing(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """The library itself needs 5.100."""
        stack.require_provider("4.0.0")

        version = synthesize(stack)["terraform"]["required_providers"]["aws"]["version"]
        assert version == ">= 5.100.0, < 7.0.0"

    @pytest.mark.parametrize("version", ["6.13", "~> 6.13.0", "6.13.0-beta", "", 6, None])
    def test_refuses_what_is_no_version(self, stack: AuthStack, version: Any) -> None:
        """A constraint is not for users to write here."""
        with pytest.raises(InvalidValueError) as caught:
            stack.require_provider(version)

        assert str(caught.value) == (
            "AuthStack.require_provider: must be a version of three numbers, "
            f"got {version!r}; write one such as '6.13.0'"
        )

    def test_refuses_a_version_that_nobody_knows_yet(self, stack: AuthStack) -> None:
        """Or no provider would satisfy the constraint."""
        with pytest.raises(InvalidValueError) as caught:
            stack.require_provider("7.0.0")

        assert str(caught.value) == (
            "AuthStack.require_provider: must be below 7.0.0, got '7.0.0'; "
            "write one such as '6.13.0'"
        )

    def test_the_provider_of_us_east_1_is_made_once(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """With the tags of the stack."""
        stack = AuthStack(
            app, "auth", region="eu-west-1", backend=BACKEND, tags={"team": "identity"}
        )
        assert stack.provider_in_us_east_1() is stack.provider_in_us_east_1()

        tags = [{"tags": {"team": "identity"}}]
        assert synthesize(stack)["provider"]["aws"] == [
            {"default_tags": tags, "region": "eu-west-1"},
            {"alias": "us_east_1", "default_tags": tags, "region": "us-east-1"},
        ]

    def test_a_stack_in_us_east_1_needs_no_other_provider(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """Its own is the one."""
        stack = AuthStack(app, "auth", region="us-east-1", backend=BACKEND)
        assert stack.provider_in_us_east_1() is stack.provider

        assert synthesize(stack)["provider"]["aws"] == [{"region": "us-east-1"}]


class TestState:
    """What the S3 backend becomes."""

    def test_state_is_encrypted_and_locked(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """Without a DynamoDB table."""
        assert backend_of(synthesize(stack)) == {
            "bucket": "acme-state",
            "encrypt": True,
            "key": "auth/terraform.tfstate",
            "region": "eu-west-1",
            "use_lockfile": True,
        }

    def test_every_setting_is_written_under_its_terraform_name(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """And nothing that Terraform 1.10 does not take yet, or no longer takes."""
        backend = S3Backend(
            bucket="acme-state",
            key="prod/auth.tfstate",
            region="eu-west-1",
            kms_key_id="arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d",
            use_lockfile=False,
            assume_role=AssumeRole(
                role_arn="arn:aws:iam::111122223333:role/state",
                session_name="auth",
                external_id="acme",
            ),
            allowed_account_ids={"444455556666", "111122223333"},
            workspace_key_prefix="environments",
        )
        stack = AuthStack(app, "auth", region="eu-west-1", backend=backend)

        assert backend_of(synthesize(stack)) == {
            "allowed_account_ids": ["111122223333", "444455556666"],
            "assume_role": {
                "external_id": "acme",
                "role_arn": "arn:aws:iam::111122223333:role/state",
                "session_name": "auth",
            },
            "bucket": "acme-state",
            "encrypt": True,
            "key": "prod/auth.tfstate",
            "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d",
            "region": "eu-west-1",
            "use_lockfile": False,
            "workspace_key_prefix": "environments",
        }

    def test_what_is_left_out_is_left_to_partial_configuration(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """`terraform init -backend-config=prod.s3.tfbackend` gives the rest."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=S3Backend())

        assert backend_of(synthesize(stack)) == {"encrypt": True, "use_lockfile": True}


class TestLocalState:
    """State in a file, until there is a bucket."""

    def test_a_local_state_holds_no_path_of_this_machine(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """CDKTF alone would write where the program ran."""
        stack = AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())

        assert synthesize(stack)["terraform"]["backend"] == {"local": {"path": "terraform.tfstate"}}
        written = (Path(app.outdir) / "stacks" / "auth" / "cdk.tf.json").read_text("utf-8")
        assert str(Path(app.outdir).parent) not in written

    def test_a_local_state_is_said_aloud(
        self, app: AuthApp, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is for a beginning, not for a team."""
        AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())
        app.synth()

        said = capsys.readouterr().err
        assert "CG702  terraform.backend.local" in said
        assert "got a file on the machine that runs Terraform" in said

    @pytest.mark.parametrize(
        ("path", "is_refused"),
        [
            ("../../../terraform.tfstate", True),
            ("../../../auth.tfstate", False),
            ("terraform.tfstate", False),
        ],
    )
    def test_a_file_beside_which_cdktf_refuses_to_run_is_a_warning(
        self, path: str, *, is_refused: bool, app: AuthApp, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It takes the file for a state of a version with one stack."""
        AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend(path=path))
        app.synth()

        printed = capsys.readouterr().err
        assert ("write another name, such as ../../../auth.tfstate" in printed) is is_refused

    def test_a_state_that_nothing_locks_is_said_aloud(
        self, app: AuthApp, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Also in a bucket."""
        AuthStack(app, "auth", region="eu-west-1", backend=S3Backend(use_lockfile=False))
        app.synth()

        assert capsys.readouterr().err == (
            "warning: auth: backend.use_lockfile is off, so two applies at once can damage the "
            "state; remove it unless something else locks the state\n"
        )

    def test_a_state_in_a_bucket_needs_no_word(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is locked and encrypted."""
        UserPool(stack, "users")
        app.synth()

        assert capsys.readouterr().err == ""


class TestOutputs:
    """What `terraform output` gives."""

    def test_an_output_has_its_own_name_and_may_be_hidden(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """No hash in the name."""
        stack.add_output("token", "x", description="A token.", sensitive=True)

        assert synthesize(stack)["output"] == {
            "token": {"description": "A token.", "sensitive": True, "value": "x"}
        }

    def test_refuses_an_output_without_a_description(self, stack: AuthStack) -> None:
        """Whoever reads the plan must know what it is."""
        with pytest.raises(InvalidValueError) as caught:
            stack.add_output("pool", "x", description="")

        assert str(caught.value) == (
            "output pool: must have a description, got ''; describe the value in a few words"
        )

    def test_refuses_an_output_with_the_id_of_a_construct(self, stack: AuthStack) -> None:
        """CDKTF keeps both in one namespace."""
        UserPool(stack, "users")
        with pytest.raises(InvalidValueError) as caught:
            stack.add_output("users", "x", description="The users.")

        assert str(caught.value) == (
            "output users: must have a name that is not an id in the stack, got 'users'; "
            "choose another name"
        )

    @pytest.mark.parametrize("name", ["user pool", "2nd", "users.id", ""])
    def test_refuses_a_name_that_terraform_does_not_accept(
        self, name: str, stack: AuthStack
    ) -> None:
        """Terraform would refuse the whole stack."""
        with pytest.raises(InvalidValueError) as caught:
            stack.add_output(name, "x", description="The users.")

        assert str(caught.value) == (
            f"output {name}: must have a name of letters, digits, _ and - that does not start "
            f"with a digit, got {name!r}; choose another name"
        )


class TestGuards:
    """What is found when the app is synthesized."""

    def test_two_resources_with_one_address_are_refused(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """CDKTF would drop the first without a word, and Terraform delete its users."""
        UserPool(stack, "users")
        _pool_of_the_bindings(stack)

        with pytest.raises(SynthesisError) as caught:
            app.synth()

        assert str(caught.value) == (
            "1 problem found, nothing was written:\n  auth/members: must have a unique address, "
            "got aws_cognito_user_pool.users, the address of auth/users/Default; choose another "
            "id, otherwise Terraform never creates one of the two"
        )

    def test_nothing_is_written_when_something_cannot_work(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """What was there before stays as it was."""
        UserPool(stack, "users")
        app.synth()
        before = _content(app)
        _pool_of_the_bindings(stack)

        with pytest.raises(SynthesisError):
            app.synth()
        assert _content(app) == before

    def test_problems_of_all_stacks_come_in_one_run(self, app: AuthApp) -> None:
        """A person mends them in one go."""
        for name in ("one", "two"):
            stack = AuthStack(app, name, region="eu-west-1", backend=S3Backend())
            UserPool(stack, "users")
            _pool_of_the_bindings(stack)

        with pytest.raises(SynthesisError) as caught:
            app.synth()

        assert [problem.path for problem in caught.value.problems] == [
            "one/members",
            "two/members",
        ]

    def test_an_app_of_cdktf_itself_is_stopped_too(self, tmp_path: Path) -> None:
        """With CDKTF's own error."""
        app = App(outdir=str(tmp_path))
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND)
        UserPool(stack, "users")
        _pool_of_the_bindings(stack)

        with pytest.raises(RuntimeError, match="must have a unique address"):
            app.synth()

    def test_an_app_of_cdktf_itself_prints_findings_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """On stderr."""
        app = App(outdir=str(tmp_path))
        stack = AuthStack(app, "auth", region="eu-west-1", backend=BACKEND)
        UserPool(stack, "users", deletion_protection=False)
        app.synth()

        assert capsys.readouterr().err.count("CG101") == 1

    def test_ids_that_cdktf_itself_uses_are_free(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """A pool may be called backend or aws."""
        UserPool(stack, "backend")
        UserPool(stack, "aws")

        assert set(synthesize(stack)["resource"]["aws_cognito_user_pool"]) == {"aws", "backend"}

    def test_a_pool_deeper_in_the_tree_has_an_address_with_a_hash(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Pinned: another address would be another pool."""
        UserPool(Construct(stack, "team"), "users")

        assert list(synthesize(stack)["resource"]["aws_cognito_user_pool"]) == [
            "team_users_4E0B1E06"
        ]


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "region",
            "Ireland",
            "AuthStack.region: must be the name of an AWS region, got 'Ireland'; "
            "write one such as 'eu-west-1'",
        ),
        (
            "backend",
            {"bucket": "x"},
            "AuthStack.backend: must be of type S3Backend or LocalBackend, got {'bucket': 'x'}; "
            "write S3Backend(…) or LocalBackend(…)",
        ),
        (
            "tags",
            ["team"],
            "AuthStack.tags: must be a mapping, got ['team']; write {'team': 'identity'}",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    keyword: str, value: Any, message: str, app: AuthApp
) -> None:
    """Before the stack is there."""
    given: dict[str, Any] = {"region": "eu-west-1", "backend": BACKEND, keyword: value}
    with pytest.raises(InvalidValueError) as caught:
        AuthStack(app, "auth", **given)

    assert str(caught.value) == message
    assert app.node.try_find_child("auth") is None


def _pool_of_the_bindings(stack: AuthStack) -> None:
    """A pool made by hand that takes the name `users`."""
    CognitoUserPool(stack, "members", name="members").override_logical_id("users")


def _content(app: AuthApp) -> str:
    return (Path(app.outdir) / "stacks" / "auth" / "cdk.tf.json").read_text(encoding="utf-8")
