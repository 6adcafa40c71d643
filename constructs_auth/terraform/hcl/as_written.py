"""Reads a folder of HCL and JSON without evaluating it: an expression is a text, as in JSON.

The review compares the text before and after. The plan has the values of variables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.hcl.parser import require_extra
from constructs_auth.terraform.hcl.syntax import read_hcl
from constructs_auth.terraform.hcl.written import Comment, HclFile
from constructs_auth.terraform.json_files import (
    JsonFile,
    read_written,
    refuse_irregular,
    refuse_mark,
)
from constructs_auth.terraform.module_files import HCL, is_override, module_files
from constructs_auth.terraform.overrides import with_overrides
from constructs_auth.terraform.terraform_json import read_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFolder:
    """The text of a folder.

    Attributes:
        configuration: The resources; their arguments may be expressions.
        comments: The comments for this program, each with the address of its resource.
    """

    configuration: Configuration
    comments: tuple[Comment, ...]


def read_as_written(folder: Path) -> WrittenFolder:
    """Read the files of *folder*, and the modules that they call by a relative path.

    Raises:
        UnreadableError: A file cannot be read, or there is none.
    """
    require_extra(str(folder))
    comments: dict[str, Sequence[Comment]] = {}

    def files_of(folder: Path, address: str) -> Sequence[JsonFile]:
        files = [_read(path) for path in module_files(folder).paths]
        comments[address] = [
            comment.within(address)
            for file in files
            if isinstance(file, HclFile)
            for comment in file.comments
        ]
        return with_overrides(
            [file for file in files if not is_override(Path(file.file).name)],
            [file for file in files if is_override(Path(file.file).name)],
        )

    configuration = read_folder(folder, files_of)
    return WrittenFolder(
        configuration=configuration,
        comments=tuple(one for found in comments.values() for one in found),
    )


def _read(path: Path) -> JsonFile:
    refuse_irregular(path)
    if path.name.endswith(HCL):
        return read_hcl(path)
    file = read_written(path)
    refuse_mark(file)
    return file
