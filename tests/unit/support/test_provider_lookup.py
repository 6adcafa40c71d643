"""Terraform and its AWS provider are found in a fixed order, on machines of all kinds."""

import re
from pathlib import Path

import pytest

from tests.support import provider
from tests.support.provider import NoSuchMirrorError, ProviderLocation, ProviderOrigin

_INSTALLATION = """\
plugin_cache_dir = "/somewhere"

provider_installation {
  direct {}
}
"""


class Machine:
    """A machine with an empty home, project and add-on folder, and no environment."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.project = folder / "project"
        self.add_ons = folder / "add-ons"
        for made in (self.home, self.project, self.add_ons):
            made.mkdir()
        self.environment = {
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_DATA_DIRS": f"{folder / 'shared-1'}:{folder / 'shared-2'}",
        }

    def find(self) -> ProviderLocation:
        """Finds the provider on this machine."""
        return provider.find_provider(
            self.environment, project=self.project, home=self.home, add_ons=self.add_ons
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine where nothing is configured."""
    return Machine(tmp_path)


def mirror(folder: Path) -> Path:
    """Makes a folder a filesystem mirror of the AWS provider."""
    (folder / "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64").mkdir(parents=True)
    return folder


def test_a_bare_machine_asks_the_registry(machine: Machine) -> None:
    """Terraform's own way, where nothing else is found."""
    assert machine.find() == ProviderLocation(origin=ProviderOrigin.REGISTRY)


def test_a_cli_configuration_that_says_where_providers_are_comes_first(machine: Machine) -> None:
    """It is left alone, whatever else there is."""
    configuration = machine.home / ".terraformrc"
    configuration.write_text(_INSTALLATION, encoding="utf-8")
    machine.environment[provider.MIRROR_VARIABLE] = str(mirror(machine.add_ons / "a"))
    assert machine.find() == ProviderLocation(
        origin=ProviderOrigin.CLI_CONFIGURATION, cli_configuration=configuration
    )


def test_the_environment_names_the_cli_configuration(machine: Machine, tmp_path: Path) -> None:
    """As for Terraform itself."""
    configuration = tmp_path / "named.tfrc"
    configuration.write_text(_INSTALLATION, encoding="utf-8")
    machine.environment["TF_CLI_CONFIG_FILE"] = str(configuration)
    assert machine.find() == ProviderLocation(
        origin=ProviderOrigin.CLI_CONFIGURATION, cli_configuration=configuration
    )


def test_a_cli_configuration_that_is_missing_says_nothing(machine: Machine, tmp_path: Path) -> None:
    """Terraform would only warn."""
    machine.environment["TF_CLI_CONFIG_FILE"] = str(tmp_path / "missing.tfrc")
    assert machine.find() == ProviderLocation(origin=ProviderOrigin.REGISTRY)


def test_a_cli_configuration_without_an_installation_goes_with_the_registry(
    machine: Machine,
) -> None:
    """Its other settings, as a cache, still count."""
    configuration = machine.home / ".terraformrc"
    configuration.write_text('plugin_cache_dir = "/somewhere"\n', encoding="utf-8")
    assert machine.find() == ProviderLocation(
        origin=ProviderOrigin.REGISTRY, cli_configuration=configuration
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("provider_installation {\n}\n", True),
        ("provider_installation{}\n", True),
        ("  provider_installation  {", True),
        ("# provider_installation {\n", False),
        ("", False),
    ],
)
def test_reads_whether_a_configuration_says_where_providers_are(
    tmp_path: Path, text: str, *, says: bool
) -> None:
    """Blocks count, comments do not."""
    configuration = tmp_path / "terraform.rc"
    configuration.write_text(text, encoding="utf-8")
    assert provider.says_where_providers_are(configuration) is says


def test_the_environment_names_a_mirror(machine: Machine, tmp_path: Path) -> None:
    """It comes before the mirrors that are found."""
    named = mirror(tmp_path / "named")
    mirror(machine.add_ons / "a")
    machine.environment[provider.MIRROR_VARIABLE] = str(named)
    assert machine.find() == ProviderLocation(origin=ProviderOrigin.ENVIRONMENT, mirror=named)


def test_refuses_a_named_folder_that_is_no_mirror(machine: Machine, tmp_path: Path) -> None:
    """A misspelt folder must not lead to the registry unnoticed."""
    machine.environment[provider.MIRROR_VARIABLE] = str(tmp_path / "nothing")
    message = (
        "CONSTRUCTS_AUTH_TERRAFORM_MIRROR: must name a folder that holds "
        f"registry.terraform.io/hashicorp/aws, got {tmp_path}/nothing; make one with "
        "`terraform providers mirror <folder>`"
    )
    with pytest.raises(NoSuchMirrorError, match=f"^{re.escape(message)}$"):
        machine.find()


@pytest.mark.parametrize(
    "place",
    [
        "project/terraform.d/plugins",
        "home/.terraform.d/plugins",
        "home/Library/Application Support/io.terraform/plugins",
        "data/terraform/plugins",
        "shared-1/terraform/plugins",
        "shared-2/terraform/plugins",
        "add-ons/any-name",
    ],
)
def test_finds_a_mirror(machine: Machine, tmp_path: Path, place: str) -> None:
    """Where Terraform looks by itself, and in a folder of add-on software."""
    found = mirror(tmp_path / place)
    assert machine.find() == ProviderLocation(origin=ProviderOrigin.MIRROR, mirror=found)


def test_data_folders_have_the_usual_defaults() -> None:
    """As the XDG base directory specification gives them."""
    places = provider.implied_mirrors({}, Path("/project"), Path("/home/jane"))
    assert Path("/home/jane/.local/share/terraform/plugins") in places
    assert Path("/usr/local/share/terraform/plugins") in places
    assert Path("/usr/share/terraform/plugins") in places


def test_terraforms_own_places_come_before_add_ons(machine: Machine) -> None:
    """What Terraform would find by itself is what it gets."""
    mirror(machine.add_ons / "a")
    found = mirror(machine.home / ".terraform.d/plugins")
    assert machine.find().mirror == found


def test_add_ons_are_looked_at_by_name(machine: Machine) -> None:
    """The same folder on every run."""
    mirror(machine.add_ons / "b")
    found = mirror(machine.add_ons / "a")
    (machine.add_ons / "0-empty").mkdir()
    (machine.add_ons / "0-file").touch()
    assert machine.find().mirror == found


def test_writes_a_configuration_for_a_mirror() -> None:
    """The AWS provider comes from the mirror, and nothing else does."""
    assert provider.mirror_configuration(Path('/with "quotes"')) == (
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        '    path    = "/with \\"quotes\\""\n'
        '    include = ["registry.terraform.io/hashicorp/aws"]\n'
        "  }\n"
        "  direct {\n"
        '    exclude = ["registry.terraform.io/hashicorp/aws"]\n'
        "  }\n"
        "}\n"
    )
