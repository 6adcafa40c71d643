"""The resource types, held against the provider's schema."""

from constructs_auth.facts import resource_types, versions
from constructs_auth.handoff.schema import aws_schema

TYPES = {
    value
    for name, value in vars(resource_types).items()
    if isinstance(value, str)
    and name.isupper()
    and value.startswith("aws_")
    and name != "COGNITO_PREFIX"
}
NEWER = {*versions.PROVIDER_OF}
"""What provider 5.100.0 does not have."""


def test_each_type_is_in_the_schema_of_the_provider_or_known_to_be_newer() -> None:
    schema = aws_schema()
    lacking = {kind for kind in TYPES - NEWER if not schema.body("resource", kind).known}
    assert lacking == set()


def test_no_type_is_named_twice() -> None:
    names = [value for value in vars(resource_types).values() if isinstance(value, str)]
    own = [name for name in names if name.startswith("aws_")]
    assert len({*own}) == len(own)
