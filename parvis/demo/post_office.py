"""The mail server of the demonstration: it listens on loopback and delivers everything to the mailbox."""

import datetime as dt
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from parvis.demo import mailbox

LOOPBACK = "127.0.0.1"
LARGEST_MESSAGE = 10 * 1024 * 1024


class Postman:
    """What aiosmtpd calls for each message."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        for recipient in envelope.rcpt_tos:
            mailbox.keep(envelope.original_content or b"", to=recipient, received_at=dt.datetime.now(dt.UTC))
        return "250 Message accepted for delivery"


@contextmanager
def open_office(port: int) -> Iterator[int]:
    """Listen on that port of loopback for as long as the block lasts."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Controller(Postman(), hostname=LOOPBACK, port=port, data_size_limit=LARGEST_MESSAGE)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def free_port() -> int:
    """A port of loopback that nobody listens to."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
