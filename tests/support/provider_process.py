"""Runs the AWS provider once for many Terraform commands, each of which would start its own.

Starting it costs every command about two seconds of processor time, and its schema one and a half.
Terraform documents this way for developers of providers:
https://developer.hashicorp.com/terraform/plugin/debugging.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.provider_proxy import running_proxy

VARIABLE = "TF_REATTACH_PROVIDERS"
"""The environment variable that leads Terraform to a provider that runs already."""

# Ends the provider when its own input ends: so it never outlives the tests, however they end.
_ENDS_WITH_US = '"$0" -debug </dev/null & cat >/dev/null; kill "$!"'


class ProviderError(Exception):
    """The provider did not start."""


def installed_provider(folder: Path) -> Path:
    """Return the program that `terraform init` installed in a working folder."""
    (program,) = folder.glob(".terraform/providers/*/hashicorp/aws/*/*/terraform-provider-aws*")
    return program


@contextmanager
def running_provider(
    program: Path, environment: Mapping[str, str], *, schema: Path
) -> Iterator[dict[str, str]]:
    """Run a provider behind a proxy; gives the environment variable for Terraform.

    Args:
        program: The provider.
        environment: All that it sees, such as the address of an emulator.
        schema: A file that keeps its schema, for all that run it.

    Raises:
        ProviderError: If it does not start.
    """
    with subprocess.Popen(
        ["/bin/sh", "-c", _ENDS_WITH_US, str(program)],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # Ctrl-C must not end it before Terraform has put its state away
    ) as process:
        served = json.loads(_address(process))
        (provider,) = served.values()
        with tempfile.TemporaryDirectory() as folder:  # the path of a socket must be short
            socket = Path(folder) / "proxy"
            with running_proxy(provider["Addr"]["String"], socket, schema):
                provider["Addr"]["String"] = str(socket)
                yield {VARIABLE: json.dumps(served)}


def _address(process: "subprocess.Popen[str]") -> str:
    """Read the address that a provider prints when it serves."""
    for line in process.stdout or ():
        found = re.search(rf"{VARIABLE}='(.*)'", line)
        if found:
            return found[1]
    raise ProviderError("AWS provider: did not start")
