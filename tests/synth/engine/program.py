"""A user's program: a pool, a client and a bucket. It prints what its start took."""
# ruff: noqa: E402 (the order of its imports is what is tested)

import errno
import json
import os
import signal
import site
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

if "START_HOOK" in os.environ:
    site.addsitedir(os.environ["START_HOOK"])

if "IMPORT_BINDINGS_FIRST" in os.environ:
    import cdktf_cdktf_provider_aws.provider

if not {"DISK_IS_FULL", "KILLED_WHILE_MAKING"}.isdisjoint(os.environ):
    sys.executable = ""  # then no other process makes it

if "DISK_IS_FULL" in os.environ:

    def no_space_left(**_: object) -> NoReturn:
        """Refuse the first file that is written for the derived assembly."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    tempfile.__dict__["TemporaryFile"] = no_space_left

if "KILLED_WHILE_MAKING" in os.environ:
    tempfile.__dict__["TemporaryFile"] = lambda **_: os.kill(os.getpid(), signal.SIGKILL)

from constructs_auth.engine import (
    App,
    AwsProvider,
    CognitoUserPool,
    CognitoUserPoolClient,
    TerraformStack,
)

imported_by_us = sum(name.startswith("cdktf_cdktf_provider_aws.") for name in sys.modules)

import cdktf_cdktf_provider_aws as aws
import cdktf_cdktf_provider_aws.provider
from cdktf_cdktf_provider_aws import s3_bucket
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

app = App(outdir=os.environ["OUTDIR"])
stack = TerraformStack(app, "auth")
AwsProvider(stack, "aws", region="eu-west-1")
pool = CognitoUserPool(stack, "users", name="users", mfa_configuration="OFF")
CognitoUserPoolClient(stack, "web", name="web", user_pool_id=pool.id)
S3Bucket(stack, "files", bucket="files")
app.synth()

(kernel,) = Path(tempfile.gettempdir()).glob("jsii-kernel-*/node_modules/@cdktf/provider-aws")
facts = {
    "imported_by_us": imported_by_us,
    "shipped_assembly": (kernel / "lib/index.d.ts").exists(),
    "one_module": aws.s3_bucket is s3_bucket and S3Bucket is s3_bucket.S3Bucket,
    "provider": cdktf_cdktf_provider_aws.provider.AwsProvider is AwsProvider,
}
sys.stdout.write(json.dumps(facts))
