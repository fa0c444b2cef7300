"""`python -m bench.letters_run ROUNDS` prints, as JSON, seconds a letter takes, and seconds its page takes bare."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django
from django.db import transaction

django.setup()

from parvis.kit.clock import database_now  # noqa: E402 -- once Django is ready
from parvis.kit.days import paris_day  # noqa: E402
from parvis.kit.pdf import make_pdf  # noqa: E402
from parvis.people.actions.letters import draw_letters, print_letters  # noqa: E402
from parvis.people.letter_document import TEMPLATE, letters_content  # noqa: E402
from parvis.people.letter_files import LetterFile  # noqa: E402
from tests import factories  # noqa: E402

AT_ONCE = 100


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) / AT_ONCE


def main() -> None:
    """One after the other: a hundred letters as the command prints them; the same pages by typst alone."""
    agency = factories.AgencyFactory(slug="lettres", host="lettres.exemple.fr")
    clients = factories.ClientFactory.create_batch(AT_ONCE, agency=agency, street="12 rue des Acacias", city="Paris")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rank in range(int(sys.argv[1])):
            output = Path(folder) / f"{rank}.pdf"
            with transaction.atomic():  # new words each time: typst remembers those it has laid out
                drawn = draw_letters(clients=clients)
            content = letters_content(drawn, agency=agency, day=paris_day(database_now()))
            bare = seconds(partial(make_pdf, TEMPLATE, content=content))
            found.append((seconds(partial(print_letters, clients=clients, file=LetterFile(path=output))), bare))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
