"""Stands between Terraform and a running provider, and answers for the provider's schema.

With each command, Terraform asks the AWS provider for the schema of its 1,500 resource types, and
needs more than a second of processor time to read the answer. The proxy gives the same answer,
with those types alone that the tests use. It passes every other call to the provider unchanged.

The calls are those of Terraform's plugin protocol, version 5:
https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import grpc

_SCHEMA = "/tfplugin5.Provider/GetSchema"
_MAPS_OF_TYPES = (2, 3)  # resource_schemas and data_source_schemas
_NO_LIMIT: Final = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]

# Terraform rejects any other type as one that the provider does not have. The schema of web ACLs
# is as long as a thousand others; only tests of CI deploy one, and CI uses no proxy.
_USED = re.compile(
    r"aws_(acm|api_gateway|apigatewayv2|caller_identity|cloudwatch_log|cognito|iam|identitystore|"
    r"kms|lambda|lb|partition|region|route53|s3|secretsmanager|security_group|sns|ssm_parameter|"
    r"ssoadmin|wafv2_web_acl_association)(_|$)"
)


@contextmanager
def running_proxy(provider: str, socket: Path, schema: Path) -> Iterator[None]:
    """Serve on *socket* in place of the provider that serves on the socket *provider*.

    Args:
        provider: The path of the provider's socket.
        socket: The path of the proxy's own socket.
        schema: A file that keeps the provider's schema for the next proxy.
    """
    with grpc.insecure_channel(f"unix:{provider}", options=_NO_LIMIT) as channel:
        server = grpc.server(ThreadPoolExecutor(), options=_NO_LIMIT)
        server.add_generic_rpc_handlers((_Proxy(channel, schema),))
        server.add_insecure_port(f"unix:{socket}")
        server.start()
        try:
            yield
        finally:
            server.stop(grace=None).wait()


def with_used_types(schema: bytes) -> bytes:
    """Leave out of a `GetProviderSchema.Response` the types that no test uses."""
    return b"".join(
        whole
        for number, content, whole in _fields(schema)
        if number not in _MAPS_OF_TYPES or _USED.match(_key(content))
    )


class _Proxy(grpc.GenericRpcHandler):
    """Hands calls on; its bytes are never decoded, but for the schema."""

    def __init__(self, provider: grpc.Channel, schema: Path) -> None:
        self._provider = provider
        self._schema = schema

    def service(
        self, call: grpc.HandlerCallDetails
    ) -> "grpc.RpcMethodHandler[bytes, bytes] | None":
        """Return what answers *call*; Terraform does without the streams of its own plugins."""
        if not call.method.startswith("/tfplugin5."):
            return None
        ask: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._provider.unary_unary(call.method)

        def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
            try:
                return self._used_schema(ask, request) if call.method == _SCHEMA else ask(request)
            except grpc.RpcError as error:
                context.abort(error.code(), str(error.details()))

        return grpc.unary_unary_rpc_method_handler(answer)

    def _used_schema(self, ask: Callable[[bytes], bytes], request: bytes) -> bytes:
        if not self._schema.exists():
            self._schema.write_bytes(with_used_types(ask(request)))
        return self._schema.read_bytes()


def _key(entry: bytes) -> str:
    """Return the key of an entry of a map."""
    return next((text.decode() for number, text, _ in _fields(entry) if number == 1), "")


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give each field of a protocol buffer: its number, its content, and all of its bytes."""
    at = 0
    while at < len(message):
        start = at
        key, at = _number(message, at)
        match key & 7:
            case 0:
                _, end = _number(message, at)
            case 2:
                length, at = _number(message, at)
                end = at + length
            case kind:
                raise ValueError(f"wire type: must be 0 or 2, got {kind}")
        yield key >> 3, message[at:end], message[start:end]
        at = end


def _number(message: bytes, at: int) -> tuple[int, int]:
    """Read a number of variable length; gives where it ends, too."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
