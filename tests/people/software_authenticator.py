"""A device that keeps passkeys, in a few lines: what a browser would send, and what a dishonest one might."""

import base64
import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ELIGIBLE, SAVED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
ES256, P256, EC2 = -7, 1, 2


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


@dataclass
class SoftwareAuthenticator:
    """One credential. `signs` is how often it has signed; None for a device that does not count."""

    origin: str = "http://testserver"
    rp_id: str = "testserver"
    flags: int = PRESENT | VERIFIED | ELIGIBLE | SAVED
    signs: int | None = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    holder: str = ""

    def makes(self, options, **changes):
        """Answer `navigator.credentials.create`; remembers whose passkey it is."""
        self.holder = options["user"]["id"]
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + self.public_key()
        statement = {"fmt": "none", "attStmt": {}, "authData": self.data(ATTESTED) + attested}
        said = self.said("webauthn.create", options["challenge"], changes)
        return self.answer(
            clientDataJSON=text(said), attestationObject=text(cbor2.dumps(statement)), transports=["internal", "hybrid"]
        )

    def proves(self, options, **changes):
        """Answer `navigator.credentials.get`; `changes` alter what the browser says of the page."""
        if self.signs is not None:
            self.signs += 1
        said, data = self.said("webauthn.get", options["challenge"], changes), self.data()
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self.answer(
            clientDataJSON=text(said),
            authenticatorData=text(data),
            signature=text(signature),
            userHandle=self.holder,
        )

    def public_key(self):
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: EC2, 3: ES256, -1: P256, -2: x, -3: y})

    def data(self, more: int = 0):
        rp_id_hash = hashlib.sha256(self.rp_id.encode()).digest()
        return rp_id_hash + bytes([self.flags | more]) + struct.pack(">I", self.signs or 0)

    def said(self, kind, challenge, changes):
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps({**told, **changes}).encode()

    def answer(self, **response):
        name = text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
