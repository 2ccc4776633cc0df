# SPDX-License-Identifier: Apache-2.0
"""The join code: how a laptop knows whom it joins, and how the serving laptop knows who may.

A code carries 80 bits of the SHA-256 of the serving laptop's certificate and 40 bits of a secret, as six groups of four
letters. Whoever joins fetches the certificate, trusts it if it is the one in the code and nothing else, and then proves
to know the secret by an HMAC (RFC 2104) over a key pair of its own, which from then on is its name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import secrets
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from learner.errors import EnvironmentFault, UsageFault

_FINGERPRINT, _SECRET = 10, 5
"""Bytes in a code."""
_GROUP = 4
_DAYS = 30
_SECONDS = 10.0

CERTIFICATE, KEY = "certificate.pem", "key.pem"
"""Of the serving laptop; who joins has the first one as well."""
CODE_VARIABLE = "SHOWTELL_FLEET_CODE"
"""In the environment of the gate: the code of its fleet."""
NODE_KEY = "laptop.key"
"""Of a laptop that joins: by it, it is known."""


@dataclass(frozen=True, slots=True)
class JoinCode:
    """Of a certificate, whose SHA-256 begins with `fingerprint`, and a `secret` that only those who may join know."""

    fingerprint: bytes
    secret: bytes

    def __str__(self) -> str:
        """Return it as a person reads it out."""
        letters = base64.b32encode(self.fingerprint + self.secret).decode()
        return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))

    @classmethod
    def read(cls, text: str) -> JoinCode:
        """Return the code that somebody typed.

        Raises:
            UsageFault: it is none.
        """
        letters = text.upper().replace("-", "").replace(" ", "").replace("0", "O").replace("1", "I")
        try:
            found = base64.b32decode(letters)
        except (binascii.Error, ValueError):
            found = b""
        if len(found) != _FINGERPRINT + _SECRET:
            raise UsageFault(
                "That is not a join code",
                f"A join code has six groups of four letters and digits, and {text!r} has not.",
                "Copy it from the laptop that serves the fleet.",
            )
        return cls(found[:_FINGERPRINT], found[_FINGERPRINT:])

    def is_of(self, certificate: bytes) -> bool:
        """Return whether a certificate (DER) is the one that the code names."""
        return hmac.compare_digest(hashlib.sha256(certificate).digest()[:_FINGERPRINT], self.fingerprint)

    def proof(self, public_key: bytes) -> str:
        """Return what shows that whoever has a key (PEM) knows the secret."""
        return hmac.new(self.secret, public_key, hashlib.sha256).hexdigest()


def invite(folder: Path, addresses: Iterable[str]) -> JoinCode:
    """Make a certificate, with its key, for a laptop at some addresses, and return the code for those who may join.

    Args:
        folder: where both are put, for this laptop alone to read.
        addresses: IP addresses or names; who joins by another one is not let in.

    Raises:
        UsageFault: one is neither.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Showtell fleet")])
    now = datetime.now(UTC)
    places = [_place(one) for one in addresses]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([*places, x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    _write_secret(folder / KEY, _private(key, serialization.PrivateFormat.PKCS8))
    return JoinCode(certificate.fingerprint(hashes.SHA256())[:_FINGERPRINT], secrets.token_bytes(_SECRET))


def fetch_certificate(host: str, port: int, code: JoinCode) -> str:
    """Return the serving laptop's certificate (PEM), of which nothing is believed but that the code names it.

    Raises:
        EnvironmentFault: nobody serves a fleet there, or somebody else does.
    """
    try:
        with socket.create_connection((host, port), timeout=_SECONDS) as plain:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(plain) as wrapped:
                found = wrapped.getpeercert(binary_form=True)
    except (OSError, ssl.SSLError) as error:
        raise EnvironmentFault(
            "Nobody serves a fleet there",
            f"{host}:{port} does not answer ({error}).",
            "Check the address, that both are in the same network, and that its firewall lets the port through.",
        ) from error
    if found is None or not code.is_of(found):
        raise EnvironmentFault(
            "That is another laptop",
            f"What answers at {host}:{port} is not the laptop that the join code came from.",
            "Check the code. If it is right, somebody else in the network pretends to be that laptop: do not join.",
        )
    return ssl.DER_cert_to_PEM_cert(found)


def make_node_key(folder: Path) -> bytes:
    """Make the key pair of a laptop that joins, keep the private one in a folder, and return the public one (PEM)."""
    key = ec.generate_private_key(ec.SECP384R1())
    _write_secret(folder / NODE_KEY, _private(key, serialization.PrivateFormat.OpenSSH))
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _place(address: str) -> x509.GeneralName:
    with suppress(ValueError):
        return x509.IPAddress(ipaddress.ip_address(address))
    with suppress(ValueError):
        return x509.DNSName(address)
    raise UsageFault(
        "That is not an address", f"{address!r} is none.", "Give the address that the others reach, like 192.168.1.20."
    )


def _private(key: ec.EllipticCurvePrivateKey, kind: serialization.PrivateFormat) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def _write_secret(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
