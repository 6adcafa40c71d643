"""A resource as the rules see it: where it is, what it says, and whom it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from constructs_auth.terraform.block import Block


class Elsewhere(StrEnum):
    """Where the object of a reference is that is not a resource of the configuration."""

    OUTSIDE = "outside"
    """A data source, or a variable of the root module: another state owns it."""
    UNKNOWN = "unknown"
    """Only Terraform can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A managed resource that an argument names.

    Attributes:
        address: Its address without the keys of instances: `module.auth.aws_cognito_user_pool.a`.
        key: Its `for_each` key or `count` index where that is written out, else `None`.
        module: The instance of the module that it is in, where that is written out.
    """

    address: str
    key: str | None = None
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a resource was written.

    Attributes:
        file: The file, or empty where there is none.
        line: The line in *file*, from 1; 0 where it is not known.
        construct_path: The path of the construct that CDKTF writes down: `auth/users`.
        source: The line of the program that made the construct: `main.py:42`.
    """

    file: str = ""
    line: int = 0
    construct_path: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resource:
    """A managed resource; two are the same only if they are one object.

    Attributes:
        address: `module.auth["a"].aws_cognito_user_pool.users["x"]`.
        type: `aws_cognito_user_pool`.
        static_address: *address* without the keys of instances.
        module: The module's instance, empty for the root.
        key: The `for_each` key or `count` index as a text, or `None`.
        body: Its arguments.
        references: For an argument, what it names; nothing for a plain value.
        depends_on: What must be there before, as it was written.
        prevent_destroy: Whether Terraform refuses to destroy it; not in a plan.
        origin: Where it was written.
    """

    address: str
    type: str
    static_address: str
    module: str = ""
    key: str | None = None
    body: Block = field(repr=False)
    references: Mapping[str, tuple[Reference | Elsewhere, ...]] = field(
        default_factory=dict, repr=False
    )
    depends_on: tuple[str, ...] = field(default=(), repr=False)
    prevent_destroy: bool | None = field(default=None, repr=False)
    origin: Origin = field(default=Origin(), repr=False)
