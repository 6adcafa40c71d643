"""What many tests need: a token of every kind, ARNs, and the text of a refusal."""

from collections.abc import Callable

import pytest

from constructs_auth.errors import InvalidValueError


class Resolvable:
    """A token as an object; `cdktf.IResolvable` has these two members."""

    creation_stack: tuple[str, ...] = ()

    def resolve(self, context: object) -> object:
        """Stand for what only Terraform knows."""
        return context

    def __repr__(self) -> str:
        """Look the same in every run."""
        return "Resolvable()"


TEXT_TOKEN = "${TfToken[TOKEN.0]}"
HAND_WRITTEN = "${var.x}"
LIST_TOKEN = ["#{TfToken[TOKEN.1]}"]
NUMBER_TOKEN = -8.109562212591379e298
OBJECT_TOKEN = Resolvable()

TEXTS = (TEXT_TOKEN, HAND_WRITTEN)
"""The tokens that pass where a text is expected."""

FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:greet"
KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE_ARN = "arn:aws:iam::123456789012:role/sms"
DOMAIN_ARN = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
ADDRESS_ARN = "arn:aws:ses:eu-west-1:123456789012:identity/ann@example.com"


def refusal(make: Callable[[], object]) -> str:
    """Give the whole text with which *make* is refused."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return str(caught.value)
