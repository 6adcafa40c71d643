"""The server's half of Secure Remote Password, as Cognito speaks it (`USER_SRP_AUTH`).

SRP-6a (RFC 5054) with the 3072-bit group of RFC 3526 and SHA-256; the session key comes from HKDF.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_GENERATOR = 2
_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
    "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
    "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
    "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
    "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
    "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
_KEY_NAME = b"Caldera Derived Key"
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """What a server keeps in place of a password.

    Attributes:
        realm: The pool's id without its region, or the group key of a device.
        name: The name of the user within the pool, or the key of the device.
        salt: The salt.
        value: The verifier.
    """

    realm: str
    name: str
    salt: int
    value: int

    @classmethod
    def of_password(cls, *, pool_id: str, user_id: str, password: str) -> Self:
        """The verifier of a user's password, with a new salt."""
        realm = pool_id.partition("_")[2]
        salt = secrets.randbits(128)
        identity = hashlib.sha256(f"{realm}{user_id}:{password}".encode()).digest()
        value = pow(_GENERATOR, _hash(_bytes(salt), identity), _PRIME)
        return cls(realm=realm, name=user_id, salt=salt, value=value)


class Handshake:
    """One sign-in: what the server tells the client, and how it checks the client's answer."""

    def __init__(self, verifier: "Verifier", *, client_value: str) -> None:
        """Answers a client.

        Args:
            verifier: What the server knows of the password.
            client_value: What the client sent as `SRP_A`, hexadecimal.

        Raises:
            ValueError: If the client's value would make any password good.
        """
        self._realm = verifier.realm
        self._name = verifier.name
        public_of_client = int(client_value, 16)
        if public_of_client % _PRIME == 0:
            raise ValueError("SRP_A: must not be a multiple of the group's prime")
        secret = secrets.randbits(256)
        multiplier = _hash(_bytes(_PRIME), _bytes(_GENERATOR))
        public = (multiplier * verifier.value + pow(_GENERATOR, secret, _PRIME)) % _PRIME
        scramble = _hash(_bytes(public_of_client), _bytes(public))
        shared = pow(public_of_client * pow(verifier.value, scramble, _PRIME), secret, _PRIME)
        self.salt = f"{verifier.salt:x}"
        self.server_value = f"{public:x}"
        self._key = HKDF(SHA256(), _KEY_BYTES, salt=_bytes(scramble), info=_KEY_NAME).derive(
            _bytes(shared)
        )

    def proves_password(self, *, secret_block: bytes, timestamp: str, signature: bytes) -> bool:
        """Whether the client's signature shows that it knows the password."""
        message = f"{self._realm}{self._name}".encode() + secret_block + timestamp.encode()
        return hmac.compare_digest(hmac.digest(self._key, message, "sha256"), signature)


def _bytes(number: int) -> bytes:
    """A number as Cognito hashes it: big-endian, with room for a sign."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")
