"""`python -m bench.documents_run DOCUMENTS REQUESTS` prints, as JSON, the milliseconds of each search and of each list.

The documents are those of a whole agency; somebody who owns in six buildings and sits on their councils reads 600 of
them, each with a text of 200 words.
"""

import json
import random
import sys
import time

import django
from django.core.management.color import no_style
from django.db import connection
from django.test import Client as Browser

django.setup()

from bench.population import (  # noqa: E402 -- once Django is ready
    FAR,
    FIRST,
    client_who_holds_much,
    count_to,
    multiply,
    once_signed_in,
    statistics,
)
from parvis.documents.models import Document, StoredFile  # noqa: E402
from parvis.kit.identifiers import new_public_id  # noqa: E402
from parvis.kit.words import indexed  # noqa: E402
from parvis.people.models import Client  # noqa: E402
from parvis.property.models import Building  # noqa: E402
from tests import factories  # noqa: E402
from tests.documents.factories import published  # noqa: E402

READ = 600  # documents that the one who looks may read
DOCUMENTS_A_BUILDING = 100
VOCABULARY = [
    f"{first}{middle}{last}"
    for first in ("cha", "tra", "mur", "lot", "ven", "pla", "gar", "sol", "cor", "bal")
    for middle in ("di", "ma", "re", "vo", "pi", "lu", "ne", "to", "sa", "be")
    for last in ("tion", "eur", "age", "ment", "ier", "que")
]
QUERIES = (
    *(
        "assemblée générale",
        "procès-verbal 2024",
        "carnet d’entretien",
        "reglement",
        "contrat assurance",
        "relevé bancaire",
    ),
    *("asemblée", "entretein", "ascenceur", "asurance", "baancaire", "reglemnt", "chadition", "travoeur", "murmageur"),
    *("chaditions travoeur", "garbement", "hippocampe", "Document 12", "plapiage"),
)
TITLES = (
    *("Procès-verbal de l’assemblée générale", "Carnet d’entretien de l’immeuble", "Règlement de copropriété"),
    *("Contrat d’assurance multirisque", "Relevé du compte bancaire séparé", "Contrat d’entretien de l’ascenseur"),
)


def forget() -> None:
    """What an earlier run left, and the numbers that it counted with."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS numbers")
        cursor.execute('DELETE FROM "documents_document"')
        cursor.execute('DELETE FROM "documents_storedfile"')
        cursor.execute("DELETE FROM property_building WHERE reference LIKE 'D%'")
        tables = [{"table": f"documents_{name}", "column": "id"} for name in ("document", "storedfile")]
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), tables):
            cursor.execute(statement)


def mass_of(typical: Document, *, documents: int) -> None:
    """The documents of everybody else, by hundreds in buildings that nobody here knows."""
    groups = range(1, documents // DOCUMENTS_A_BUILDING + 2)
    far = FAR + Building.objects.order_by("pk").values_list("pk", flat=True).last()
    built = [factories.BuildingFactory.build(pk=far + n, agency=typical.agency, reference=f"D{n}") for n in groups]
    Building.objects.bulk_create(built)
    count_to(documents)
    multiply(typical.file, times=documents, sha256="'D' || n", received_sha256="'D' || n")
    multiply(
        typical,
        times=documents,
        reference="'D' || n",
        title="'Document ' || n",
        file_id=f"{FIRST} + n",
        building_id=f"{far} + 1 + (n - 1) / {DOCUMENTS_A_BUILDING}",
    )


def own_papers(client: Client, *, typical: Document, count: int) -> None:
    """Those that the one who looks may read, each with its own text."""
    dice = random.Random(1)
    buildings = list(Building.objects.filter(council_seats__client=client).order_by("pk"))
    files = [
        StoredFile(
            sha256=f"A{number}",
            received_sha256=f"A{number}",
            size=27_000,
            media_type=typical.file.media_type,
            words=indexed(" ".join(dice.choices(VOCABULARY, k=200))),
        )
        for number in range(count)
    ]
    StoredFile.objects.bulk_create(files)
    titles = [f"{TITLES[number % len(TITLES)]} {number}" for number in range(count)]
    Document.objects.bulk_create(
        Document(
            agency=client.agency,
            reference=f"A{number}",
            kind=typical.kind,
            title=title,
            heading_words=indexed(title),
            dated_on=typical.dated_on,
            audience=("owners", "council")[number % 2],
            building=buildings[number % len(buildings)],
            file=files[number],
            published_at=typical.published_at,
        )
        for number, title in enumerate(titles)
    )


def milliseconds(browser: Browser, **asked: str) -> float:
    started = time.perf_counter()
    response = browser.get("/documents/", asked, headers={"host": "localhost"})
    elapsed = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"the page answers {response.status_code}")
    return elapsed


def main() -> None:
    documents, requests = int(sys.argv[1]), int(sys.argv[2])
    forget()
    name = f"documents-{new_public_id()[:8]}"
    agency = factories.AgencyFactory(slug=name, host=f"{name}.exemple.fr")
    client = client_who_holds_much(agency)
    typical = published(building=factories.BuildingFactory(agency=agency), title="Document")
    own_papers(client, typical=typical, count=min(READ, documents // 2))
    mass_of(typical, documents=documents)
    statistics()
    browser = Browser()
    browser.cookies["session"] = once_signed_in(lambda: client)["product"]
    for query in QUERIES:  # once around, as a site that runs
        milliseconds(browser, q=query)
    searches = [milliseconds(browser, q=QUERIES[turn % len(QUERIES)]) for turn in range(requests)]
    lists = [milliseconds(browser) for _ in range(requests)]
    print(json.dumps([searches, lists]))


if __name__ == "__main__":
    main()
