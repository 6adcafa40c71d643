"""The command `constructs-auth app-config`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import json_of
from constructs_auth.report.exit_codes import DONE
from constructs_auth.report.output import ONLY_FOR_THE_OWNER, tell_written, write_file
from constructs_auth.terraform.json_text import parse, read_standard_input

_INPUT = "standard input"
_REMEDY = "pipe `terraform output -json` into it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of an output.

    Attributes:
        python: The class of the program that writes it.
        file: The usual name of the file.
        is_json: Whether it is a JSON object; else it is text.
        fits: Whether a value has the format: a JSON object, or the text.
    """

    python: str
    file: str
    is_json: bool
    fits: Callable[[Any], bool] = field(repr=False)


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda value: set(keys) <= value.keys()


def _begins(start: str) -> Callable[[Any], bool]:
    return lambda value: value.startswith(start)


FORMATS: Mapping[str, Format] = {
    "amplify-outputs": Format(
        python="AmplifyOutputs",
        file="amplify_outputs.json",
        is_json=True,
        fits=_has("version", "auth"),
    ),
    "amplify-gen1": Format(
        python="AmplifyGen1",
        file="amplifyconfiguration.json",
        is_json=True,
        fits=_has("aws_project_region", "aws_user_pools_id"),
    ),
    "oidc-client": Format(
        python="OidcClient", file="oidc.json", is_json=True, fits=_has("authority", "client_id")
    ),
    "auth-js": Format(
        python="AuthJs", file=".env", is_json=False, fits=_begins("AUTH_COGNITO_ID=")
    ),
    "spring-properties": Format(
        python="SpringProperties",
        file="application.properties",
        is_json=False,
        fits=_begins("spring.security.oauth2."),
    ),
    "plain-json": Format(
        python="PlainJson",
        file="auth.json",
        is_json=True,
        fits=_has("issuer", "jwks_url", "user_pool_client_id"),
    ),
}
"""The formats of `AppConfiguration`, by their names on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Output:
    """An output of Terraform that has the format."""

    text: str = field(repr=False)
    is_sensitive: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `app-config`."""
    listed = ", ".join(f"{name} ({one.file})" for name, one in FORMATS.items())
    parser.add_argument(
        "--format",
        required=True,
        choices=tuple(FORMATS),
        metavar="FORMAT",
        help=f"the format of the file: {listed}",
    )
    parser.add_argument(
        "--name",
        default="",
        metavar="OUTPUT",
        help="the name of the output, if several have the format",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="the file to write (default: standard output)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the configuration, and return the exit code.

    Raises:
        UnreadableError: The input is not `terraform output -json`, has no output of the format or
            several, or has a secret that would be printed.
    """
    chosen = FORMATS[arguments.format]
    found = dict(_outputs(_document(), chosen))
    name = _chosen(found, arguments.name, arguments.format, chosen)
    file: Path | None = arguments.output
    if file is None:
        if found[name].is_sensitive:
            raise UnreadableError(
                f"output {name}",
                "contains a secret and must not be printed",
                remedy="write it to a file with --output",
            )
        sys.stdout.write(found[name].text)
        return DONE
    if found[name].is_sensitive:
        write_file(file, found[name].text, mode=ONLY_FOR_THE_OWNER)
    else:
        write_file(file, found[name].text)
    tell_written(f"{file}: {arguments.format}, of the output {name}")
    return DONE


def _document() -> Mapping[str, Any]:
    document = parse(read_standard_input(), _INPUT, remedy=_REMEDY)
    entries = document.values() if isinstance(document, dict) else ()
    if not isinstance(document, dict) or not all(
        isinstance(one, dict) and {"value", "sensitive"} <= one.keys() for one in entries
    ):
        raise UnreadableError(_INPUT, "must be the outputs of Terraform as JSON", remedy=_REMEDY)
    return document


def _outputs(document: Mapping[str, Any], chosen: Format) -> Iterator[tuple[str, _Output]]:
    """Walk through the outputs that have the format, by name."""
    for name, entry in document.items():
        value = entry["value"]
        if not isinstance(value, str):
            continue
        is_sensitive = entry["sensitive"] is not False
        if not chosen.is_json:
            if chosen.fits(value):
                yield name, _Output(text=value, is_sensitive=is_sensitive)
            continue
        try:
            inner = json.loads(value)
        except (ValueError, RecursionError):
            continue
        if isinstance(inner, dict) and chosen.fits(inner):
            yield name, _Output(text=json_of(inner), is_sensitive=is_sensitive)


def _chosen(found: Mapping[str, _Output], name: str, wanted: str, chosen: Format) -> str:
    """Return the name of the only output, or of the requested one."""
    if name in found:
        return name
    program = f"AppConfiguration(…, format={chosen.python}())"
    if name or not found:
        what = f"output {name}" if name else _INPUT
        listed = f", got {', '.join(found)}" if found else ""
        raise UnreadableError(
            what,
            f"must be an output in the format {wanted}{listed}"
            if name
            else f"must contain an output in the format {wanted}",
            remedy=f"add {program} to the program, and apply it",
        )
    if len(found) > 1:
        raise UnreadableError(
            _INPUT,
            f"must contain one output in the format {wanted}, got {', '.join(found)}",
            remedy="name one with --name",
        )
    return next(iter(found))
