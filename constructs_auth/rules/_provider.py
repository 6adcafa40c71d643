"""What several rules ask of an identity provider."""

from collections.abc import Mapping

from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

PROVIDER = "aws_cognito_identity_provider"
DETAILS = "provider_details"
MAPPING = "attribute_mapping"
_NOTHING: Mapping[str, object] = {}


def details_of(provider: Resource) -> Mapping[str, object] | Unknown:
    """Give the details; each value is a text, or unknown."""
    return provider.body.peek_entries(DETAILS)


def mapping_of(provider: Resource) -> Mapping[str, object] | Unknown:
    """Give the mapping from the pool's attributes; one that is left out is empty."""
    mapping = provider.body.peek_entries(MAPPING)
    return _NOTHING if mapping is LEFT_OUT else mapping
