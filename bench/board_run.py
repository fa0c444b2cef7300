"""`python -m bench.board_run CASES REQUESTS` prints, as JSON, the milliseconds of each page of the board.

The open cases are of every open state, in forty buildings; twice as many are over.
"""

import datetime as dt
import json
import random
import sys

import django

django.setup()

from bench.clients_run import milliseconds, number_on, staff_browser  # noqa: E402 -- once Django is ready
from bench.population import statistics  # noqa: E402
from parvis.agencies.models import Agency  # noqa: E402
from parvis.interventions.models import Intervention  # noqa: E402
from parvis.kit.identifiers import new_public_id  # noqa: E402
from tests import factories  # noqa: E402

BUILDINGS = 40
AT_ONCE = 500  # rows: a statement of PostgreSQL takes 65 535 values
FIRST_DAY = dt.date(2026, 1, 1)
OVER_FOR_EACH_OPEN = 2
PATHS = (
    ("/gestion/interventions/", {}),
    ("/gestion/interventions/liste/", {}),
    ("/gestion/interventions/liste/", {"q": "parking", "urgentes": "1"}),
)


def mass_of(agency: Agency, *, cases: int, dice: random.Random) -> None:
    """So many open cases, and twice as many that are over."""
    buildings = factories.BuildingFactory.create_batch(BUILDINGS, agency=agency)
    opened = [state for state in Intervention.State.values if state not in Intervention.ENDED]
    rows = []
    for n in range(cases * (1 + OVER_FOR_EACH_OPEN)):
        day = FIRST_DAY + dt.timedelta(dice.randrange(300))
        is_open = n < cases
        rows.append(
            Intervention(
                agency=agency,
                building=dice.choice(buildings),
                number=f"B{n}",
                scope=dice.choice(Intervention.Scope.values),
                category=dice.choice(Intervention.Category.values),
                state=dice.choice(opened) if is_open else Intervention.State.CLOSED,
                is_urgent=dice.random() < 0.1,
                title="Fuite au plafond du parking",
                reported_on=day,
                closed_on=None if is_open else day,
                acknowledge_before=dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC),
            )
        )
    Intervention.objects.bulk_create(rows, batch_size=AT_ONCE)


def main() -> None:
    cases, requests = int(sys.argv[1]), int(sys.argv[2])
    number_on(Intervention)
    name = f"cases-{new_public_id()[:8]}"
    agency = factories.AgencyFactory(slug=name, host=f"{name}.exemple.fr")
    mass_of(agency, cases=cases, dice=random.Random(1))
    statistics()
    browser = staff_browser(agency)
    found = []
    for path, asked in PATHS:
        milliseconds(browser, path, **asked)  # once around, as a site that runs
        found.append([milliseconds(browser, path, **asked) for _ in range(requests)])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
