"""Import every submodule of the bindings, and have the kernel resolve a type of one in twenty."""
# ruff: noqa: E402, I001 (the order of its imports is what is tested)

import gc
import importlib
import json
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

gc.disable()  # nothing here is thrown away

from constructs_auth.engine import App, AwsProvider, TerraformStack

import cdktf_cdktf_provider_aws as aws
from cdktf_cdktf_provider_aws import (
    cloudwatch_log_group,
    dynamodb_table,
    iam_role,
    lambda_function,
    route53_zone,
    sqs_queue,
)

names = [module.name for module in pkgutil.iter_modules(aws.__path__) if module.name != "_jsii"]
assert {*names} <= {*dir(aws)}
modules = {name: importlib.import_module(f"{aws.__name__}.{name}") for name in names}


def terraform_type(module: ModuleType) -> str:
    """Ask the kernel for the type that a submodule's construct has in Terraform."""
    members = (item for item in vars(module).values() if hasattr(item, "TF_RESOURCE_TYPE"))
    (construct,) = (item for item in members if item.__module__ == module.__name__)
    return str(construct.TF_RESOURCE_TYPE)


app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "all")
AwsProvider(stack, "aws", region="eu-west-1")
cloudwatch_log_group.CloudwatchLogGroup(stack, "log", name="log")
dynamodb_table.DynamodbTable(stack, "table", name="table", hash_key="id")
iam_role.IamRole(stack, "role", name="role", assume_role_policy="{}")
lambda_function.LambdaFunction(stack, "function", function_name="function", role="role")
route53_zone.Route53Zone(stack, "zone", name="example.com")
sqs_queue.SqsQueue(stack, "queue", name="queue")
app.synth()
terraform = json.loads(Path(app.outdir, "stacks/all/cdk.tf.json").read_text(encoding="utf-8"))
facts = {
    "modules": sorted(modules),
    "some_types": {name: terraform_type(modules[name]) for name in sorted(modules)[::20]},
    "resources": sorted(terraform["resource"]),
}
sys.stdout.write(json.dumps(facts))
gc.freeze()
