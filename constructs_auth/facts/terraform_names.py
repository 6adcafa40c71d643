"""Names that Terraform accepts for resources, variables and outputs."""

import re
from typing import Final

_FIRST: Final = re.compile(r"[^\W\d]")

RESERVED_VARIABLES: Final = frozenset(
    {
        "_",
        "count",
        "depends_on",
        "for_each",
        "lifecycle",
        "locals",
        "provider",
        "providers",
        "source",
        "version",
    }
)
"""Names that no variable may have: each is an argument or a block of a `module` block.

Tried with `terraform validate`, Terraform 1.11: «reserved due to its special meaning».
"""


def is_terraform_name(name: str) -> bool:
    """Return whether a resource, a variable or an output may have *name*.

    Terraform: «must start with a letter or underscore and may contain only letters, digits,
    underscores, and dashes». Letters beyond ASCII are accepted.
    """
    return bool(_FIRST.match(name)) and name.replace("-", "_").isidentifier()
