"""Arguments of the AWS provider that select the region, the account, the credentials or the server.

Source: the schema of the provider configuration (5.100.0), and its page "Provider Configuration".
Arguments that contain a secret (`secret_key`, `token`) or an `external_id` are left out.
"""

TARGET_ARGUMENTS = (
    "allowed_account_ids",
    "custom_ca_bundle",
    "ec2_metadata_service_endpoint",
    "forbidden_account_ids",
    "http_proxy",
    "https_proxy",
    "insecure",
    "profile",
    "region",
    "shared_config_files",
    "shared_credentials_files",
    "sts_region",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
)
"""Arguments of the provider itself."""

TARGET_BLOCKS = {
    "assume_role": ("role_arn",),
    "assume_role_with_web_identity": ("role_arn", "web_identity_token_file"),
}
"""Arguments in its blocks; in `endpoints`, each argument is one."""

ENDPOINTS = "endpoints"

AWS_HOSTS = (
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "api.amazonwebservices.com.cn",
    "api.amazonwebservices.eu",
    "api.aws",
    "api.aws.hci.ic.gov",
    "api.aws.ic.gov",
    "api.aws.scloud",
    "api.cloud-aws.adc-e.uk",
    "c2s.ic.gov",
    "cloud.adc-e.uk",
    "csp.hci.ic.gov",
    "sc2s.sgov.gov",
)
"""The suffixes of the hosts of AWS's APIs.

Source: `dnsSuffix` and `dualStackDnsSuffix` of each partition in botocore's `data/partitions.json`.
"""
