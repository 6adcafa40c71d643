"""A bucket for Terraform states, in a stack that also keeps its own state there."""

import sys

from constructs_auth import (
    AccessLogs,
    AuthApp,
    AuthStack,
    LocalBackend,
    S3Backend,
    StateAccess,
    StateAccessPolicy,
    StateBucket,
)

BUCKET = "acme-terraform-state"
REGION = "eu-west-1"
KEY = "state/terraform.tfstate"

# The KMS key is not known before Terraform creates it: pass it to
# `terraform init -backend-config=…`, from the output `state_tfbackend`.
IN_THE_BUCKET = S3Backend(bucket=BUCKET, key=KEY, region=REGION)


def define(app: AuthApp, backend: S3Backend | LocalBackend = IN_THE_BUCKET) -> AuthStack:
    """Define the stack `state` in *app*."""
    stack = AuthStack(app, "state", region=REGION, backend=backend, tags={"team": "platform"})
    bucket = StateBucket(stack, "states", bucket=BUCKET, access_logs=AccessLogs())
    bucket.add_outputs(key=KEY)

    # For the roles of the pipelines: a pull request may plan, the main branch may apply.
    auth = ["prod/auth.tfstate"]
    StateAccessPolicy(stack, "auth-plan", state_bucket=bucket, keys=auth, access=StateAccess.PLAN)
    StateAccessPolicy(stack, "auth-apply", state_bucket=bucket, keys=auth, access=StateAccess.APPLY)
    return stack


if __name__ == "__main__":
    # Before the bucket exists, run `python main.py local`.
    auth_app = AuthApp()
    define(auth_app, LocalBackend() if "local" in sys.argv[1:] else IN_THE_BUCKET)
    auth_app.synth()
