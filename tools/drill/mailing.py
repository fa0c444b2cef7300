"""Somebody at the agency who writes to clients: messages queued by the product's own action, a few a second.

`python -m tools.drill.mailing NOTEBOOK --prefix P --addresses N --messages N --rate N --lasting SECONDS` ends by
itself. Each message is numbered; when the database dies under it, the truth is asked before it is queued again.
"""

import argparse
import datetime as dt
import time
from pathlib import Path

import django

django.setup()

from django.db import DatabaseError, InterfaceError, connection, transaction  # noqa: E402 -- once Django is ready
from django.utils import timezone  # noqa: E402

from parvis.agencies.models import Agency  # noqa: E402
from parvis.mail.actions import queue_message  # noqa: E402
from parvis.mail.models import OutboxMessage  # noqa: E402
from tools.drill.notebook import Notebook  # noqa: E402

VERB = "message"
TEXT = "Bonjour,\n\nVotre appel de fonds est disponible.\n"
HTML = "<p>Votre appel de fonds est disponible.</p>"
PAUSE = 0.2  # seconds, when the database is away


def write(notebook: Notebook, *, address: str, number: str, expires_in: float) -> None:
    """Queue a message once, however often the database dies meanwhile."""
    while True:
        notebook.asked(VERB, address, number)
        try:
            if not OutboxMessage.objects.filter(subject=number).exists():
                queue(address=address, number=number, expires_in=expires_in)
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(PAUSE)
        else:
            notebook.acknowledged(VERB, address, number)
            return


@transaction.atomic
def queue(*, address: str, number: str, expires_in: float) -> None:
    expires_at = timezone.now() + dt.timedelta(seconds=expires_in) if expires_in else None
    agency = Agency.objects.get()
    queue_message(
        agency=agency, kind="drill", to_address=address, subject=number, text=TEXT, html=HTML, expires_at=expires_at
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--addresses", type=int, default=20)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--rate", type=float, default=0.0, help="messages a second; as fast as it goes if nothing said")
    parser.add_argument("--lasting", type=float, default=3600.0, help="seconds")
    parser.add_argument("--expires-in", type=float, default=0.0, help="seconds")
    chosen = parser.parse_args()
    notebook, ends_at = Notebook(chosen.notebook), time.monotonic() + chosen.lasting
    for rank in range(chosen.messages):
        if time.monotonic() > ends_at:
            return
        address = f"{chosen.prefix}{rank % chosen.addresses}@exemple.fr"
        write(notebook, address=address, number=f"{chosen.prefix}n{rank}", expires_in=chosen.expires_in)
        time.sleep(1 / chosen.rate if chosen.rate else 0)


if __name__ == "__main__":
    main()
