"""Finds the local modules that a module calls."""

import re
from pathlib import Path
from typing import Final

from constructs_auth.errors import NotTerraformError
from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.terraform.json_files import read_exactly
from constructs_auth.terraform.module_files import HCL

LOCAL_MODULE: Final = re.compile(r"^\.{1,2}/")
"""The start of the source of a local module."""
_SOURCE: Final = re.compile(
    r"^(?:(?!#|//)[^\n])*?(?<![\w.-])source\s*=\s*\"(\.{1,2}/[^\"]*)\"", re.MULTILINE
)


def called_modules(file: Path) -> list[str]:
    """Return the sources of the local modules that a file of Terraform calls."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix in HCL:
        return _SOURCE.findall(text)
    try:
        called = [*labelled(read_exactly(text, str(file)).get("module"), 1, "module")]
    except NotTerraformError:  # Terraform reports it
        return []
    sources = [body.get("source") for _, body, _ in called]
    return [each for each in sources if isinstance(each, str) and LOCAL_MODULE.match(each)]
