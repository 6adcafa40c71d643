"""Completes the certificate with which a pool signs its SAML requests."""

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from moto.cognitoidp.models import CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.completing import completes

_DAYS = 3650

_keys: dict[str, rsa.RSAPrivateKey] = {}
_certificates: dict[str, x509.Certificate] = {}


@completes(CognitoIdpResponse)
def get_signing_certificate(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return the certificate of a pool; moto lacks the call."""
    pool = response.backend.describe_user_pool(response.parameters["UserPoolId"])
    if pool.id not in _certificates:
        _certificates[pool.id] = _new_certificate(pool)
    der = _certificates[pool.id].public_bytes(serialization.Encoding.DER)
    return ActionResult({"Certificate": base64.b64encode(der).decode()})


def signing_key(pool: CognitoIdpUserPool) -> rsa.RSAPrivateKey:
    """Return the key of a pool, which is made when it is first needed."""
    if pool.id not in _keys:
        _keys[pool.id] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return _keys[pool.id]


def _new_certificate(pool: CognitoIdpUserPool) -> x509.Certificate:
    key = signing_key(pool)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, pool.id)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .sign(key, hashes.SHA256())
    )
