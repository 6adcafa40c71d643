"""The bucket of the state: what is made, and what its outputs and policies say."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import (
    AccessLogs,
    AuthApp,
    AuthStack,
    InvalidValueError,
    StateAccess,
    StateAccessPolicy,
    StateBucket,
)
from constructs_auth.engine import Construct, TerraformStack
from tests.synth.conftest import Synthesize

ARN = "${aws_s3_bucket.states.arn}"
KEY_ARN = "${aws_kms_key.states_key.arn}"


def resources_of(document: dict[str, Any]) -> dict[str, Any]:
    """Everything that is made, by address, without CDKTF's metadata."""
    found = {}
    for kind, by_name in document["resource"].items():
        for name, resource in by_name.items():
            del resource["//"]
            found[f"{kind}.{name}"] = resource
    return found


def statements_of(resource: dict[str, Any]) -> dict[str, Any]:
    """The statements of a policy, by their ids."""
    document = json.loads(resource["policy"])
    assert document["Version"] == "2012-10-17"
    return {statement.pop("Sid"): statement for statement in document["Statement"]}


class TestBucket:
    """The bucket itself."""

    @pytest.fixture
    def made(self, stack: AuthStack, synthesize: Synthesize) -> dict[str, Any]:
        """What a bucket without any further word makes."""
        StateBucket(stack, "states", bucket="acme-state")
        return resources_of(synthesize(stack))

    def test_it_makes_these_and_no_others(self, made: dict[str, Any]) -> None:
        """Pinned: another address would be another bucket."""
        assert sorted(made) == [
            "aws_kms_alias.states_key",
            "aws_kms_key.states_key",
            "aws_s3_bucket.states",
            "aws_s3_bucket_lifecycle_configuration.states_bucket",
            "aws_s3_bucket_ownership_controls.states_bucket",
            "aws_s3_bucket_policy.states_bucket",
            "aws_s3_bucket_public_access_block.states_bucket",
            "aws_s3_bucket_server_side_encryption_configuration.states_bucket",
            "aws_s3_bucket_versioning.states_bucket",
        ]

    def test_terraform_neither_empties_nor_deletes_it(self, made: dict[str, Any]) -> None:
        """And not the key, without which no state can be read."""
        assert made["aws_s3_bucket.states"] == {
            "bucket": "acme-state",
            "depends_on": ["aws_kms_key.states_key"],
            "force_destroy": False,
            "lifecycle": {"prevent_destroy": True},
        }
        assert made["aws_kms_key.states_key"]["lifecycle"] == {"prevent_destroy": True}

    def test_it_keeps_old_versions_and_not_for_ever(self, made: dict[str, Any]) -> None:
        """90 days, and the newest 10 of them longer."""
        versioning = made["aws_s3_bucket_versioning.states_bucket"]
        assert versioning["versioning_configuration"] == {"status": "Enabled"}
        assert made["aws_s3_bucket_lifecycle_configuration.states_bucket"]["rule"] == [
            {
                "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
                "filter": [{"prefix": ""}],
                "id": "old-versions",
                "noncurrent_version_expiration": [
                    {"newer_noncurrent_versions": 10, "noncurrent_days": 90}
                ],
                "status": "Enabled",
            }
        ]

    def test_it_is_never_public(self, made: dict[str, Any]) -> None:
        """Neither by a policy nor by an ACL, of which there are none."""
        block = made["aws_s3_bucket_public_access_block.states_bucket"]
        del block["bucket"]
        assert block == {
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        }
        controls = made["aws_s3_bucket_ownership_controls.states_bucket"]
        assert controls["rule"] == {"object_ownership": "BucketOwnerEnforced"}

    def test_it_is_encrypted_with_a_key_that_rotates(self, made: dict[str, Any]) -> None:
        """A key of the bucket spares requests to KMS."""
        assert made["aws_s3_bucket_server_side_encryption_configuration.states_bucket"]["rule"] == [
            {
                "apply_server_side_encryption_by_default": {
                    "kms_master_key_id": KEY_ARN,
                    "sse_algorithm": "aws:kms",
                },
                "bucket_key_enabled": True,
            }
        ]
        key = made["aws_kms_key.states_key"]
        assert key["enable_key_rotation"] is True
        assert key["rotation_period_in_days"] == 365
        assert key["deletion_window_in_days"] == 30
        assert made["aws_kms_alias.states_key"] == {
            "name": "alias/acme-state",
            "target_key_id": "${aws_kms_key.states_key.key_id}",
        }

    def test_the_account_decides_who_uses_the_key(self, made: dict[str, Any]) -> None:
        """By IAM, in whatever partition."""
        assert statements_of(made["aws_kms_key.states_key"]) == {
            "AccountDecides": {
                "Action": ["kms:*"],
                "Effect": "Allow",
                "Principal": {
                    "AWS": "arn:${data.aws_partition.partition.partition}:iam::"
                    "${data.aws_caller_identity.caller_identity.account_id}:root"
                },
                "Resource": "*",
            }
        }

    def test_it_refuses_what_is_not_tls_and_another_encryption(self, made: dict[str, Any]) -> None:
        """A request that names none gets the bucket's own."""
        everybody = {"Effect": "Deny", "Principal": {"AWS": "*"}}
        algorithm = "s3:x-amz-server-side-encryption"
        key = "s3:x-amz-server-side-encryption-aws-kms-key-id"
        assert statements_of(made["aws_s3_bucket_policy.states_bucket"]) == {
            "WithoutTls": {
                **everybody,
                "Action": "s3:*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                "Resource": [ARN, f"{ARN}/*"],
            },
            "OtherEncryption": {
                **everybody,
                "Action": "s3:PutObject",
                "Condition": {
                    "Null": {algorithm: "false"},
                    "StringNotEquals": {algorithm: "aws:kms"},
                },
                "Resource": f"{ARN}/*",
            },
            "OtherKey": {
                **everybody,
                "Action": "s3:PutObject",
                "Condition": {"Null": {key: "false"}, "StringNotEquals": {key: KEY_ARN}},
                "Resource": f"{ARN}/*",
            },
        }

    def test_each_setting_waits_for_the_one_before(self, made: dict[str, Any]) -> None:
        """S3 refuses two changes of one bucket at a time."""
        waits = {
            name.removeprefix("aws_s3_bucket_").removesuffix(".states_bucket"): made[name].get(
                "depends_on"
            )
            for name in made
            if name.endswith(".states_bucket")
        }
        assert waits == {
            "public_access_block": None,
            "ownership_controls": ["aws_s3_bucket_public_access_block.states_bucket"],
            "versioning": ["aws_s3_bucket_ownership_controls.states_bucket"],
            "server_side_encryption_configuration": ["aws_s3_bucket_versioning.states_bucket"],
            "policy": ["aws_s3_bucket_server_side_encryption_configuration.states_bucket"],
            "lifecycle_configuration": ["aws_s3_bucket_policy.states_bucket"],
        }

    def test_it_may_go_where_that_is_wanted(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """A bucket for trials; S3 still refuses to delete one that is not empty."""
        StateBucket(
            stack, "states", bucket="acme.state", prevent_destroy=False, tags={"team": "platform"}
        )

        made = resources_of(synthesize(stack))
        assert made["aws_s3_bucket.states"] == {
            "bucket": "acme.state",
            "depends_on": ["aws_kms_key.states_key"],
            "force_destroy": False,
            "tags": {"team": "platform"},
        }
        assert "lifecycle" not in made["aws_kms_key.states_key"]
        assert made["aws_kms_key.states_key"]["tags"] == {"team": "platform"}
        assert made["aws_kms_alias.states_key"]["name"] == "alias/acme-state"

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            (
                {"bucket": "Acme"},
                "StateBucket.bucket: must be the name of an S3 bucket, got 'Acme'; "
                "write one such as 'acme-terraform-state'",
            ),
            (
                {"bucket": "${var.bucket}"},
                "StateBucket.bucket: must not be a token, because Terraform reads a backend "
                "before any other value, got '${var.bucket}'; write one such as "
                "'acme-terraform-state'",
            ),
            (
                {"noncurrent_days": 0},
                "StateBucket.noncurrent_days: must be from 1 to 2147483647 days, got 0; "
                "write a number of days",
            ),
            (
                {"newer_noncurrent_versions": 101},
                "StateBucket.newer_noncurrent_versions: must be from 1 to 100 versions, got 101; "
                "keep a few versions for recovery",
            ),
            (
                {"access_logs": True},
                "StateBucket.access_logs: must be of type AccessLogs, got True; "
                "write AccessLogs(…)",
            ),
            (
                {"bucket": "a" * 59, "access_logs": AccessLogs()},
                f"StateBucket.access_logs: must name a bucket, because {'a' * 59}-logs is longer "
                "than 63 characters, got None; write AccessLogs(bucket=…), or shorten the name "
                "of the bucket",
            ),
            (
                {"prevent_destroy": "yes"},
                "StateBucket.prevent_destroy: must be True or False, got 'yes'; write one of them",
            ),
            (
                {"tags": {"": "x"}},
                "StateBucket.tags, key: must be 1 to 128 characters, not 0, got ''; "
                "choose another key",
            ),
        ],
    )
    def test_a_wrong_value_is_refused(
        self, settings: dict[str, Any], message: str, stack: AuthStack
    ) -> None:
        """Nothing of the bucket is made."""
        with pytest.raises(InvalidValueError) as caught:
            StateBucket(stack, "states", **{"bucket": "acme-state", **settings})

        assert str(caught.value) == message
        assert stack.node.try_find_child("states") is None


class TestLogs:
    """Who asked for a state."""

    def test_a_bucket_for_logs_is_made_on_request(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Only S3 writes into it, only for the other bucket, and not with a KMS key."""
        StateBucket(stack, "states", bucket="acme-state", access_logs=AccessLogs(retention_days=30))

        made = resources_of(synthesize(stack))
        assert made["aws_s3_bucket_logging.states_bucket"] == {
            "bucket": "${aws_s3_bucket.states.id}",
            "depends_on": [
                "aws_s3_bucket_lifecycle_configuration.states_bucket",
                "aws_s3_bucket_lifecycle_configuration.states_logs",
            ],
            "target_bucket": "${aws_s3_bucket.states_logs.id}",
            "target_prefix": "acme-state/",
        }
        assert made["aws_s3_bucket.states_logs"] == {
            "bucket": "acme-state-logs",
            "force_destroy": False,
            "lifecycle": {"prevent_destroy": True},
        }
        logs = "${aws_s3_bucket.states_logs.arn}"
        statements = statements_of(made["aws_s3_bucket_policy.states_logs"])
        assert statements["ServerAccessLogs"] == {
            "Action": ["s3:PutObject"],
            "Condition": {
                "ArnEquals": {"aws:SourceArn": ARN},
                "StringEquals": {
                    "aws:SourceAccount": "${data.aws_caller_identity.caller_identity.account_id}"
                },
            },
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Resource": f"{logs}/acme-state/*",
        }
        assert sorted(statements) == ["ServerAccessLogs", "WithoutTls"]
        (rule,) = made["aws_s3_bucket_server_side_encryption_configuration.states_logs"]["rule"]
        assert rule["apply_server_side_encryption_by_default"] == {"sse_algorithm": "AES256"}
        (rule,) = made["aws_s3_bucket_lifecycle_configuration.states_logs"]["rule"]
        assert rule["expiration"] == [{"days": 30}]

    def test_logs_go_where_others_are(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """Into a bucket that somebody else owns."""
        logs = AccessLogs(bucket="acme-access-logs", prefix="state/")
        StateBucket(stack, "states", bucket="acme-state", access_logs=logs)

        made = resources_of(synthesize(stack))
        logging = made["aws_s3_bucket_logging.states_bucket"]
        assert logging["target_bucket"] == "acme-access-logs"
        assert logging["target_prefix"] == "state/"
        assert "aws_s3_bucket.states_logs" not in made


class TestAccess:
    """Who may plan, and who may apply."""

    def test_a_role_that_applies_writes_its_own_state_and_no_other(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """And deletes nothing but its lock."""
        bucket = StateBucket(stack, "states", bucket="acme-state")
        policy = StateAccessPolicy(
            stack,
            "apply",
            state_bucket=bucket,
            keys=["test/auth.tfstate", "prod/auth.tfstate"],
            access=StateAccess.APPLY,
        )
        stack.add_output("policy", policy.arn, description="The policy.")

        document = synthesize(stack)
        assert document["output"]["policy"]["value"] == "${aws_iam_policy.apply.arn}"
        made = resources_of(document)["aws_iam_policy.apply"]
        assert statements_of(made) == {
            "ListStates": {"Action": ["s3:ListBucket"], "Effect": "Allow", "Resource": ARN},
            "States": {
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Effect": "Allow",
                "Resource": [f"{ARN}/prod/auth.tfstate", f"{ARN}/test/auth.tfstate"],
            },
            "Locks": {
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Effect": "Allow",
                "Resource": [f"{ARN}/prod/auth.tfstate.tflock", f"{ARN}/test/auth.tfstate.tflock"],
            },
            "Key": {
                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                "Effect": "Allow",
                "Resource": KEY_ARN,
            },
        }
        del made["policy"]
        assert made == {
            "description": "Terraform apply with states in acme-state",
            "name": "acme-state-apply",
            "path": "/",
        }

    def test_a_role_that_plans_does_not_write_the_state(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """It locks it, or else it would read one that is being written."""
        bucket = StateBucket(stack, "states", bucket="acme-state")
        keys = ["prod/auth.tfstate"]
        StateAccessPolicy(
            stack, "plan", state_bucket=bucket, keys=keys, access=StateAccess.PLAN, name="planner"
        )

        made = resources_of(synthesize(stack))["aws_iam_policy.plan"]
        assert made["name"] == "planner"
        statements = statements_of(made)
        assert statements["States"]["Action"] == ["s3:GetObject"]
        assert "s3:PutObject" in statements["Locks"]["Action"]

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            (
                {"access": "write"},
                "StateAccessPolicy.access: must be a member of StateAccess, got 'write'; "
                "choose from StateAccess.PLAN, StateAccess.APPLY",
            ),
            (
                {"keys": ["prod/*"]},
                "StateAccessPolicy.keys[0]: must name one state, without * and ?, which are "
                "wildcards in a policy, got 'prod/*'; list each state separately",
            ),
            (
                {"state_bucket": "acme-state"},
                "StateAccessPolicy.state_bucket: must be of type StateBucket, got 'acme-state'; "
                "write StateBucket(…)",
            ),
            (
                {"name": ""},
                "StateAccessPolicy.name: must be 1 to 128 characters, not 0, got ''; "
                "give another name",
            ),
            (
                {"name": "plan/auth"},
                "StateAccessPolicy.name: must be 1 to 128 characters, letters, digits and "
                "_ + = , . @ -, got 'plan/auth'; give another name",
            ),
        ],
    )
    def test_a_wrong_value_is_refused(
        self, settings: dict[str, Any], message: str, stack: AuthStack
    ) -> None:
        """At its line."""
        bucket = StateBucket(stack, "states", bucket="acme-state")
        given = {"state_bucket": bucket, "keys": ["a"], "access": StateAccess.PLAN, **settings}
        with pytest.raises(InvalidValueError) as caught:
            StateAccessPolicy(stack, "plan", **given)

        assert str(caught.value) == message


class TestOutputs:
    """What the other stacks need."""

    def test_an_output_is_the_file_for_init(self, stack: AuthStack, synthesize: Synthesize) -> None:
        """As `terraform fmt` writes it."""
        bucket = StateBucket(stack, "states", bucket="acme-state")
        bucket.add_outputs(key="prod/auth.tfstate")

        outputs = synthesize(stack)["output"]
        assert {name: output["value"] for name, output in outputs.items()} == {
            "state_bucket": "${aws_s3_bucket.states.bucket}",
            "state_kms_key_arn": KEY_ARN,
            "state_tfbackend": (
                'bucket       = "acme-state"\n'
                "encrypt      = true\n"
                'key          = "prod/auth.tfstate"\n'
                f'kms_key_id   = "{KEY_ARN}"\n'
                'region       = "${aws_s3_bucket.states.region}"\n'
                "use_lockfile = true\n"
            ),
        }

    def test_the_file_needs_no_stack_that_knows_its_region(self, app: AuthApp) -> None:
        """Terraform knows the region of the bucket."""
        bucket = StateBucket(TerraformStack(app, "plain"), "states", bucket="acme-state")

        assert 'region       = "${TfToken[' in bucket.backend_configuration("prod/auth.tfstate")


def test_a_bucket_deeper_in_the_tree_has_addresses_with_a_hash(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Pinned: another address would be another bucket."""
    StateBucket(Construct(stack, "platform"), "states", bucket="acme-state")

    made = resources_of(synthesize(stack))
    assert [name for name in made if name.startswith("aws_s3_bucket.")] == [
        "aws_s3_bucket.platform_states_BBD67A2F"
    ]


def test_what_is_written_holds_no_path_of_this_machine(app: AuthApp, stack: AuthStack) -> None:
    """Neither the bucket nor its policies."""
    StateBucket(stack, "states", bucket="acme-state", access_logs=AccessLogs())
    app.synth()

    written = (Path(app.outdir) / "stacks" / "auth" / "cdk.tf.json").read_text(encoding="utf-8")
    assert str(Path(app.outdir).parent) not in written
