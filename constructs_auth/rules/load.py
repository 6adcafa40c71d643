"""Reads the input of `check`: Terraform in HCL or JSON, a plan, or a state."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.in_place import read_comments
from constructs_auth.rules.synthesized import Synthesized, joined, read_synthesized
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.counterpart import (
    secrets_of,
    secrets_of_configuration,
    with_hidden_keys,
)
from constructs_auth.terraform.hcl.folder import has_hcl, read_hcl_folder
from constructs_auth.terraform.hcl.written import UnreadModule
from constructs_auth.terraform.json_files import read_written
from constructs_auth.terraform.json_text import parse, read_standard_input
from constructs_auth.terraform.module_files import HCL, JSON, LeftOut, module_files
from constructs_auth.terraform.plan_json import is_plan, read_plan
from constructs_auth.terraform.sensitive import Copies
from constructs_auth.terraform.state_json import is_state, read_state
from constructs_auth.terraform.terraform_json import read_document, read_folder, read_one

STANDARD_INPUT = "-"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The input that was read.

    Attributes:
        configuration: The resources.
        synthesized: The settings of the synthesized stack.
        accepted: The findings that the input accepts.
        files: How many files were read, if they are the text of a folder.
        unread: The modules that were not read.
        broken: Why a file could not be read, one line for each.
        left_out: The files that OpenTofu does not read.
        shown: The files whose findings are asked for; all of them if there are none.
        secrets: What is secret in the whole input, to find its copies.
    """

    configuration: Configuration
    synthesized: Synthesized
    secrets: frozenset[str] = field(repr=False)
    accepted: tuple[Accepted, ...] = ()
    files: int = 0
    unread: tuple[UnreadModule, ...] = ()
    broken: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    shown: frozenset[str] = frozenset()


def load_all(paths: Sequence[str], *, var_files: Sequence[Path] = ()) -> Iterator[Loaded]:
    """Read *paths*; files of one folder of HCL are read once, with all other files of the folder.

    Raises:
        UnreadableError: As `load`.
    """
    folders: dict[Path, list[str]] = {}
    for path in paths:
        folders.setdefault(_folder_of(path) or Path(path), []).append(path)
    for folder, named in folders.items():
        if any(_folder_of(path) for path in named):
            is_whole = str(folder) in named or any(Path(path).is_dir() for path in named)
            shown = frozenset() if is_whole else frozenset(str(Path(path)) for path in named)
            yield _load_hcl(folder, var_files, shown)
        else:
            yield load(named[0], var_files=var_files)


def load(path: str, *, var_files: Sequence[Path] = ()) -> Loaded:
    """Read *path*: a file, a folder, or `-` for standard input.

    Raises:
        UnreadableError: It does not exist, or is neither Terraform nor a plan nor a state.
    """
    try:
        return _load(path, var_files)
    except RecursionError:
        raise UnreadableError(
            path, "is nested too deeply", remedy="give Terraform JSON or a plan"
        ) from None


def _folder_of(path: str) -> Path | None:
    """Return the folder of a Terraform file that is HCL, or has HCL files beside it."""
    found = Path(path)
    if path == STANDARD_INPUT or not found.is_file():
        return None
    if found.name.endswith(HCL) or (found.name.endswith(JSON) and has_hcl(found.parent)):
        return found.parent
    return None


def _load(path: str, var_files: Sequence[Path]) -> Loaded:
    if path == STANDARD_INPUT:
        return _from_standard_input()
    found = Path(path)
    if found.is_dir():
        if has_hcl(found):
            return _load_hcl(found, var_files, frozenset())
        files = module_files(found, JSON)
        if not files.paths:
            raise UnreadableError(
                path,
                "contains no *.tf and no *.tf.json file",
                remedy="name the folder of a root module",
            )
        synthesized = read_synthesized(found)
        read = _written(synthesized.named(read_folder(found)), synthesized)
        return replace(read, left_out=files.left_out)
    if folder := _folder_of(path):
        return _load_hcl(folder, var_files, frozenset({str(found)}))
    refuse_binary_plan(found)
    written = read_written(found)
    evaluated = read_evaluated(written.document, path)
    if evaluated is not None:
        return evaluated
    synthesized = read_synthesized(found.parent)
    return _written(synthesized.named(read_one(written)), synthesized)


def _written(configuration: Configuration, synthesized: Synthesized) -> Loaded:
    return Loaded(
        configuration=configuration,
        synthesized=synthesized,
        accepted=synthesized.accepted,
        secrets=secrets_of_configuration(configuration),
    )


def _load_hcl(folder: Path, var_files: Sequence[Path], shown: frozenset[str]) -> Loaded:
    read = read_hcl_folder(folder, var_files=var_files)
    synthesized = read_synthesized(folder)
    accepted, wrong = read_comments(read.comments)
    written = _written(synthesized.named(read.configuration), synthesized)
    return replace(
        written,
        secrets=written.secrets | read.secrets,
        accepted=joined(accepted, synthesized.accepted),
        files=len(read.files),
        unread=read.unread,
        broken=(*read.broken, *wrong),
        left_out=read.left_out,
        shown=shown,
    )


def refuse_binary_plan(path: Path) -> None:
    """Check that *path* is not what `terraform plan -out` writes.

    Raises:
        UnreadableError: It is.
    """
    start = b""
    if not path.is_file():  # a pipe can be read only once
        return
    with suppress(OSError), path.open("rb") as file:
        start = file.read(len(_ZIP))
    if start == _ZIP:
        raise UnreadableError(
            str(path),
            "is a plan that only Terraform can read",
            remedy=f"give it as JSON: `terraform show -json {path.name} > plan.json`",
        )


def _from_standard_input() -> Loaded:
    name = "standard input"
    remedy = "pipe Terraform JSON or a plan into it"
    document = parse(read_standard_input(), name, remedy=remedy)
    if not isinstance(document, dict):
        raise UnreadableError(name, "must contain an object", remedy=remedy)
    evaluated = read_evaluated(document, name)
    return (
        _written(read_document(document, file=name), Synthesized())
        if evaluated is None
        else evaluated
    )


def read_evaluated(document: Mapping[str, Any], file: str) -> Loaded | None:
    """Read a plan or a state; return `None` if *document* is neither.

    Raises:
        UnreadableError: It has another version or shape.
    """
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
