"""A real SMTP server on loopback, whose moods a test chooses."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

HANGS_UP = "hang up"


class Postmaster:
    """Keeps what it is given; answers to a recipient or to a message as a test says."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.recipient_answers: dict[str, str] = {}
        self.message_answers: list[str] = []
        self.hangs_up_after_message = 0
        self.delay = 0.0

    async def handle_RCPT(  # noqa: N802 -- as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipient_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        answer = self.message_answers.pop(0) if self.message_answers else "250 OK"
        if answer.startswith("250"):
            content = envelope.original_content
            assert content is not None
            self.taken.append(content)
        if self.hangs_up_after_message:
            self.hangs_up_after_message -= 1
            server.transport.abort()
        if answer == HANGS_UP:
            server.transport.abort()
        return answer

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]

    def subjects(self) -> list[str]:
        return [message["Subject"] for message in self.messages()]


class SevenBitServer(SMTP):
    """An old server, which does not announce 8BITMIME."""

    async def push(self, status: str | bytes) -> None:
        if b"8BITMIME" not in (status if isinstance(status, bytes) else status.encode()):
            await super().push(status)


class SevenBitController(Controller):
    def factory(self) -> SMTP:
        return SevenBitServer(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    """A port on loopback that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def no_smtp_server() -> Iterator[None]:
    """The site sends to a port where nobody answers."""
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port(), EMAIL_TIMEOUT=2):
        yield


@contextmanager
def smtp_server(postmaster: Postmaster, *, limit: float = 2, eight_bit: bool = True) -> Iterator[None]:
    """The server listens for the length of the `with`, and the site sends to it."""
    kind = Controller if eight_bit else SevenBitController
    controller = kind(postmaster, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=controller.port, EMAIL_TIMEOUT=limit):
            yield
    finally:
        controller.stop()
