"""What the gate of a pull request relies on: real plans, and Terraform's own list of providers."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.review.plan import read
from tests.plans.record import PROVIDER_VERSION
from tests.support.provider import OFFLINE
from tests.support.terraform import Terraform, TerraformProcess, terraform_environment
from tests.unit.review.plans import reviewed
from tests.unit.review.test_workflow import ran, step

POOL_ID = "eu-west-1_AbCdEf123"
AWS = {"region": "eu-west-1", **OFFLINE}
WEST = {**AWS, "alias": "west", "region": "us-west-2"}
STATE = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 1,
    "lineage": "00000000-0000-0000-0000-000000000000",
    "outputs": {},
    "resources": [
        {
            "mode": "managed",
            "type": "aws_cognito_user_pool",
            "name": "users",
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [{"schema_version": 0, "attributes": {"id": POOL_ID, "name": "acme"}}],
        }
    ],
}
Planned = Callable[..., Mapping[str, Any]]


@pytest.fixture
def planned(executable: Path, shared_provider: Mapping[str, str], tmp_path: Path) -> Planned:
    """Plan a pool that exists, with other arguments of it or other providers."""
    module = tmp_path / "module"
    module.mkdir()
    terraform = Terraform(
        folder=module,
        executable=executable,
        environment={**terraform_environment(os.environ, work=tmp_path), **shared_provider},
    )

    def plan(*providers: Mapping[str, Any], **arguments: object) -> Mapping[str, Any]:
        source = {"source": "hashicorp/aws", "version": PROVIDER_VERSION}
        document = {
            "terraform": {"required_providers": {"aws": source}},
            "provider": {"aws": list(providers)},
            "resource": {"aws_cognito_user_pool": {"users": {"name": "acme", **arguments}}},
        }
        (module / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
        (module / "terraform.tfstate").write_text(json.dumps(STATE), encoding="utf-8")
        terraform.init()
        for command in (("plan", "-refresh=false", "-lock=false", "-out=plan"), ("show", "-json")):
            at = ["plan"] if command[0] == "show" else []
            with TerraformProcess(terraform, *command, *at) as process:
                finished = process.wait()
            assert finished.exit_code == 0, finished.errors
        found: Mapping[str, Any] = json.loads(finished.output)
        return found

    return plan


def test_the_fingerprint_is_that_of_what_is_applied(planned: Planned) -> None:
    """The same plan made twice has the same one, and a provisioner or another provider another."""
    fingerprints = [
        reviewed(planned(*providers, **arguments)).fingerprint
        for providers, arguments in (
            ((AWS, WEST), {}),
            ((AWS, WEST), {}),
            ((AWS, WEST), {"provider": "aws.west"}),
            (({**AWS, "region": "eu-central-1"}, WEST), {}),
            (({**AWS, "max_retries": 3}, WEST), {}),
            ((AWS, WEST), {"provisioner": [{"local-exec": {"command": "./seed"}}]}),
            ((AWS, WEST), {"provisioner": [{"local-exec": {"command": "./other"}}]}),
        )
    ]
    assert fingerprints[0] == fingerprints[1]
    assert len(set(fingerprints)) == len(fingerprints) - 1


def test_a_plan_shows_the_provider_of_a_resource_and_not_the_one_before(planned: Planned) -> None:
    """So another alias is found by the region, or with the Terraform JSON that is deployed."""
    document = planned(AWS, WEST, provider="aws.west")
    (resource,) = document["configuration"]["root_module"]["resources"]
    assert resource["provider_config_key"] == "aws.west"
    prior = json.dumps([document["prior_state"], document["resource_changes"]])
    assert "registry.terraform.io/hashicorp/aws" in prior
    assert "west" not in prior.replace("eu-west-1", "")
    review = reviewed(document)
    (finding, *_) = review.findings
    assert finding.rule.id == "CR19"
    assert finding.text.startswith("This plan is made for us-west-2, but the pool")
    assert read(document, name="plan").conditions["provider_of"] == {
        "aws_cognito_user_pool.users": "aws.west"
    }


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ({"data": {"external": {"a": {"program": ["id"]}}}}, "external"),
        ({"resource": {"null_resource": {"a": {}}}}, "null"),
        (
            {"terraform": {"required_providers": {"aws": {"source": "acme/aws"}}}},
            "acme/aws",
        ),
    ],
)
def test_the_plan_of_a_pull_request_installs_no_provider_but_that_of_aws(
    executable: Path, tmp_path: Path, block: Mapping[str, Any], name: str
) -> None:
    stack = tmp_path / "stacks" / "auth"
    stack.mkdir(parents=True)
    (tmp_path / "temporary").mkdir()
    (stack / "cdk.tf.json").write_text(json.dumps(block), encoding="utf-8")
    finished = ran(
        step("plan", "Plan")["run"],
        tmp_path,
        PATH=f"{executable.parent}:{os.environ['PATH']}",
        TF_CLI_CONFIG_FILE=str(tmp_path / "terraform.rc"),
        CHECKPOINT_DISABLE="1",
        TF_CLI_ARGS_init="-no-color",
    )
    assert finished.returncode == 1
    assert finished.stdout.splitlines() == [
        "No lock file: the plan takes the newest provider. "
        "Commit cdktf.out/stacks/auth/.terraform.lock.hcl.",
        "terraform init failed. Run it in stacks/auth on your machine to see why.",
    ]
    log = (tmp_path / "temporary" / "terraform.log").read_text(encoding="utf-8")
    assert name in log
    assert "was not found in any of the search locations" in " ".join(log.split())
