"""Reads what `check` is given: Terraform JSON, a folder of it, or a plan."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.synthesized import Synthesized, read_synthesized
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.json_files import read_written
from constructs_auth.terraform.plan_json import is_plan, read_plan
from constructs_auth.terraform.terraform_json import read_document, read_folder, read_one

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was read.

    Attributes:
        configuration: The resources.
        synthesized: What the stack says beside them.
    """

    configuration: Configuration
    synthesized: Synthesized


def load(path: str) -> Loaded:
    """Read *path*: a file, a folder, or `-` for standard input.

    Raises:
        UnreadableError: It is not there, or is neither Terraform JSON nor a plan.
    """
    try:
        return _load(path)
    except RecursionError:
        raise UnreadableError(
            path, "is nested too deeply", remedy="name Terraform's JSON or a plan"
        ) from None


def _load(path: str) -> Loaded:
    if path == STANDARD_INPUT:
        return Loaded(configuration=_from_standard_input(), synthesized=Synthesized())
    found = Path(path)
    if found.is_dir():
        synthesized = read_synthesized(found)
        configuration = read_folder(found)
    else:
        written = read_written(found)
        if is_plan(written.document):
            configuration = read_plan(written.document, file=path)
            return Loaded(configuration=configuration, synthesized=Synthesized())
        configuration = read_one(written)
        synthesized = read_synthesized(found.parent)
    return Loaded(configuration=synthesized.named(configuration), synthesized=synthesized)


def _from_standard_input() -> Configuration:
    name = "standard input"
    try:
        document = json.loads(sys.stdin.read())
    except ValueError as error:
        raise UnreadableError(
            name, f"must be JSON, but: {error}", remedy="pipe Terraform's JSON or a plan into it"
        ) from None
    if not isinstance(document, dict):
        raise UnreadableError(
            name, "must hold an object", remedy="pipe Terraform's JSON or a plan into it"
        )
    return (
        read_plan(document, file=name) if is_plan(document) else read_document(document, file=name)
    )
