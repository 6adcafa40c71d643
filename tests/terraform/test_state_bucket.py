"""The bucket of the state, with real Terraform: made by a stack that then moves in itself.

Creating it takes a minute: the provider waits until S3 has spread a lifecycle everywhere.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator, running_emulator
from tests.support.checkov import failed_checks
from tests.support.requirements import require_checkov
from tests.support.synthesized import FILE, synthesize
from tests.support.terraform import Terraform, TerraformError, terraform_environment

pytestmark = pytest.mark.thorough

BUCKET = "acme-terraform-state"
KEY = "state/terraform.tfstate"
EXAMPLE = ("-m", "examples.state_bucket.main")

KNOWN = [
    # Whoever wants to be told of each write has CloudTrail.
    "CKV2_AWS_62 aws_s3_bucket.states",
    "CKV2_AWS_62 aws_s3_bucket.states_logs",
    # A copy in another region is another bucket, with another backend; not made here.
    "CKV_AWS_144 aws_s3_bucket.states",
    "CKV_AWS_144 aws_s3_bucket.states_logs",
    # S3 delivers logs to no bucket with a KMS key of its own, and writes each of them once.
    "CKV_AWS_145 aws_s3_bucket.states_logs",
    "CKV_AWS_21 aws_s3_bucket.states_logs",
]
"""What Checkov asks of a bucket, and a state bucket does without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The stack of the example, whose state has moved into its own bucket.

    Attributes:
        terraform: Terraform in the folder of the stack.
        emulator: The AWS that the bucket is in.
        key_arn: The key of the states.
        said: What Terraform said when it moved the state.
    """

    terraform: Terraform
    emulator: Emulator
    key_arn: str
    said: str


@pytest.fixture(scope="module")
def bucket_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulated AWS without any bucket."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        yield emulator


@pytest.fixture(scope="module")
def moved(
    executable: Path, bucket_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Moved:
    """What the two commands of the example's README do."""
    work = tmp_path_factory.mktemp("state-bucket")
    environment = terraform_environment(os.environ, work=work)
    folder = synthesize(work / "cdktf.out", *EXAMPLE, "local") / "state"
    terraform = Terraform(
        folder=folder,
        executable=executable,
        environment=environment | bucket_emulator.environment(),
    )
    terraform.init()
    terraform.apply()
    outputs = terraform.outputs()

    file = folder / "state.s3.tfbackend"
    file.write_text(outputs["state_tfbackend"], encoding="utf-8")
    synthesize(work / "cdktf.out", *EXAMPLE)
    said = terraform.move_state(file.name)
    return Moved(
        terraform=terraform,
        emulator=bucket_emulator,
        key_arn=outputs["state_kms_key_arn"],
        said=said,
    )


def test_the_state_moves_into_the_bucket(moved: Moved) -> None:
    """The local one stays as a copy, which is why the README has it deleted."""
    assert 'Successfully configured the backend "s3"!' in moved.said
    local = json.loads((moved.terraform.folder / "terraform.tfstate").read_bytes())
    state = moved.emulator.s3("eu-west-1").get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
    assert json.loads(state)["resources"] == local["resources"]
    addresses = {
        f"{resource['type']}.{resource['name']}" for resource in json.loads(state)["resources"]
    }
    assert {"aws_s3_bucket.states", "aws_kms_key.states_key"} <= addresses


def test_nothing_is_left_to_change_after_it(moved: Moved) -> None:
    """Planned from the state in the bucket, which this locks and unlocks."""
    plan = moved.terraform.plan()
    assert not plan.has_changes, plan.text


def test_the_state_is_encrypted_with_the_key_and_versioned(moved: Moved) -> None:
    """As the bucket was told, and as Terraform asks for."""
    s3 = moved.emulator.s3("eu-west-1")
    head = s3.head_object(Bucket=BUCKET, Key=KEY)
    assert head["ServerSideEncryption"] == "aws:kms"
    assert head["SSEKMSKeyId"] == moved.key_arn
    assert head["VersionId"] != "null"
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"


def test_the_bucket_refuses_another_encryption_and_takes_none_named(moved: Moved) -> None:
    """A lock file may come without a word on encryption, and then gets the bucket's own."""
    s3 = moved.emulator.s3("eu-west-1")
    with pytest.raises(ClientError, match="403"):
        s3.put_object(Bucket=BUCKET, Key="x", Body=b"", ServerSideEncryption="AES256")
    other_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d"
    with pytest.raises(ClientError, match="403"):
        s3.put_object(
            Bucket=BUCKET,
            Key="x",
            Body=b"",
            ServerSideEncryption="aws:kms",
            SSEKMSKeyId=other_key,
        )
    s3.put_object(Bucket=BUCKET, Key="x.tflock", Body=b"")
    assert s3.head_object(Bucket=BUCKET, Key="x.tflock")["SSEKMSKeyId"] == moved.key_arn


def test_an_outside_scanner_finds_nothing_else(moved: Moved, tmp_path: Path) -> None:
    """Checkov, on what is deployed."""
    checkov = require_checkov(os.environ)
    plan = moved.terraform.show(moved.terraform.plan())

    assert failed_checks(plan, folder=tmp_path, executable=checkov) == KNOWN


def test_it_goes_only_when_it_may_and_is_empty(moved: Moved) -> None:
    """Terraform refuses first, S3 next; and the key is there for as long as a state is."""
    terraform = moved.terraform
    with pytest.raises(TerraformError, match="Instance cannot be destroyed"):
        terraform.destroy()

    document = json.loads((terraform.folder / FILE).read_text(encoding="utf-8"))
    for kind in ("aws_s3_bucket", "aws_kms_key"):
        for resource in document["resource"][kind].values():
            assert resource.pop("lifecycle") == {"prevent_destroy": True}
    document["terraform"]["backend"] = {"local": {"path": "last.tfstate"}}
    (terraform.folder / FILE).write_text(json.dumps(document), encoding="utf-8")
    terraform.move_state()
    with pytest.raises(TerraformError, match="BucketNotEmpty"):
        terraform.destroy()
    kms = moved.emulator.client("kms", "eu-west-1")
    assert kms.describe_key(KeyId=moved.key_arn)["KeyMetadata"]["KeyState"] == "Enabled"

    for bucket in (BUCKET, f"{BUCKET}-logs"):
        _empty(moved.emulator, bucket)
    assert "Destroy complete!" in terraform.destroy()
    assert terraform.addresses() == []
    assert kms.describe_key(KeyId=moved.key_arn)["KeyMetadata"]["KeyState"] == "PendingDeletion"


def _empty(emulator: Emulator, bucket: str) -> None:
    """Deletes all versions, as the documentation says."""
    s3 = emulator.client("s3", "eu-west-1")
    left = s3.list_object_versions(Bucket=bucket)
    for each in [*left.get("Versions", []), *left.get("DeleteMarkers", [])]:
        s3.delete_object(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])
