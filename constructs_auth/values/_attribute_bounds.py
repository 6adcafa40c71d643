"""The bounds of what an attribute may hold: lengths of texts, values of numbers."""

from constructs_auth import _checks
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


def check_lengths(kind: str, minimum: Number, maximum: Number) -> None:
    """Refuse lengths that Cognito does not accept, or that leave no length over.

    Raises:
        InvalidValueError: Such a length.
    """
    for field, value in (("min_length", minimum), ("max_length", maximum)):
        _checks.whole_number(
            f"{kind}.{field}",
            value,
            limits.STRING_ATTRIBUTE_LENGTH,
            remedy="an attribute's value has at most 2048 characters",
        )
    _check_order(kind, "length", minimum, maximum)


def check_values(kind: str, minimum: Number | None, maximum: Number | None) -> None:
    """Refuse bounds that are no whole numbers, or that leave no number over.

    Raises:
        InvalidValueError: Such a bound.
    """
    for field, value in (("min_value", minimum), ("max_value", maximum)):
        if value is not None:
            _checks.whole_number(
                f"{kind}.{field}", value, None, remedy="write one, or leave it out for no bound"
            )
    _check_order(kind, "value", minimum, maximum)


def _check_order(kind: str, what: str, minimum: Number | None, maximum: Number | None) -> None:
    if minimum is None or maximum is None or not is_concrete((minimum, maximum)):
        return
    if minimum > maximum:
        raise InvalidValueError(
            f"{kind}.min_{what}",
            f"must not be greater than max_{what}, which is {maximum}",
            got=minimum,
            remedy="exchange the two",
        )
