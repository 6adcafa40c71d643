"""The server's half of passkeys (WebAuthn, level 2): whether an authenticator says the truth.

The attestation of a new passkey is not checked; Cognito asks for none.
"""

import base64
import hashlib
import json
import secrets
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

ES256 = -7
RS256 = -257

_USER_PRESENT = 0x01
_USER_VERIFIED = 0x04
_HAS_CREDENTIAL = 0x40
_HEADER_BYTES = 37
_KEY_TYPE, _ALGORITHM = 1, 3
_SMALL = 24


class WebAuthnError(Exception):
    """The authenticator's answer is not what was asked for.

    Attributes:
        kind: What is wrong: `challenge`, `origin`, `relying party`, `credential` or `signature`.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


@dataclass(slots=True, kw_only=True)
class Credential:
    """The public half of a passkey.

    Attributes:
        id: Its id, as base64url.
        key: The public key.
        count: How often it had signed, as it last said; zero where it does not count.
    """

    id: str
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    count: int

    def verify(self, signature: bytes, data: bytes) -> None:
        """Checks a signature.

        Raises:
            WebAuthnError: It is not of this passkey.
        """
        try:
            if isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                self.key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            raise WebAuthnError("signature") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """What is asked of an authenticator.

    Attributes:
        relying_party: The domain that the passkey is for.
        must_verify: Whether the authenticator must have verified the user.
        challenge: What it signs, as base64url.
    """

    relying_party: str
    must_verify: bool
    challenge: str

    @classmethod
    def new(cls, relying_party: str, *, must_verify: bool) -> "Ceremony":
        """A ceremony with a new challenge."""
        challenge = encode(secrets.token_bytes(32))
        return cls(relying_party=relying_party, must_verify=must_verify, challenge=challenge)

    def registered(self, answer: dict[str, Any]) -> Credential:
        """The passkey that an authenticator has made.

        Raises:
            WebAuthnError: The answer is for another ceremony, or of an unknown kind.
        """
        response = answer["response"]
        self._check_client(response, "webauthn.create")
        attested, _ = _read_cbor(decode(response["attestationObject"]), 0)
        data: bytes = attested["authData"]
        self._check_authenticator(data)
        if not data[32] & _HAS_CREDENTIAL:
            raise WebAuthnError("credential")
        length = struct.unpack(">H", data[53:55])[0]
        credential_id = data[55 : 55 + length]
        key, _ = _read_cbor(data, 55 + length)
        if encode(credential_id) != answer["id"]:
            raise WebAuthnError("credential")
        return Credential(id=answer["id"], key=_public_key(key), count=_count(data))

    def check(self, answer: dict[str, Any], credential: Credential) -> None:
        """Checks that an authenticator has signed with a passkey.

        Raises:
            WebAuthnError: It has not.
        """
        response = answer["response"]
        self._check_client(response, "webauthn.get")
        data = decode(response["authenticatorData"])
        self._check_authenticator(data)
        signed = data + hashlib.sha256(decode(response["clientDataJSON"])).digest()
        credential.verify(decode(response["signature"]), signed)
        count = _count(data)
        if credential.count and count <= credential.count:
            raise WebAuthnError("signature")  # a copy of the passkey is in use
        credential.count = count

    def _check_client(self, response: dict[str, Any], kind: str) -> None:
        client = json.loads(decode(response["clientDataJSON"]))
        if client["type"] != kind or client["challenge"].rstrip("=") != self.challenge:
            raise WebAuthnError("challenge")
        origin = urlsplit(client["origin"])
        host = origin.hostname or ""
        is_own = host == self.relying_party or host.endswith(f".{self.relying_party}")
        if not is_own or (origin.scheme != "https" and host != "localhost"):
            raise WebAuthnError("origin")

    def _check_authenticator(self, data: bytes) -> None:
        if data[:32] != hashlib.sha256(self.relying_party.encode()).digest():
            raise WebAuthnError("relying party")
        needed = _USER_PRESENT | (_USER_VERIFIED if self.must_verify else 0)
        if data[32] & needed != needed:
            raise WebAuthnError("credential")


def encode(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Bytes from base64url with or without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _count(data: bytes) -> int:
    (count,) = struct.unpack(">I", data[33:_HEADER_BYTES])
    return int(count)


def _public_key(key: dict[int, Any]) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    """A COSE key (RFC 9053) as one of cryptography's."""
    match key.get(_KEY_TYPE), key.get(_ALGORITHM):
        case 2, -7:
            x, y = (int.from_bytes(key[label], "big") for label in (-2, -3))
            return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        case 3, -257:
            modulus, exponent = (int.from_bytes(key[label], "big") for label in (-1, -2))
            return rsa.RSAPublicNumbers(exponent, modulus).public_key()
        case _:
            raise WebAuthnError("credential")


def _read_cbor(data: bytes, at: int) -> tuple[Any, int]:
    """The item of CBOR (RFC 8949) at a place, and where it ends; what WebAuthn uses of it."""
    kind, detail = data[at] >> 5, data[at] & 31
    at += 1
    if detail >= _SMALL:
        size = 1 << (detail - _SMALL)
        if size > 8:
            raise WebAuthnError("credential")
        detail = int.from_bytes(data[at : at + size], "big")
        at += size
    match kind:
        case 0:
            return detail, at
        case 1:
            return -1 - detail, at
        case 2 | 3:
            content = data[at : at + detail]
            return (content if kind == 2 else content.decode()), at + detail
        case 4:
            items = []
            for _ in range(detail):
                item, at = _read_cbor(data, at)
                items.append(item)
            return items, at
        case 5:
            found = {}
            for _ in range(detail):
                name, at = _read_cbor(data, at)
                found[name], at = _read_cbor(data, at)
            return found, at
        case _:
            raise WebAuthnError("credential")
