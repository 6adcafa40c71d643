"""What Terraform checks of the value that somebody gives a variable."""

from dataclasses import dataclass

from constructs_auth import _checks


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValidation:
    """A condition on the value of a variable.

    Args:
        condition: An expression of Terraform, without `${` around it: `length(var.urls) > 0`.
        error_message: What whoever gave another value is told, as a sentence.

    Raises:
        InvalidValueError: An empty text.
    """

    condition: str
    error_message: str

    def __post_init__(self) -> None:
        """Check the values."""
        _checks.filled_text(
            "VariableValidation.condition",
            self.condition,
            remedy="write an expression such as 'length(var.urls) > 0'",
        )
        _checks.filled_text(
            "VariableValidation.error_message",
            self.error_message,
            remedy="say in a sentence what the value must be",
        )
