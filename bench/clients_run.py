"""`python -m bench.clients_run CLIENTS REQUESTS` prints, as JSON, the milliseconds of each search and of each card.

Each client has a name drawn from syllables, an identifiant, a telephone, a courriel and a lot. Somebody of the staff
looks for them by all of these, cut short, and for what nobody is called.
"""

import json
import random
import re
import sys
import time

import django
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.test import Client as Browser

django.setup()

from bench.population import sign_in, statistics  # noqa: E402 -- once Django is ready
from parvis.agencies.models import Agency  # noqa: E402
from parvis.kit.identifiers import new_public_id  # noqa: E402
from parvis.people.models import Client, User  # noqa: E402
from parvis.property import actions  # noqa: E402
from parvis.property.models import Building, Lot, Ownership  # noqa: E402
from parvis.web.ui.staff_gate import KEY  # noqa: E402
from tests import factories  # noqa: E402

LOTS_A_BUILDING = 40
AT_ONCE = 5_000
FIRST_REFERENCE = 20_000_000
FIRST_NAMES = ("Camille", "Marie", "Jean", "Pierre", "Hélène", "Zoé", "Anne", "Louis", "Lucie", "Hugo", "Jade", "Inès")
SYLLABLES = [
    "mar",
    "tin",
    "du",
    "pont",
    "le",
    "fè",
    "vre",
    "mo",
    "reau",
    "gi",
    "rard",
    "ber",
    "nard",
    "ro",
    "bert",
    "si",
    "mon",
    "lau",
    "rent",
    "mi",
    "chel",
    "gar",
    "cia",
    "da",
    "vid",
]
QUERIES = (
    *("ma", "le", "zo", "marie", "dupont", "durobert", "lefevre camille", "hélène ma", "berna", "mme girard"),
    *("20000123", "2000", "20 000 123", "0612", "06 12 34", "lot 12", "lot 7 marti", "client42@exemple.fr"),
    *("residence du", "obert", "hippopotame", "zzzz wwww", "rue garcia 06", "m"),
)


def mass_of(agency: Agency, *, clients: int, dice: random.Random) -> None:
    """Clients, each with a lot, forty lots a building."""

    def name() -> str:
        return "".join(dice.choices(SYLLABLES, k=3)).title()

    rows = [
        Client(
            agency=agency,
            customer_reference=str(FIRST_REFERENCE + n),
            reference_key=str(FIRST_REFERENCE + n),
            first_name=dice.choice(FIRST_NAMES),
            last_name=name(),
            mobile_phone=f"06{dice.randrange(10**8):08d}",
            known_email=f"client{n}@exemple.fr",
        )
        for n in range(clients)
    ]
    Client.objects.bulk_create(rows, batch_size=AT_ONCE)
    ranks = range(clients // LOTS_A_BUILDING + 1)
    built = [
        factories.BuildingFactory.build(agency=agency, name=f"Résidence {name()}", street=f"{n} rue {name()}")
        for n in ranks
    ]
    Building.objects.bulk_create(built)
    lots = [
        Lot(agency=agency, building=built[n // LOTS_A_BUILDING], number=str(n % LOTS_A_BUILDING + 1), label="T3")
        for n in range(clients)
    ]
    Lot.objects.bulk_create(lots, batch_size=AT_ONCE)
    held = [
        Ownership(agency=agency, client=row, lot=lot, starts_on=factories.LONG_AGO)
        for row, lot in zip(rows, lots, strict=True)
    ]
    Ownership.objects.bulk_create(held, batch_size=AT_ONCE)


def number_on(*models: type[Model]) -> None:
    """The rows of the mass are numbered after those that stand there already."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [User, Client, Building, Lot, Ownership, Agency, *models]
        ):
            cursor.execute(statement)


def staff_browser(agency: Agency) -> Browser:
    """Where an administrator is signed in, their second proof shown."""
    user = factories.UserFactory(agency=agency)
    factories.StaffMemberFactory(agency=agency, user=user, role="administrator")
    browser = Browser(headers={"host": "localhost"})
    browser.cookies["session"] = sign_in(user, backend="parvis.people.backends.LoginBackend")
    session = browser.session
    session[KEY] = True
    session.save()
    return browser


def milliseconds(browser: Browser, path: str, **asked: str) -> float:
    started = time.perf_counter()
    response = browser.get(path, asked)
    elapsed = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return elapsed


def main() -> None:
    clients, requests = int(sys.argv[1]), int(sys.argv[2])
    number_on()
    name = f"clients-{new_public_id()[:8]}"
    agency = factories.AgencyFactory(slug=name, host=f"{name}.exemple.fr")
    mass_of(agency, clients=clients, dice=random.Random(1))
    if actions.index_agency(agency=agency) != clients:
        raise RuntimeError("some clients have no words")
    statistics()
    browser, path = staff_browser(agency), "/gestion/clients/"
    for query in QUERIES:  # once around, as a site that runs
        milliseconds(browser, path, q=query)
    searches = [milliseconds(browser, path, q=QUERIES[turn % len(QUERIES)]) for turn in range(requests)]
    page = browser.get(path, {"q": "marie"}).content.decode()
    cards = re.findall(r'class="row-title" href="([^"]+)"', page)
    print(json.dumps([searches, [milliseconds(browser, cards[turn % len(cards)]) for turn in range(requests)]]))


if __name__ == "__main__":
    main()
