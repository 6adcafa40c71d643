"""Reads the input of `check`: Terraform JSON, a folder of it, a plan, or a state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.report.output import read_standard_input
from constructs_auth.rules.synthesized import Synthesized, read_synthesized
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.counterpart import (
    secrets_of,
    secrets_of_configuration,
    with_hidden_keys,
)
from constructs_auth.terraform.json_files import read_written
from constructs_auth.terraform.json_text import parse
from constructs_auth.terraform.plan_json import is_plan, read_plan
from constructs_auth.terraform.sensitive import Copies
from constructs_auth.terraform.state_json import is_state, read_state
from constructs_auth.terraform.terraform_json import read_document, read_folder, read_one

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The input that was read.

    Attributes:
        configuration: The resources.
        synthesized: The settings of the synthesized stack.
        secrets: What is secret in the whole input, to find its copies.
    """

    configuration: Configuration
    synthesized: Synthesized
    secrets: frozenset[str] = field(repr=False)


def load(path: str) -> Loaded:
    """Read *path*: a file, a folder, or `-` for standard input.

    Raises:
        UnreadableError: It does not exist, or is neither Terraform JSON nor a plan nor a state.
    """
    try:
        return _load(path)
    except RecursionError:
        raise UnreadableError(
            path, "is nested too deeply", remedy="give Terraform JSON or a plan"
        ) from None


def _load(path: str) -> Loaded:
    if path == STANDARD_INPUT:
        return _from_standard_input()
    found = Path(path)
    if found.is_dir():
        _refuse_other_files(found)
        synthesized = read_synthesized(found)
        configuration = read_folder(found)
    else:
        written = read_written(found)
        evaluated = _read_evaluated(written.document, path)
        if evaluated is not None:
            return evaluated
        configuration = read_one(written)
        synthesized = read_synthesized(found.parent)
    return _written(synthesized.named(configuration), synthesized)


def _written(configuration: Configuration, synthesized: Synthesized) -> Loaded:
    return Loaded(
        configuration=configuration,
        synthesized=synthesized,
        secrets=secrets_of_configuration(configuration),
    )


def _refuse_other_files(folder: Path) -> None:
    """Check that Terraform reads nothing in *folder* that is not judged."""
    others = sorted(file.name for file in folder.glob("*.tf"))
    if others and any(folder.glob("*.tf.json")):
        raise UnreadableError(
            str(folder),
            f"contains files that check cannot read beside its Terraform JSON: {', '.join(others)}",
            remedy="give a plan: `terraform plan -out plan`, then `terraform show -json plan > "
            "plan.json`",
        )


def _from_standard_input() -> Loaded:
    name = "standard input"
    remedy = "pipe Terraform JSON or a plan into it"
    document = parse(read_standard_input(), name, remedy=remedy)
    if not isinstance(document, dict):
        raise UnreadableError(name, "must contain an object", remedy=remedy)
    evaluated = _read_evaluated(document, name)
    return (
        _written(read_document(document, file=name), Synthesized())
        if evaluated is None
        else evaluated
    )


def _read_evaluated(document: Mapping[str, Any], file: str) -> Loaded | None:
    """Read a plan or a state; return `None` if *document* is neither."""
    if {"encrypted_data", "encryption_version"} <= document.keys():
        raise UnreadableError(
            file,
            "is a state that OpenTofu encrypted",
            remedy="give the output of `tofu show -json` for it",
        )
    reader = read_plan if is_plan(document) else read_state if is_state(document) else None
    if reader is None:
        return None
    secrets = secrets_of(document)
    configuration = reader(with_hidden_keys(document, Copies(secrets)), file=file)
    return Loaded(configuration=configuration, synthesized=Synthesized(), secrets=secrets)
