"""The proxy of the provider leaves out of its schema what no test uses, and nothing else."""

from tests.support.provider_proxy import with_used_types

PROVIDER = b"\x0a\x02\x08\x01"  # field 1: a schema of version 1
CAPABILITIES = b"\x32\x02\x08\x01"  # field 6


def entry(field: int, name: str, schema: bytes = b"\x12\x00") -> bytes:
    """An entry of a map of schemas, as protocol buffers write it."""
    key = name.encode()
    body = b"\x0a" + bytes([len(key)]) + key + schema
    return bytes([field << 3 | 2, len(body)]) + body


def test_types_that_no_test_uses_are_left_out() -> None:
    pool, table = entry(2, "aws_cognito_user_pool"), entry(2, "aws_dynamodb_table")
    account, image = entry(3, "aws_caller_identity"), entry(3, "aws_ami")
    whole = PROVIDER + pool + table + account + image + CAPABILITIES
    assert with_used_types(whole) == PROVIDER + pool + account + CAPABILITIES


def test_a_length_of_two_bytes_is_read() -> None:
    long = b"\x12" + b"\xc8\x01" + b"\x0a\x09aws_lambd" + b"\x12\xba\x01" + b"\x08" * 186
    assert with_used_types(long) == b""
