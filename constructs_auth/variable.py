"""Terraform input variables."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from types import NoneType

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.engine import (
    Construct,
    TerraformVariable,
    TerraformVariableValidationConfig,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.terraform_names import RESERVED_VARIABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValidation:
    """A condition on the value of a variable.

    Args:
        condition: A Terraform expression without `${…}`, such as `length(var.urls) > 0`.
        error_message: The message for other values, as a sentence.

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
            remedy="write in a sentence what the value must be",
        )


Default = str | bool | int | float | list[str] | dict[str, str] | None


class Variable(AuthConstruct):
    """A Terraform variable, `var.NAME`: a value that differs by environment, or a secret.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the variable's Terraform name.
        construct_id: The id: lower-case letters, digits and `_`.
        description: The description, for the user who sets the value.
        variable_type: Terraform's type. By default `string`.
        default: The value if none is set. By default none: then the user must set one.
        sensitive: Whether Terraform hides the value in plans. A secret must be sensitive and must
            not have a default, which the Terraform JSON would contain. By default `False`.
        validations: Conditions that Terraform checks. By default only the type.

    Attributes:
        resource: The CDKTF variable. Pass its `string_value`, `list_value`, `number_value` or
            `boolean_value` to other constructs.
        string_value: The value as a text.
        list_value: The value as a list of texts.
        number_value: The value as a number.

    Raises:
        InvalidValueError: No description, a name that Terraform does not accept, or a sensitive
            variable with a default.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        description: str,
        variable_type: str = "string",
        default: Default = None,
        sensitive: bool = False,
        validations: Collection[VariableValidation] = (),
    ) -> None:
        remedy = "write one such as 'callback_urls'"
        if not isinstance(construct_id, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", construct_id):
            raise InvalidValueError(
                "Variable",
                "must have an id of lower-case letters, digits and _",
                got=construct_id,
                remedy=remedy,
            )
        if construct_id in RESERVED_VARIABLES:
            raise InvalidValueError(
                "Variable",
                "must have an id that Terraform does not reserve for module blocks",
                got=construct_id,
                remedy=remedy,
            )
        subject = f"Variable {construct_id}"
        _checks.filled_text(
            f"{subject}.description", description, remedy="describe the value in a few words"
        )
        _checks.filled_text(
            f"{subject}.variable_type", variable_type, remedy="write one such as 'list(string)'"
        )
        _checks.known_flag(f"{subject}.sensitive", sensitive)
        _checks.kind(f"{subject}.default", default, str, bool, int, float, list, dict, NoneType)
        _checks.finite(f"{subject}.default", default)
        for validation in validations:
            _checks.kind(f"{subject}.validations", validation, VariableValidation)
        if sensitive and default is not None:
            raise InvalidValueError(
                f"{subject}.default",
                "must not be set for a sensitive variable, as the Terraform JSON would contain it",
                got="***",
                remedy="leave it out, and set the value in Terraform's environment",
            )

        super().__init__(scope, construct_id)
        self.resource = TerraformVariable(
            self,
            "Default",
            default=default,
            description=description,
            # Without a default, null is not a value, so the user must set one.
            nullable=False,
            sensitive=True if sensitive else None,
            type=variable_type,
            validation=[_validation(each) for each in validations] or None,
        )
        self.string_value: str = self.resource.string_value
        self.list_value: list[str] = self.resource.list_value
        self.number_value: int | float = self.resource.number_value


def _validation(given: VariableValidation) -> TerraformVariableValidationConfig:
    return TerraformVariableValidationConfig(
        condition=f"${{{given.condition}}}", error_message=given.error_message
    )
