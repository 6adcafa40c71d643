"""What the Terraform of a plan says beside the plan; `terraform_source` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from constructs_auth.rules.accepted import Accepted
from constructs_auth.terraform.resource import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class TerraformSource:
    """Facts of the Terraform that a plan lacks.

    Attributes:
        origins: The provenance of each resource, by address without instance keys.
        guarded: The addresses of resources with prevent_destroy, without instance keys.
        perhaps_guarded: The addresses of those whose prevent_destroy is an expression.
        accepted: The findings that the program accepts, of `check` and of change rules.
        profile: The profile of the stack, or `None`.
        provider_version: The version of the AWS provider in the lock file; empty if there is none.
        backend: Where the state is: the kind of the backend, and the arguments that choose the
            state; empty if that is not known.
        providers: The alias and the arguments of the provider of each resource that decide where it
            works, by address without instance keys.
        arguments: The names of the arguments of each resource that are set, `lambda_config` and
            `lambda_config.pre_sign_up`, by address without instance keys.
    """

    origins: Mapping[str, Origin] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    perhaps_guarded: frozenset[str] = frozenset()
    accepted: tuple[Accepted, ...] = ()
    profile: str | None = None
    provider_version: str = ""
    backend: Mapping[str, str] = field(default_factory=dict)
    providers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    arguments: Mapping[str, frozenset[str]] = field(default_factory=dict)
