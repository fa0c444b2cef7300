"""An OpenID provider on loopback: real HTTP, real signatures, and every lie that a test asks for."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from parvis.people.social_catalogue import CATALOGUE, WELL_KNOWN, Provider

CLIENT_ID = "parvis-at-the-provider"
CLIENT_SECRET = "a secret between the two"
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
ELLIPTIC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})


class OpenIdProvider:
    """Whoever comes signs in at once, as `person`. `lies` replace claims; `signing` is a way of signing wrongly."""

    def __init__(self) -> None:
        self.person = {"sub": "alice-at-google", "email": "alice@gmail.example", "email_verified": True}
        self.lies: dict[str, object] = {}
        self.signing = "RS256"
        self.refuses = False
        self.is_broken = False
        self.asked: list[dict[str, str]] = []
        self.exchanged: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.origin = ""

    def provider(self, name: str = "google") -> Provider:
        """What the settings of the site say of it."""
        (known,) = (provider for provider in CATALOGUE if provider.name == name)
        here = f"{self.origin}{WELL_KNOWN}" if known.is_openid else self.origin
        return known.at(here).with_account(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)

    def answer(self, path: str, fields: dict[str, str], authorization: str) -> tuple[int, dict[str, object] | str]:
        """The status and the JSON of an address, or the address to redirect to."""
        if self.is_broken:
            return 500, {"error": "server_error"}
        if path == WELL_KNOWN:
            return 200, self.discovery()
        if path == "/keys":
            return 200, {"keys": [RSA.as_dict(private=False), ELLIPTIC.as_dict(private=False)]}
        if path == "/authorize":
            return 302, self.authorize(fields)
        if path == "/token":
            return self.token(fields, authorization)
        return 200, {"id": self.person["sub"], "email": self.person.get("email", "")}

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.lies.get("discovered issuer", self.origin),
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "jwks_uri": f"{self.origin}/keys",
        }

    def authorize(self, fields: dict[str, str]) -> str:
        self.asked.append(fields)
        answer = {"state": fields["state"]}
        if self.refuses:
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(16)
            self.codes[answer["code"]] = fields
        return f"{fields['redirect_uri']}?{urlencode(answer)}"

    def token(self, fields: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """A code serves once, with our secret, from the same address, and with the proof that was promised."""
        self.exchanged.append(fields)
        asked = self.codes.pop(fields.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        is_us = authorization == basic or fields.get("client_secret") == CLIENT_SECRET
        if asked is None or not is_us or fields.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if "code_challenge" in asked and challenge(fields.get("code_verifier", "")) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.origin,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            **self.person,
            **self.lies,
        }
        return sign({name: value for name, value in claims.items() if value is not None}, how=self.signing)


def sign(claims: dict[str, object], *, how: str) -> str:
    if how == "none":
        parts = ({"alg": "none", "typ": "JWT"}, claims)
        return (
            ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."
        )
    if how == "stranger":
        return jwt.encode({"alg": "RS256", "kid": "rsa"}, claims, STRANGER)
    if how == "HS256 with the public key":
        return signed_with_public_key(claims)
    key = ELLIPTIC if how == "ES256" else RSA
    return jwt.encode({"alg": how, "kid": key.kid}, claims, key, algorithms=[how])


def signed_with_public_key(claims: dict[str, object]) -> str:
    """The old confusion: the public key, taken for a shared secret."""
    body = f"{part({'alg': 'HS256', 'kid': 'rsa', 'typ': 'JWT'})}.{part(claims)}"
    digest = hmac.digest(RSA.as_pem(private=False), body.encode(), "sha256")
    return f"{body}.{unpadded(digest)}"


def part(content: dict[str, object]) -> str:
    return unpadded(json.dumps(content).encode())


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def challenge(verifier: str) -> str:
    return unpadded(hashlib.sha256(verifier.encode()).digest())


def handler_of(provider: OpenIdProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            self.reply(url.path, url.query)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self.reply(urlsplit(self.path).path, self.rfile.read(length).decode())

        def reply(self, path: str, query: str) -> None:
            fields = {name: values[0] for name, values in parse_qs(query).items()}
            status, content = provider.answer(path, fields, self.headers.get("Authorization", ""))
            body = b"" if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            if isinstance(content, str):
                self.send_header("Location", content)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def openid_provider(port: int = 0) -> Iterator[OpenIdProvider]:
    """The provider listens for the length of the `with`."""
    provider = OpenIdProvider()
    server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(provider))
    provider.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
