"""Which files of a folder are the configuration of its module, in Terraform and in OpenTofu.

OpenTofu, «Files and Directories»: it reads `*.tofu` and `*.tofu.json` too, and such a file replaces
the one with the same name that ends in `.tf` or `.tf.json`.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TERRAFORM: Final = ".tf"
_OPENTOFU: Final = ".tofu"
_JSON: Final = ".json"
HCL: Final = (_TERRAFORM, _OPENTOFU)
"""How the names of files in HCL end."""
JSON: Final = (f"{_TERRAFORM}{_JSON}", f"{_OPENTOFU}{_JSON}")
"""How the names of files in JSON end."""
_OVERRIDE: Final = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file that Terraform reads and OpenTofu does not.

    Attributes:
        file: The file.
        instead: The file that OpenTofu reads instead.
    """

    file: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFiles:
    """The files of a module.

    Attributes:
        paths: Those to read, by name.
        left_out: Those that OpenTofu does not read, because it reads others instead.
    """

    paths: tuple[Path, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def module_files(folder: Path, endings: tuple[str, ...] = (*HCL, *JSON)) -> ModuleFiles:
    """Return the files of the module in *folder*, without hidden ones and folders.

    If there are files of OpenTofu, they are those that OpenTofu reads.
    """
    names = {
        entry.name
        for entry in os.scandir(folder)
        if entry.name.endswith(endings)
        and not entry.name.startswith(".")
        and not entry.is_dir(follow_symlinks=False)
    }
    instead = {name: other for name in sorted(names) if (other := _of_opentofu(name)) in names}
    return ModuleFiles(
        paths=tuple(folder / name for name in sorted(names - instead.keys())),
        left_out=tuple(
            LeftOut(file=str(folder / name), instead=str(folder / other))
            for name, other in instead.items()
        ),
    )


def is_override(name: str) -> bool:
    """Return whether *name* is that of an override file."""
    stem = next((name.removesuffix(end) for end in (*JSON, *HCL) if name.endswith(end)), "")
    return stem == _OVERRIDE or stem.endswith(f"_{_OVERRIDE}")


def _of_opentofu(name: str) -> str:
    """Return the name of the file that OpenTofu reads instead of *name*, or an empty text."""
    for ending in (f"{_TERRAFORM}{_JSON}", _TERRAFORM):
        if name.endswith(ending):
            return f"{name.removesuffix(ending)}{ending.replace(_TERRAFORM, _OPENTOFU)}"
    return ""
