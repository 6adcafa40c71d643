"""Finds the AWS provider for Terraform on a machine that may have no provider registry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MIRROR_VARIABLE = "CONSTRUCTS_AUTH_TERRAFORM_MIRROR"
"""Names a folder that holds `registry.terraform.io/hashicorp/aws`."""

ADD_ON_FOLDER = Path("/opt")
"""Where the Filesystem Hierarchy Standard puts add-on software; its sub-folders may be mirrors."""

OFFLINE: Mapping[str, object] = {
    "access_key": "none",
    "secret_key": "none",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}
"""Arguments of the AWS provider for a plan that calls nobody."""

_PROVIDER = Path("registry.terraform.io/hashicorp/aws")


class ProviderOrigin(StrEnum):
    """Who says where the AWS provider comes from."""

    CLI_CONFIGURATION = "Terraform's CLI configuration"
    ENVIRONMENT = MIRROR_VARIABLE
    MIRROR = "a filesystem mirror"
    REGISTRY = "the provider registry"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLocation:
    """Where Terraform gets the AWS provider from.

    Attributes:
        origin: Who says so.
        cli_configuration: The user's own CLI configuration file, where there is one.
        mirror: The filesystem mirror to use; None where Terraform finds the provider by itself.
    """

    origin: ProviderOrigin
    cli_configuration: Path | None = None
    mirror: Path | None = None


class NoSuchMirrorError(Exception):
    """The folder named by the environment holds no AWS provider."""


def find_provider(
    environment: Mapping[str, str],
    *,
    project: Path,
    home: Path,
    add_ons: Path = ADD_ON_FOLDER,
) -> ProviderLocation:
    """Finds the AWS provider: CLI configuration, environment, mirror, registry, in this order.

    Args:
        environment: The environment variables.
        project: The folder where a user would run Terraform; it may hold `terraform.d/plugins`.
        home: The user's home folder.
        add_ons: A folder whose sub-folders may be mirrors.

    Raises:
        NoSuchMirrorError: If the environment names a folder without the provider.
    """
    configuration = cli_configuration(environment, home)
    if configuration is not None and says_where_providers_are(configuration):
        return ProviderLocation(
            origin=ProviderOrigin.CLI_CONFIGURATION, cli_configuration=configuration
        )
    named = named_mirror(environment)
    if named is not None:
        return ProviderLocation(origin=ProviderOrigin.ENVIRONMENT, mirror=named)
    mirror = first_mirror([*implied_mirrors(environment, project, home), *folders_of(add_ons)])
    if mirror is not None:
        return ProviderLocation(origin=ProviderOrigin.MIRROR, mirror=mirror)
    return ProviderLocation(origin=ProviderOrigin.REGISTRY, cli_configuration=configuration)


def cli_configuration(environment: Mapping[str, str], home: Path) -> Path | None:
    """The user's CLI configuration file; None where the file is missing.

    https://developer.hashicorp.com/terraform/cli/config/config-file#locations
    """
    named = environment.get("TF_CLI_CONFIG_FILE")
    if named and Path(named).is_file():
        return Path(named)
    usual = home / ".terraformrc"
    return usual if usual.is_file() else None


def says_where_providers_are(configuration: Path) -> bool:
    """Whether a CLI configuration file has a `provider_installation` block."""
    lines = configuration.read_text(encoding="utf-8").splitlines()
    return any(line.split("{")[0].split() == ["provider_installation"] for line in lines)


def named_mirror(environment: Mapping[str, str]) -> Path | None:
    """The mirror that the environment names; None where it names none.

    Raises:
        NoSuchMirrorError: If that folder does not hold the AWS provider.
    """
    named = environment.get(MIRROR_VARIABLE)
    if not named:
        return None
    if not holds_provider(Path(named)):
        raise NoSuchMirrorError(
            f"{MIRROR_VARIABLE}: must name a folder that holds {_PROVIDER.as_posix()}, "
            f"got {named}; make one with `terraform providers mirror <folder>`"
        )
    return Path(named).absolute()


def implied_mirrors(environment: Mapping[str, str], project: Path, home: Path) -> tuple[Path, ...]:
    """The folders where Terraform looks for a mirror by itself, best first.

    https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
    """
    user_data = environment.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared_data = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return (
        project / "terraform.d/plugins",
        home / ".terraform.d/plugins",
        home / "Library/Application Support/io.terraform/plugins",
        Path("/Library/Application Support/io.terraform/plugins"),
        *(Path(data) / "terraform/plugins" for data in [user_data, *shared_data.split(":")]),
    )


def folders_of(folder: Path) -> Iterator[Path]:
    """The sub-folders of a folder, by name."""
    return iter(sorted(folder.glob("*/")))


def first_mirror(folders: Iterable[Path]) -> Path | None:
    """The first folder that holds the AWS provider."""
    return next((folder for folder in folders if holds_provider(folder)), None)


def holds_provider(folder: Path) -> bool:
    """Whether a folder is a filesystem mirror of the AWS provider."""
    return (folder / _PROVIDER).is_dir()


def mirror_configuration(mirror: Path) -> str:
    """The text of a CLI configuration file that takes the AWS provider from a mirror."""
    path = str(mirror).replace("\\", "\\\\").replace('"', '\\"')
    provider = _PROVIDER.as_posix()
    return f"""\
provider_installation {{
  filesystem_mirror {{
    path    = "{path}"
    include = ["{provider}"]
  }}
  direct {{
    exclude = ["{provider}"]
  }}
}}
"""
