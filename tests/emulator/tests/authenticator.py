"""An authenticator in software: it keeps passkeys, and signs with them."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.emulator.webauthn import encode

_PRESENT_AND_VERIFIED = 0x05
_HAS_CREDENTIAL = 0x40


def _head(kind: int, value: int) -> bytes:
    if value < 24:
        return bytes([kind << 5 | value])
    if value < 256:
        return bytes([kind << 5 | 24, value])
    return bytes([kind << 5 | 25]) + struct.pack(">H", value)


def cbor(value: Any) -> bytes:
    """A value as CBOR (RFC 8949)."""
    match value:
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case dict():
            items = b"".join(cbor(name) + cbor(item) for name, item in value.items())
            return _head(5, len(value)) + items
    raise TypeError(value)


@dataclass(slots=True)
class Authenticator:
    """An authenticator, as a browser at *origin* uses it.

    Attributes:
        origin: Where the browser is.
        relying_party: The domain that the browser says it is at.
        flags: What it says of the user: present, and verified.
    """

    origin: str
    relying_party: str
    flags: int = _PRESENT_AND_VERIFIED
    count: int = 0
    _keys: dict[str, ec.EllipticCurvePrivateKey] = field(default_factory=dict)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Makes a passkey, as `navigator.credentials.create` does."""
        key = ec.generate_private_key(ec.SECP256R1())
        raw = secrets.token_bytes(16)
        numbers = key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        data = (
            self._header(self.flags | _HAS_CREDENTIAL)
            + bytes(16)
            + struct.pack(">H", len(raw))
            + raw
            + public
        )
        self._keys[encode(raw)] = key
        attestation = cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            encode(raw),
            {
                "clientDataJSON": encode(self._client("webauthn.create", options["challenge"])),
                "attestationObject": encode(attestation),
                "transports": ["internal"],
            },
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Signs with a passkey that is asked for, as `navigator.credentials.get` does."""
        allowed = [one["id"] for one in options["allowCredentials"]]
        credential_id = next(key for key in self._keys if key in allowed)
        self.count += 1
        data = self._header(self.flags)
        client = self._client("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(client).digest()
        signature = self._keys[credential_id].sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            credential_id,
            {
                "clientDataJSON": encode(client),
                "authenticatorData": encode(data),
                "signature": encode(signature),
            },
        )

    def _header(self, flags: int) -> bytes:
        digest = hashlib.sha256(self.relying_party.encode()).digest()
        return digest + bytes([flags]) + struct.pack(">I", self.count)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, credential_id: str, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": credential_id,
            "rawId": credential_id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        }
