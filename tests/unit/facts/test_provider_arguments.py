"""What decides where the AWS provider works, compared with the provider and with botocore."""

import json
import re
from importlib.metadata import files
from importlib.resources import files as resources

from constructs_auth.facts.provider_arguments import (
    AWS_HOSTS,
    ENDPOINTS,
    TARGET_ARGUMENTS,
    TARGET_BLOCKS,
)

_NO_TARGET = {
    "access_key",
    "alias",
    "default_tags",
    "ec2_metadata_service_endpoint_mode",
    "ignore_tags",
    "max_retries",
    "no_proxy",
    "retry_mode",
    "s3_use_path_style",
    "s3_us_east1_regional_endpoint",
    "secret_key",
    "skip_credentials_validation",
    "skip_metadata_api_check",
    "skip_region_validation",
    "skip_requesting_account_id",
    "tag_policy_compliance",
    "token",
    "token_bucket_rate_limiter_capacity",
}
"""How it works, and secrets; not where."""


def test_each_argument_of_the_provider_is_a_target_or_known_to_be_none() -> None:
    """By the bindings, without importing them."""
    found = [
        one
        for one in files("cdktf-cdktf-provider-aws") or ()
        if one.parts[1:] == ("provider", "__init__.py")
    ]
    text = found[0].read_text(encoding="utf-8")
    signature = re.search(r"class AwsProvider\(.*?def __init__\((.*?)\) -> None:", text, re.DOTALL)
    assert signature is not None
    arguments = set(re.findall(r"^        (\w+): ", signature[1], re.MULTILINE)) - {"id", "scope"}
    arguments = {re.sub(r"^id_$", "id", one) for one in arguments} - {"scope_", "id"}
    assert arguments == {*TARGET_ARGUMENTS, *TARGET_BLOCKS, ENDPOINTS, *_NO_TARGET}


def test_the_hosts_of_aws_are_those_of_its_partitions() -> None:
    text = (resources("botocore") / "data" / "partitions.json").read_text(encoding="utf-8")
    outputs = [one["outputs"] for one in json.loads(text)["partitions"]]
    suffixes = {one[name] for one in outputs for name in ("dnsSuffix", "dualStackDnsSuffix")}
    assert suffixes == set(AWS_HOSTS)
