"""The values of the root module's variables that are not in a block."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.templates import escaped
from constructs_auth.terraform.hcl.syntax import read_hcl_values
from constructs_auth.terraform.hcl.written import Json
from constructs_auth.terraform.json_files import read_written
from constructs_auth.terraform.json_text import parse_text

_ENVIRONMENT: Final = "TF_VAR_"
_LITERAL: Final = frozenset({"", "string", "number", "bool"})


def read_inputs(
    folder: Path, variables: Mapping[str, Mapping[str, Json]], files: Sequence[Path]
) -> dict[str, Json]:
    """Return the values of *variables*, in Terraform's order of precedence.

    Args:
        folder: The folder of the root module, with its `terraform.tfvars` and `*.auto.tfvars`.
        variables: The blocks of the variables, by name.
        files: The files of `--var-file`.

    Raises:
        UnreadableError: A file cannot be read.
    """
    found = dict(_of_environment(variables))
    for file in (*_own_files(folder), *files):
        found.update(_of_file(file))
    return {name: value for name, value in found.items() if name in variables}


def _own_files(folder: Path) -> Iterator[Path]:
    for name in ("terraform.tfvars", "terraform.tfvars.json"):
        if (folder / name).is_file():
            yield folder / name
    automatic = [*folder.glob("*.auto.tfvars"), *folder.glob("*.auto.tfvars.json")]
    yield from sorted(automatic, key=lambda path: path.name)


def _of_file(path: Path) -> Mapping[str, Json]:
    if path.name.endswith(".json"):
        found: Mapping[str, Json] = _literal(read_written(path).document)
        return found
    return read_hcl_values(path)


def _literal(value: Json) -> Json:
    """Return a value of JSON in which `${` is plain text, as in files of variables."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, dict):
        return {name: _literal(item) for name, item in value.items()}
    return [_literal(item) for item in value] if isinstance(value, list) else value


def _of_environment(
    variables: Mapping[str, Mapping[str, Json]],
) -> Iterator[tuple[str, Json]]:
    for name, body in variables.items():
        value = os.environ.get(_ENVIRONMENT + name)
        if value is None:
            continue
        if str(body.get("type") or "").strip() in _LITERAL:
            yield name, escaped(value)
        else:
            yield name, _parsed(name, value)


def _parsed(name: str, value: str) -> Json:
    file = _ENVIRONMENT + name
    with suppress(UnreadableError):
        return _literal(parse_text(value, file, remedy=""))
    found = read_hcl_values(None, text=f"value = {value}\n".encode(), file=file)
    if "value" not in found:
        raise UnreadableError(file, "must be a value in HCL", remedy="write it as Terraform does")
    return found["value"]
