"""What a synthesis writes: all that was judged, or nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest
from cdktf import (
    Annotations,
    App,
    Aspects,
    AssetType,
    IAspect,
    LocalBackend as CdktfLocalBackend,
    TerraformAsset,
    TerraformStack,
)
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from constructs import Construct, IConstruct

from constructs_auth import (
    AuthApp,
    AuthStack,
    InvalidValueError,
    LocalBackend,
    OAuth,
    PrefixDomain,
    S3Backend,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from tests.synth.reading import problems_of

HCL_PROGRAM = """\
from constructs_auth import AuthApp, AuthStack, S3Backend, UserPool
app = AuthApp()
stack = AuthStack(app, "auth", region="eu-west-1", backend=S3Backend())
UserPool(stack, "users", deletion_protection=False)
app.synth()
"""


@jsii.implements(IAspect)
class Visit:
    """An Aspect that calls a function with each construct."""

    def __init__(self, visit: Callable[[IConstruct], None]) -> None:
        self._visit = visit

    def visit(self, node: IConstruct) -> None:
        """Call the function."""
        self._visit(node)


def raw_pool(scope: Construct, construct_id: str) -> CognitoUserPool:
    """A pool of the bindings, which Cognito would reject."""
    return CognitoUserPool(scope, construct_id, name=construct_id, mfa_configuration="ON")


def files(app: AuthApp) -> dict[str, str]:
    """Each file that was written, and its content."""
    folder = Path(app.outdir)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class TestAspects:
    """Are applied once, and judged."""

    def test_what_an_aspect_changes_is_judged(self, app: AuthApp, stack: AuthStack) -> None:
        """What is written is not what the constructs defined."""
        UserPool(stack, "users")

        def weaken(node: IConstruct) -> None:
            if isinstance(node, CognitoUserPool):
                node.add_override("mfa_configuration", "ON")
                node.add_override("software_token_mfa_configuration", None)

        Aspects.of(stack).add(Visit(weaken))
        assert [problem.partition(" mfa")[0] for problem in problems_of(app)] == [
            "auth/users: CVD01"
        ]
        assert files(app) == {}

    @pytest.mark.parametrize("kind", [AuthApp, App])
    def test_what_an_aspect_adds_is_judged_and_added_once(
        self, kind: type[App], tmp_path: Path
    ) -> None:
        """A second time, its id would be taken."""
        app = kind(outdir=str(tmp_path))
        stack = AuthStack(app, "auth", region="eu-west-1", backend=S3Backend())

        def add(node: IConstruct) -> None:
            if node is stack:
                raw_pool(stack, "added")

        Aspects.of(stack).add(Visit(add))
        with pytest.raises((SynthesisError, RuntimeError), match="auth/added: CVD01"):
            app.synth()


class TestFiles:
    """Change together."""

    @pytest.fixture
    def before(self, app: AuthApp, stack: AuthStack) -> dict[str, str]:
        """What an earlier synthesis wrote."""
        UserPool(stack, "users")
        app.synth()
        return files(app)

    def test_a_failed_judgement_leaves_the_old_ones(
        self, app: AuthApp, stack: AuthStack, before: dict[str, str]
    ) -> None:
        """Also where another stack has no problem."""
        raw_pool(stack, "raw")
        AuthStack(app, "other", region="eu-west-1", backend=S3Backend())
        with pytest.raises(SynthesisError):
            app.synth()
        assert files(app) == before

    @pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(28, "No space left on device")])
    def test_an_interruption_puts_the_old_ones_back(
        self,
        failure: BaseException,
        app: AuthApp,
        stack: AuthStack,
        before: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Also if some of them were replaced already."""
        UserPool(stack, "more")
        AuthStack(app, "other", region="eu-west-1", backend=S3Backend())
        replace = Path.replace

        def fails_at_the_manifest(path: Path, target: Path) -> Path:
            if path.name == "manifest.json" and path.parent.name == "new":
                raise failure
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", fails_at_the_manifest)
        with pytest.raises((KeyboardInterrupt, InvalidValueError)):
            app.synth()
        assert files(app) == before
        assert not (Path(app.outdir) / "stacks" / "other").exists()

    def test_a_full_disk_is_one_line(self, app: AuthApp, stack: AuthStack) -> None:
        """Node reports it while CDKTF writes; here an Aspect does, with the same words."""

        def fill(_node: IConstruct) -> None:
            raise OSError("ENOSPC: no space left on device, write")

        Aspects.of(stack).add(Visit(fill))
        with pytest.raises(InvalidValueError) as caught:
            app.synth()
        assert str(caught.value) == (
            "AuthApp.outdir: must be a folder that can be written (no space left on device), got "
            f"{app.outdir!r}; make room or change its permissions, or name another folder; the old "
            "files are as they were"
        )

    @pytest.mark.usefixtures("stack")
    def test_a_folder_in_the_place_of_a_file_stays(self, app: AuthApp) -> None:
        """It may hold something."""
        inside = Path(app.outdir) / "stacks" / "auth" / "cdk.tf.json" / "mine"
        inside.mkdir(parents=True)
        with pytest.raises(InvalidValueError, match=r"that can be written \(Is a directory\)"):
            app.synth()
        assert inside.is_dir()
        assert files(app) == {}

    def test_what_others_keep_in_the_folder_stays(
        self, app: AuthApp, before: dict[str, str]
    ) -> None:
        """Such as Terraform's lock file, and its folder of providers."""
        folder = Path(app.outdir) / "stacks" / "auth"
        (folder / ".terraform.lock.hcl").write_text("lock", encoding="utf-8")
        app.synth()
        assert files(app) == before | {"stacks/auth/.terraform.lock.hcl": "lock"}
        assert app.manifest.stacks["auth"].working_directory == "stacks/auth"

    def test_a_new_asset_replaces_the_old_one(
        self, app: AuthApp, stack: AuthStack, tmp_path: Path
    ) -> None:
        """As CDKTF does: its path contains a digest."""
        source = tmp_path / "page.html"
        source.write_text("old", encoding="utf-8")
        TerraformAsset(stack, "page", path=str(source), type=AssetType.FILE, asset_hash="1")
        app.synth()
        again = AuthApp(outdir=app.outdir, context={})
        other = AuthStack(again, "auth", region="eu-west-1", backend=S3Backend())
        TerraformAsset(other, "page", path=str(source), type=AssetType.FILE, asset_hash="2")
        again.synth()

        assets = [path for path in files(again) if "assets" in path]
        assert assets == ["stacks/auth/assets/page/2/page.html"]

    def test_half_of_a_surrogate_pair_is_written_as_json_does(
        self, app: AuthApp, stack: AuthStack
    ) -> None:
        """UTF-8 has none; Python has them in names of files and in broken texts."""
        pool = UserPool(stack, "users", deletion_protection=False)
        stack.accept_finding("CG101", pool, reason="a trial \ud800")
        app.synth()
        beside = json.loads(files(app)["stacks/auth/constructs-auth.json"])
        assert beside["accepted"][0]["reason"] == "a trial \ud800"

    @pytest.mark.thorough
    def test_hcl_is_judged_too(self, tmp_path: Path) -> None:
        """CDKTF's other format, which Node's environment asks for."""
        environment = {**os.environ, "SYNTH_HCL_OUTPUT": "true", "CDKTF_OUTDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", HCL_PROGRAM], env=environment, check=True, capture_output=True
        )

        assert b"CG101" in done.stderr
        assert {path.name for path in (tmp_path / "stacks" / "auth").iterdir()} == {
            "cdk.tf",
            "constructs-auth.json",
            "metadata.json",
        }


class TestStates:
    """Belong to one stack each."""

    def test_of_two_stacks_must_not_be_one(self, app: AuthApp) -> None:
        """Each apply would destroy what the other stack has created."""
        backend = S3Backend(bucket="acme-state", key="auth.tfstate")
        for name in ("one", "two"):
            AuthStack(app, name, region="eu-west-1", backend=backend)
        assert problems_of(app) == [
            "two: backend: must have a state of its own, got s3 acme-state/auth.tfstate, the state "
            "of one; choose another key or path, otherwise each apply destroys what the other "
            "stack has created"
        ]

    def test_of_two_stacks_in_an_app_of_cdktf_must_not_be_one(self, tmp_path: Path) -> None:
        """The first stack is written already."""
        app = App(outdir=str(tmp_path))
        backend = S3Backend(bucket="acme-state", key="auth.tfstate")
        for name in ("one", "two"):
            AuthStack(app, name, region="eu-west-1", backend=backend)
        with pytest.raises(RuntimeError, match="two: backend: must have a state of its own"):
            app.synth()

    def test_in_local_files_are_compared_where_they_are(self, app: AuthApp) -> None:
        """A relative path begins in the folder of its stack."""
        for name in ("one", "two"):
            AuthStack(app, name, region="eu-west-1", backend=LocalBackend())
        app.synth()
        CdktfLocalBackend(TerraformStack(app, "three"), path="../one/terraform.tfstate")
        assert [problem.partition(",")[0] for problem in problems_of(app)] == [
            "three: backend: must have a state of its own"
        ]

    def test_with_a_partial_configuration_are_unknown(self, app: AuthApp) -> None:
        """`-backend-config` names the rest."""
        for name in ("one", "two"):
            AuthStack(app, name, region="eu-west-1", backend=S3Backend(key="auth.tfstate"))
        app.synth()


class TestStackIds:
    """Name the folders of the stacks."""

    @pytest.mark.parametrize(
        ("construct_id", "remedy"),
        [
            ("..", "write one such as 'auth'"),
            ("-auth", "write one such as 'auth'"),
            ("", "write one such as 'auth'"),
            ("a b", "write one such as 'auth'"),
            ("..\\auth", "write one such as 'auth'"),
            ("../auth", "write one such as 'auth'"),
            ("prod/auth", "write 'prod--auth', which is its name now"),
        ],
    )
    def test_are_names(self, construct_id: str, remedy: str, app: AuthApp) -> None:
        """Nothing is written outside of the folder of all stacks."""
        with pytest.raises(InvalidValueError) as caught:
            AuthStack(app, construct_id, region="eu-west-1", backend=S3Backend())
        assert str(caught.value) == (
            "AuthStack.construct_id: must be the name of a folder, without separators, spaces and "
            f"wildcards, and without . or - first, got {construct_id!r}; {remedy}"
        )
        assert app.node.children == []

    def test_of_other_stacks_are_checked_before_something_is_written(self, app: AuthApp) -> None:
        """CDKTF would write `cdk.tf.json` into the folder above."""
        TerraformStack(app, "..")
        assert problems_of(app) == [
            "..: stack: must be the name of a folder, without separators, spaces and wildcards, "
            "and without . or - first, got '..'; write one such as 'auth'"
        ]
        assert files(app) == {}

    def test_are_unique_in_the_app(self, app: AuthApp) -> None:
        """CDKTF would write the second stack over the first."""
        for name in ("one", "two"):
            scope = Construct(app, name)
            AuthStack(scope, "auth", region="eu-west-1", backend=S3Backend())
        assert problems_of(app) == [
            "two/auth: stack: must have an id of its own, got 'auth', the id of one/auth; choose "
            "another one, because it names the folder"
        ]

    def test_are_unique_where_a_system_ignores_upper_case(self, app: AuthApp) -> None:
        """On Windows and macOS, both would be one folder."""
        for name in ("auth", "AUTH"):
            AuthStack(app, name, region="eu-west-1", backend=S3Backend())
        assert problems_of(app) == [
            "AUTH: stack: must have an id of its own, got 'AUTH', which differs from the id of "
            "auth in upper and lower case only; choose another one, because it names the folder"
        ]

    @pytest.mark.usefixtures("stack")
    def test_are_unique_in_their_scope(self, app: AuthApp) -> None:
        """CDKTF's own error has a traceback of Node."""
        with pytest.raises(InvalidValueError) as caught:
            AuthStack(app, "auth", region="eu-west-1", backend=S3Backend())
        assert str(caught.value) == (
            "AuthStack.construct_id: must be unique in its scope, got 'auth'; choose another id"
        )

    @pytest.mark.parametrize("scope", [None, "app", 7])
    def test_have_a_scope(self, scope: Any) -> None:
        """An app, or a construct in one."""
        with pytest.raises(InvalidValueError, match=r"^AuthStack\.scope: must be of type"):
            AuthStack(scope, "auth", region="eu-west-1", backend=S3Backend())


class TestOtherApps:
    """Have their own states."""

    @pytest.fixture
    def foreign(self, tmp_path: Path) -> UserPool:
        """A pool of another app."""
        app = AuthApp(outdir=str(tmp_path / "other"), context={})
        return UserPool(AuthStack(app, "pools", region="eu-west-1", backend=S3Backend()), "users")

    def test_a_pool_of_another_is_refused_at_its_line(
        self, stack: AuthStack, foreign: UserPool
    ) -> None:
        """For each construct that belongs to a pool."""
        domain = PrefixDomain(prefix="acme")
        with pytest.raises(InvalidValueError) as caught:
            UserPoolDomain(stack, "domain", user_pool=foreign, domain=domain)
        assert str(caught.value) == (
            "UserPoolDomain auth/domain: must refer to constructs of its own app, got 'pools/users "
            "of another app'; define both in one app, or refer to it with ExistingUserPool"
        )
        oauth = OAuth(callback_urls=["https://app.acme.example/callback"])
        with pytest.raises(InvalidValueError, match=r"^UserPoolClient auth/web: must refer"):
            UserPoolClient(stack, "web", user_pool=foreign, application=WebApplication(oauth=oauth))

    def test_a_reference_to_another_is_refused_at_synthesis(
        self, app: AuthApp, stack: AuthStack, foreign: UserPool
    ) -> None:
        """In any argument of any resource; CDKTF would read a state that nobody writes."""
        stack.add_output("pool", foreign.user_pool_id, description="The pool.")
        assert [problem.partition(";")[0] for problem in problems_of(app)] == [
            "auth: must refer to constructs of its own app, got pools of another app"
        ]


class TestWhatCdktfReports:
    """Is a `SynthesisError` too, without a traceback of Node."""

    def test_a_missing_provider(self, app: AuthApp) -> None:
        """A validation of CDKTF."""
        UserPool(TerraformStack(app, "plain"), "users")
        (problem,) = problems_of(app)
        assert problem.startswith("plain: Found resources without a matching provider construct.")

    def test_an_error_of_an_annotation(self, app: AuthApp, stack: AuthStack) -> None:
        """Written by a program or by an Aspect."""
        Annotations.of(UserPool(stack, "users")).add_error("not in this account")
        assert problems_of(app) == ["auth/users: not in this account"]

    def test_an_error_of_an_aspect_is_not_hidden(self, app: AuthApp, stack: AuthStack) -> None:
        """A mistake of the program keeps its traceback."""

        def fail(_node: IConstruct) -> None:
            raise ValueError("a mistake in the Aspect")

        Aspects.of(stack).add(Visit(fail))
        with pytest.raises(RuntimeError, match="a mistake in the Aspect"):
            app.synth()
        assert [path.name for path in Path(app.outdir).iterdir()] == ["stacks"]
