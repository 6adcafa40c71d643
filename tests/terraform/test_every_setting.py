"""What is not in `main.py`: every example and every setting deploys, and then settles.

No provider 6 is run: what 5.100 does not know, the delivery of logs, is taken out before.
"""

import json
import os
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from constructs_auth.rules.profile import STRICT
from tests.emulator import Emulator
from tests.support.adopted import complaints
from tests.support.checkov import failed_checks
from tests.support.judged import Judged, differences
from tests.support.requirements import require_checkov
from tests.support.synthesized import PROJECT, for_provider_5, synthesize, with_local_state
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

_WITH_RECORDS = "custom_domain"
_STATE = "state"  # it has tests of its own: making a bucket with a lifecycle takes a minute

# What Checkov says, and of what it may say so.
_KNOWN = (
    # A phone number has no ARN, so whoever sends SMS may publish to any (Cognito developer guide,
    # «SMS message settings»). Checkov asks for resources and for constraints on them.
    ("CKV_AWS_290", "_sms_role"),
    ("CKV_AWS_355", "_sms_role"),
    # The settings of an application are none of them secret; Checkov wants all to be encrypted.
    ("CKV2_AWS_34", "settings_"),
    # AWS's own key costs nothing, and is the default; a key of one's own is an argument.
    ("CKV_AWS_149", "settings_client_secret"),
    # Cognito makes a client secret and changes it with the client alone (docs/app_settings.md).
    ("CKV2_AWS_57", "settings_client_secret"),
    # Cognito writes to no log group with a KMS key (API: CloudWatchLogsConfigurationType).
    ("CKV_AWS_158", "aws_cloudwatch_log_group.logs_"),
    # WAF's logs cost by the request, so they are asked for; its metrics and samples are on.
    ("CKV2_AWS_31", "aws_wafv2_web_acl."),
)

_CREATION = "creation.json"
"""The file with the plan of the first apply."""

# What the Terraform shows of these stacks, and another form of them does not.
_NOT_IN_A_STATE = {
    "? CG301": "a state does not record where a secret comes from",
}
_NOT_BEFORE_THE_APPLY = {
    "? CG504": "a policy that contains the id of a new identity pool is unknown as a whole",
    "? CG504B": "the same policy",
    "? CG506": "a map of the ARNs of new roles is unknown as a whole, with its keys",
}

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import everything
from tests.synth.examples import EXAMPLES, load

app = AuthApp(context={})
everything.define(app)
for path in EXAMPLES:
    load(path).define(app)
app.synth()
"""


@pytest.fixture(scope="module")
def stacks(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - without Terraform there is no use for it
    """The folder with a stack for each example, and one with every setting."""
    return synthesize(tmp_path_factory.mktemp("stacks"), "-c", _PROGRAM)


@pytest.fixture(scope="module")
def applied(
    stacks: Path,
    executable: Path,
    environment: Mapping[str, str],
    emulator: Emulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Terraform:
    """All stacks, applied as the modules of one root module."""
    everything = json.loads((stacks / "everything" / "cdk.tf.json").read_text(encoding="utf-8"))
    permission = everything["resource"]["aws_lambda_permission"]["names_pre_sign_up"]
    emulator.make_function(permission["function_name"], alias=permission["qualifier"])
    folder = tmp_path_factory.mktemp("every-setting")
    apart = (_WITH_RECORDS, _STATE)
    names = [path.name for path in stacks.iterdir() if path.name not in apart]
    listener, targets = emulator.make_load_balancer("eu-west-1")
    terraform = _root_module(
        folder,
        executable,
        environment,
        stacks,
        names,
        given={"listener_arn": listener, "target_group_arn": targets},
    )
    creation = terraform.plan()
    (folder / _CREATION).write_text(json.dumps(terraform.show(creation)), encoding="utf-8")
    terraform.apply(creation)
    return terraform


def test_every_example_and_every_setting_can_be_applied(applied: Terraform, stacks: Path) -> None:
    """Real Terraform and the real provider make what the code says."""
    addresses = set(applied.addresses())

    assert {
        (stack, name)
        for _, stack, kind, name in (address.split(".", 3) for address in addresses)
        if kind == "aws_cognito_user_pool"
    } == set(_pools(stacks))
    permissions = [name for name in addresses if "everything.aws_lambda_permission" in name]
    assert len(permissions) == 12


def test_nothing_is_left_to_change_after_it(applied: Terraform) -> None:
    """A second plan that shows a change would show it for ever."""
    plan = applied.plan()
    assert not plan.has_changes, plan.text


def test_the_state_is_adopted_with_an_empty_plan(
    applied: Terraform,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All pools in one program. The stacks have default tags of their own, one program has none."""
    for name, value in {**applied.environment, "PYTHONPATH": str(PROJECT)}.items():
        monkeypatch.setenv(name, value)
    state = tmp_path / "state.json"
    state.write_text(applied.run("show", "-json"), encoding="utf-8")

    cli.main(["adopt", str(state), "--out", str(tmp_path / "program")])

    printed = capsys.readouterr()
    assert printed.err.startswith(f"wrote {tmp_path / 'program'}: ")
    assert printed.err.count("\n") == 1
    changes = [line for line in printed.out.splitlines() if line.startswith("  ")]
    assert [line for line in changes if not line.endswith(": tags_all")] == []
    assert complaints(tmp_path / "program") == []


def test_plans_and_the_state_are_judged_as_the_terraform_is(
    applied: Terraform, tmp_path: Path
) -> None:
    """No other findings and no fewer: of the plan before the apply, of one after it, of the state.

    Compared with each stack alone, as it is synthesized.
    """
    folders = [path for path in applied.folder.iterdir() if (path / "cdk.tf.json").exists()]
    written = reduce(
        or_, (Judged.read(path, profile=STRICT).within(f"module.{path.name}") for path in folders)
    )
    later = applied.show(applied.plan())
    planned_values = {name: later[name] for name in later if name != "resource_changes"}
    shown = json.loads(applied.run("show", "-json"))
    raw = json.loads(applied.run("state", "pull"))

    def told(document: Mapping[str, Any]) -> list[str]:
        return differences(written, Judged.of(document, tmp_path, profile=STRICT))

    assert len(written.findings) > 200
    assert told(later) == told(planned_values) == []
    assert _unexplained(told(shown), _NOT_IN_A_STATE) == []
    assert _unexplained(told(raw), _NOT_IN_A_STATE) == []
    creation = Judged.read(applied.folder / _CREATION, profile=STRICT)
    assert _unexplained(differences(written, creation), _NOT_BEFORE_THE_APPLY) == []


def _unexplained(differences: list[str], known: Mapping[str, str]) -> list[str]:
    return [one for one in differences if " ".join(one.split()[:2]) not in known]


def test_an_outside_scanner_finds_nothing(applied: Terraform, tmp_path: Path) -> None:
    """Checkov, on what is deployed."""
    checkov = require_checkov(os.environ)
    plan = applied.show(applied.plan())

    failed = failed_checks(plan, folder=tmp_path, executable=checkov)

    assert [one for one in failed if not _is_known(one)] == []


def test_a_domain_with_its_certificate_and_records_can_be_planned(
    stacks: Path, executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """Not applied here: the provider waits half a minute for each record."""
    plan = _root_module(tmp_path, executable, environment, stacks, [_WITH_RECORDS]).plan()

    assert f"module.{_WITH_RECORDS}.aws_acm_certificate_validation" in plan.text
    assert "aws_route53_record" in plan.text


def _is_known(finding: str) -> bool:
    check, _, address = finding.partition(" ")
    return any(check == known and part in address for known, part in _KNOWN)


def _pools(stacks: Path) -> Iterator[tuple[str, str]]:
    """Walk through the pools that are written, by stack and name."""
    for stack in stacks.iterdir():
        if stack.name != _WITH_RECORDS:
            document = json.loads((stack / "cdk.tf.json").read_text(encoding="utf-8"))
            for name in document["resource"].get("aws_cognito_user_pool", {}):
                yield stack.name, name


def _root_module(
    folder: Path,
    executable: Path,
    environment: Mapping[str, str],
    stacks: Path,
    names: list[str],
    *,
    given: Mapping[str, str] | None = None,
) -> Terraform:
    """Several stacks in one state, so that Terraform and its provider start once for all."""
    modules = {}
    for stack in [stacks / name for name in sorted(names)]:
        document = for_provider_5(with_local_state(stack))
        (folder / stack.name).mkdir()
        (folder / stack.name / "cdk.tf.json").write_text(
            json.dumps(document, indent=2), encoding="utf-8"
        )
        # What is not given, such as the secret of an identity provider, is made up.
        variables = {
            name: (given or {}).get(name, "made-up") for name in document.get("variable", {})
        }
        modules[stack.name] = {"source": f"./{stack.name}"} | variables
    (folder / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    return terraform
