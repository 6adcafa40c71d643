"""A resource for the rules: its address, its values and its references."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from constructs_auth.terraform.block import Block
from constructs_auth.terraform.hcl.written import place_of


class Elsewhere(StrEnum):
    """The reasons why the target of a reference is not a resource of the configuration."""

    OUTSIDE = "outside"
    """A data source, or a variable of the root module: another state owns it."""
    UNKNOWN = "unknown"
    """Only Terraform knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A managed resource that an argument references.

    Attributes:
        address: Its address without the keys of instances: `module.auth.aws_cognito_user_pool.a`.
        key: Its literal `for_each` key or `count` index, or `None`.
        module: The instance of the module that it is in, if that is literal.
    """

    address: str
    key: str | None = None
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a resource is defined.

    Attributes:
        file: The file, or empty if there is none.
        line: The line in *file*, from 1; 0 if it is not known.
        construct_path: The path of the construct that CDKTF records: `auth/users`.
        source: The line of the program that creates the construct: `main.py:42`.
    """

    file: str = ""
    line: int = 0
    construct_path: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resource:
    """A managed resource; resources are compared by identity.

    Attributes:
        address: `module.auth["a"].aws_cognito_user_pool.users["x"]`.
        type: `aws_cognito_user_pool`.
        static_address: *address* without the keys of instances.
        module: The module's instance, empty for the root.
        key: The `for_each` key or `count` index as a text, or `None`.
        perhaps_in: The module around it that may have no instance; empty if there is none.
        body: Its arguments.
        references: The references of each argument; a plain value has none.
        depends_on: The explicit dependencies, as in the configuration.
        provider: The arguments of the provider configuration that manages it, such as its region;
            `None` if there is none, or if it is not known.
        provider_key: The key of that configuration in a plan: `aws.west`; empty if not known.
        exists: Whether it exists already, so that its values are those that the provider read.
        prevent_destroy: Whether Terraform refuses to destroy it; `None` in a plan, and if an
            expression decides it.
        ignore_changes: The arguments whose changes Terraform ignores; empty in a plan.
        is_imported: Whether an `import` block of the Terraform JSON takes it over.
        origin: Where it is defined.
    """

    address: str
    type: str
    static_address: str
    module: str = ""
    key: str | None = None
    perhaps_in: str = ""
    body: Block = field(repr=False)
    references: Mapping[str, tuple[Reference | Elsewhere, ...]] = field(
        default_factory=dict, repr=False
    )
    depends_on: tuple[str, ...] = field(default=(), repr=False)
    provider: Block | None = field(default=None, repr=False)
    provider_key: str = field(default="", repr=False)
    exists: bool = field(default=False, repr=False)
    prevent_destroy: bool | None = field(default=None, repr=False)
    ignore_changes: tuple[str, ...] = field(default=(), repr=False)
    is_imported: bool = field(default=False, repr=False)
    origin: Origin = field(default=Origin(), repr=False)

    def origin_of(self, argument: str) -> Origin:
        """Return where *argument*, such as `password_policy[0].minimum_length`, is defined.

        It is the nearest block around it whose place is known.
        """
        file, line = place_of(self.body.values, argument) or (self.origin.file, self.origin.line)
        return replace(self.origin, file=file, line=line)
