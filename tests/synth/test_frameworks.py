"""Both frameworks in one environment: the table of docs/cdk_terrain.md, and the same bytes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.synth.examples import EXAMPLES

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "cdk_terrain.md"

pytestmark = pytest.mark.skipif(
    find_spec("cdktn_provider_aws") is None or find_spec("cdktf_cdktf_provider_aws") is None,
    reason="needs both frameworks; `make cdktn` installs them",
)

APPS = {
    "`cdktf.App`": "from cdktf import App",
    "`cdktn.App`": "from cdktn import App",
    "`AuthApp`": "from constructs_auth import AuthApp as App",
}
STACKS = {
    "`AuthStack`": "from constructs_auth import AuthStack, LocalBackend\n"
    "settings = {'region': 'eu-west-1', 'backend': LocalBackend(path='terraform.tfstate')}",
    "`cdktf.TerraformStack`": "from cdktf import TerraformStack as AuthStack\n"
    "from cdktf_cdktf_provider_aws.provider import AwsProvider\nsettings = {}",
    "`cdktn.TerraformStack`": "from cdktn import TerraformStack as AuthStack\n"
    "from cdktn_provider_aws.provider import AwsProvider\nsettings = {}",
}
PROGRAM = """\
{app}
{stack}
from constructs_auth import UserPool
app = App(context={{}})
stack = AuthStack(app, "auth", **settings)
if not settings:
    AwsProvider(stack, "aws", region="eu-west-1")
UserPool(stack, "users")
app.synth()
"""


def table() -> dict[tuple[str, str], str]:
    """Read what the page says of each app and each stack."""
    lines = PAGE.read_text(encoding="utf-8").partition("## What works together")[2].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    head, _, *body = rows
    return {
        (row[0], stack): cell for row in body for stack, cell in zip(head[1:], row[1:], strict=True)
    }


def run(
    code: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program that writes below *folder*."""
    inherited = {name: value for name, value in os.environ.items() if "FRAMEWORK" not in name}
    own = {"CDKTF_OUTDIR": str(folder), "PYTHONPATH": str(PROJECT), "CDKTF_CONTEXT_JSON": "{}"}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**inherited, **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_has_each_app_and_each_stack() -> None:
    assert table().keys() == {(app, stack) for app in APPS for stack in STACKS}


@pytest.mark.thorough
@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("app", APPS)
def test_what_works_together_is_as_the_page_says(app: str, stack: str, tmp_path: Path) -> None:
    code = PROGRAM.format(app=APPS[app], stack=STACKS[stack])
    result = run(code, tmp_path, {})
    assert result.returncode == 0, result.stderr
    assert table()[app, stack] == "works"
    assert (tmp_path / "stacks/auth/cdk.tf.json").is_file()
    # The rules have judged the stack.
    assert (tmp_path / "stacks/auth/constructs-auth.json").is_file()
    assert " CG702 " in result.stderr


BESIDE = """\
from cdktf import App, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider
import cdktn
from constructs_auth import Judge, LambdaTriggers, UserPool
app = App(context={})
stack = TerraformStack(app, "auth")
AwsProvider(stack, "aws", region="eu-west-1")
name = TerraformVariable(stack, "name", type="string").string_value
function = LambdaFunction(stack, "greet", function_name="greet", role=name)
pool = UserPool(stack, "users", name=name, lambda_triggers=LambdaTriggers(pre_sign_up=function))
pool.renamed_from("people")
old = CognitoUserPool(stack, "old", name="old")
Judge.of(stack).accept_finding("CG101", old, reason="Nobody uses it.")
app.synth()
"""


def test_our_constructs_on_cdk_terrain_work_beside_tokens_and_resources_of_cdktf(
    tmp_path: Path,
) -> None:
    """The program imports both, so that they run on CDK Terrain, in a stack of CDKTF."""
    result = run(BESIDE, tmp_path, {})
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "stacks/auth"
    document = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))
    pool = document["resource"]["aws_cognito_user_pool"]["users"]
    assert pool["name"] == "${var.name}"
    assert pool["lambda_config"] == {"pre_sign_up": "${aws_lambda_function.greet.arn}"}
    assert document["moved"][0] == {
        "from": "aws_cognito_user_pool.people",
        "to": "aws_cognito_user_pool.users",
    }
    beside = json.loads((folder / "constructs-auth.json").read_text(encoding="utf-8"))
    assert [each["address"] for each in beside["accepted"]] == ["aws_cognito_user_pool.old"]


def test_our_constructs_of_cdktf_in_a_stack_of_cdk_terrain_are_refused_in_one_sentence(
    tmp_path: Path,
) -> None:
    """The program loads the constructs before it imports CDK Terrain."""
    code = (
        "from constructs_auth import UserPool\n"
        "from cdktn import App, TerraformStack\n"
        "UserPool(TerraformStack(App(), 'auth'), 'users')"
    )
    result = run(code, tmp_path, {"CONSTRUCTS_AUTH_FRAMEWORK": "cdktf"})
    assert result.stderr.splitlines()[-1] == (
        "constructs_auth.errors.InvalidValueError: scope: must be in a stack of cdktf, "
        "which constructs_auth uses in this program, got 'cdktn.TerraformStack'; import cdktn "
        "before constructs_auth, and set CONSTRUCTS_AUTH_FRAMEWORK=cdktn, or use "
        "cdktf.TerraformStack"
    )


@pytest.mark.parametrize("app", ["`AuthApp`", "`cdktn.App`"])
def test_a_resource_of_cdktf_in_a_stack_of_cdk_terrain_is_refused_in_one_sentence(
    app: str, tmp_path: Path
) -> None:
    """The program loads the stack before it imports the bindings of CDKTF."""
    code = (
        f"{STACKS['`AuthStack`']}\n{APPS[app]}\n"
        "stack = AuthStack(App(), 'auth', **settings)\n"
        "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n"
        "S3Bucket(stack, 'files')\n"
        "stack.node.scope.synth()"
    )
    result = run(code, tmp_path, {})
    assert result.stderr.splitlines()[-1].partition(": ")[2] == (
        "auth/files: must be a construct of cdktn, as its stack, got 'S3Bucket of "
        "cdktf_cdktf_provider_aws'; import it from cdktn or cdktn_provider_aws; or import no "
        "cdktn and set CONSTRUCTS_AUTH_FRAMEWORK=cdktf, so that the stack is one of CDKTF"
    )


EVERYTHING = """\
import os
from pathlib import Path
from tests.support.renamed_imports import rename_imports
rename_imports()
import main
from constructs_auth import AuthApp
from tests.synth.examples import EXAMPLES, load
for path in [Path("main.py"), *EXAMPLES]:
    define = main.define if path.name == str(path) else load(path).define
    name = path.parent.name or "main"
    app = AuthApp(outdir=str(Path(os.environ["CDKTF_OUTDIR"], name)), context={})
    define(app)
    app.synth()
"""


@pytest.mark.thorough
def test_main_and_each_example_are_the_same_bytes_on_both(tmp_path: Path) -> None:
    """But for the version of the framework in the metadata."""
    settings = {"AUTH_REGION": "eu-west-1", "AUTH_STATE_BUCKET": "acme-state"}
    written = {}
    for framework in ("cdktf", "cdktn"):
        own = {"CONSTRUCTS_AUTH_FRAMEWORK": framework}
        result = run(EVERYTHING, tmp_path / framework, settings | own)
        assert result.returncode == 0, result.stderr
        written[framework] = files_of(tmp_path / framework, version(framework))
    assert len(written["cdktf"]) > 2 * len(EXAMPLES)
    assert written["cdktf"] == written["cdktn"]


def files_of(folder: Path, own_version: str) -> dict[str, bytes]:
    """Read all files, without the version of the framework."""
    note = re.compile(rf'"version": "{re.escape(own_version)}"'.encode())
    return {
        path.relative_to(folder).as_posix(): note.sub(b'"version": ""', path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
