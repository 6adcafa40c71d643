"""The `schema` blocks, in the one form that Cognito gives back, so that no plan shows a change.

What differs from the answer of `DescribeUserPool` is a change on every plan, and one that no
apply can make (hashicorp/terraform-provider-aws#38224).
"""

from collections.abc import Iterable

from constructs_auth._tokens import Flag, Number, is_concrete
from constructs_auth.engine import (
    CognitoUserPoolSchema,
    CognitoUserPoolSchemaNumberAttributeConstraints,
    CognitoUserPoolSchemaStringAttributeConstraints,
    Fn,
)
from constructs_auth.values.attributes import (
    Attribute,
    BooleanAttribute,
    DateTimeAttribute,
    NumberAttribute,
    StandardAttribute,
    StringAttribute,
)


def schema(attributes: Iterable[Attribute]) -> list[CognitoUserPoolSchema] | None:
    """Give the blocks in the order of their names, or nothing."""
    blocks = [_block(attribute) for attribute in sorted(attributes, key=_order)]
    return blocks or None


def _order(attribute: Attribute) -> str:
    """By name; names that only Terraform knows go first, as they came."""
    return attribute.name if is_concrete(attribute.name) else ""


def _block(attribute: Attribute) -> CognitoUserPoolSchema:
    match attribute:
        case StandardAttribute(min_length=None):
            numbers = CognitoUserPoolSchemaNumberAttributeConstraints(min_value="0")
            return _typed(attribute, "Number", required=attribute.required, numbers=numbers)
        case StandardAttribute():
            strings = _lengths(attribute.min_length, attribute.max_length)
            return _typed(attribute, "String", required=attribute.required, strings=strings)
        case StringAttribute():
            strings = _lengths(attribute.min_length, attribute.max_length)
            return _typed(attribute, "String", strings=strings)
        case NumberAttribute():
            numbers = CognitoUserPoolSchemaNumberAttributeConstraints(
                min_value=_decimal(attribute.min_value), max_value=_decimal(attribute.max_value)
            )
            return _typed(attribute, "Number", numbers=numbers)
        case BooleanAttribute():
            return _typed(attribute, "Boolean")
        case DateTimeAttribute():
            return _typed(attribute, "DateTime")


def _typed(
    attribute: Attribute,
    data_type: str,
    *,
    required: Flag = False,
    strings: CognitoUserPoolSchemaStringAttributeConstraints | None = None,
    numbers: CognitoUserPoolSchemaNumberAttributeConstraints | None = None,
) -> CognitoUserPoolSchema:
    return CognitoUserPoolSchema(
        attribute_data_type=data_type,
        developer_only_attribute=False,
        mutable=attribute.mutable,
        name=attribute.name,
        number_attribute_constraints=numbers,
        required=required,
        string_attribute_constraints=strings,
    )


def _lengths(
    minimum: Number | None, maximum: Number | None
) -> CognitoUserPoolSchemaStringAttributeConstraints:
    return CognitoUserPoolSchemaStringAttributeConstraints(
        max_length=_decimal(maximum), min_length=_decimal(minimum)
    )


def _decimal(value: Number | None) -> str | None:
    """Write a bound as Cognito does, in plain digits; a token becomes text in Terraform."""
    if value is None:
        return None
    return str(value) if is_concrete(value) else Fn.tostring(value)
