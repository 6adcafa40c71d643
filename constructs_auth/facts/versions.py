"""The required versions of Terraform, OpenTofu and the AWS provider, and where both find it."""

from dataclasses import dataclass
from types import MappingProxyType

from constructs_auth.facts import resource_types as types

TERRAFORM = "1.10.0"
"""The oldest supported Terraform, and the oldest supported OpenTofu: the first of each with
`use_lockfile` for state in S3 (CHANGELOG of both). OpenTofu has its own version numbers, and
compares them with the same `required_version` (opentofu, internal/configs/parser_config.go)."""

WRITE_ONLY = "1.11.0"
"""The first Terraform, and the first OpenTofu, with write-only arguments (CHANGELOG of both)."""

NEXT_TERRAFORM = "2.0.0"

PROVIDER = "5.100.0"
"""The oldest supported AWS provider; users pin the exact version in their lock file."""

NEXT_PROVIDER = "7.0.0"
"""The first AWS provider that this library does not support."""

PROVIDER_OF = MappingProxyType(
    {
        types.LOG_DELIVERY_CONFIGURATION: "6.5.0",
        types.MANAGED_LOGIN_BRANDING: "6.13.0",
    }
)
"""The first AWS provider with a resource type (CHANGELOG of terraform-provider-aws)."""

PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS = "6.9.0"
"""5.100 requires `notify_configuration` in each `account_takeover_risk_configuration`."""

PROVIDER_FOR_WRITE_ONLY_KEYS = "6.69.0"
"""The oldest known to have `aws_acm_certificate.private_key_wo` (terraform-provider-aws #44414; the
bindings of 6.69.1). 6.25 does not have it."""

PROVIDER_FOR_USER_STATUS = "6.69.0"
"""The oldest known to have `aws_identitystore_user.user_status` (terraform-provider-aws #47323; the
bindings of 6.69.1). 6.25 does not have it."""

AMPLIFY_WITH_ROTATION = "6.15.4"
"""The first aws-amplify for JavaScript that takes the new refresh token where Cognito rotates them
(its CHANGELOG; aws-amplify/amplify-js)."""

TERRAFORM_REGISTRY = "registry.terraform.io/"
OPENTOFU_REGISTRY = "registry.opentofu.org/"
"""Where each program finds a provider whose source names no host (opentofu,
internal/addrs/provider.go)."""


def without_registry(provider: str) -> str:
    """Return the address of a provider as its source has it: `hashicorp/aws`.

    A host other than those of the two programs stays.
    """
    return provider.removeprefix(TERRAFORM_REGISTRY).removeprefix(OPENTOFU_REGISTRY)


def short(version: str) -> str:
    """Return *version* in short form: `6.13.0` becomes 6.13."""
    return version.removesuffix(".0")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """The command line of a framework, as npm installs it.

    Attributes:
        package: The npm package.
        version: The version that the tests run.
        node: The oldest Node.js that it runs on.
    """

    package: str
    version: str
    node: str

    @property
    def command(self) -> str:
        """The program that the package installs."""
        return self.package.removesuffix("-cli")


CDKTF_CLI = CommandLine(package="cdktf-cli", version="0.21.0", node="20.9")
"""The last release: CDKTF is archived. With it, Node.js 24 compiles a native module (node-pty),
whose binaries it ships for 20 and 22."""

CDKTN_CLI = CommandLine(package="cdktn-cli", version="0.24.0", node="22.19")
"""`engines` in the `package.json` of cdktn-cli."""
