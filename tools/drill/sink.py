"""The SMTP server of the drill: it writes down each message before it acknowledges it.

`python -m tools.drill.sink PORT FOLDER`; `FOLDER/mood.json` says how it behaves, read again for each message.
"""

import asyncio
import dataclasses
import json
import os
import random
import signal
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tools.drill.notebook import append

REFUSED_FOR_EVER = "parti-"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Mood:
    """`delay` seconds before each `answer`; `dies` is the chance of a sudden death between DATA and the answer."""

    delay: float = 0.0
    answer: str = "250 OK"
    dies: float = 0.0


class Postman:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken = os.open(folder / "taken.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_RCPT(  # noqa: N802 -- as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith(REFUSED_FOR_EVER):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mood = read_mood(self.folder)
        await asyncio.sleep(mood.delay)
        if mood.answer.startswith("250"):
            append(self.taken, row_of(envelope))
        if random.random() < mood.dies:  # noqa: S311 -- no secret
            os.kill(os.getpid(), signal.SIGKILL)
        return mood.answer


def read_mood(folder: Path) -> Mood:
    return Mood(**json.loads((folder / "mood.json").read_text()))


def row_of(envelope: Envelope) -> dict[str, object]:
    """What the count needs of a message."""
    message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
    body = message.get_body(("plain",))
    return {
        "at": time.time(),
        "queued_at": message["Date"].datetime.timestamp(),
        "id": str(message["Message-ID"]),
        "to": envelope.rcpt_tos[0],
        "subject": str(message["Subject"]),
        "text": body.get_content() if body else "",
    }


async def serve(port: int, folder: Path) -> None:
    loop, postman = asyncio.get_running_loop(), Postman(folder)
    server = await loop.create_server(lambda: SMTP(postman, hostname="localhost"), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
