"""Values for settings that an imported resource already has in Cognito."""

from enum import Enum, StrEnum
from typing import Final


class AsItIs(Enum):
    """The type of `AS_IT_IS`."""

    AS_IT_IS = "as it is"

    def __repr__(self) -> str:
        """Return the name that a program writes."""
        return "AS_IT_IS"


AS_IT_IS: Final = AsItIs.AS_IT_IS
"""Leave an argument out of Terraform, so that Cognito keeps the value that it has.

Use it for a resource that exists already and that you import: the default of this library would
change it. A new resource gets the default of Cognito, which can be weaker than that of this
library.
"""


class ImportedSecret(StrEnum):
    """Whether a client that you import has a client secret.

    Terraform cannot read whether Cognito generated a secret. Each value of `generate_secret` in the
    configuration of an imported client replaces the client, and its id and secret change (measured
    with AWS provider 5.100.0). With a member of this class, Terraform ignores the argument.
    """

    PRESENT = "present"
    ABSENT = "absent"
