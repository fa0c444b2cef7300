"""What a client reads of the next step when something is late, and how a firm is named in it."""

import datetime as dt

import pytest

from parvis.interventions.rules.steps import Standing, next_step
from parvis.kit.days import PARIS

MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
LATER = "Karim Benali vous répond au plus tard le 24\u00a0novembre 2026"


def at(day, hour=18):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=PARIS)


@pytest.mark.parametrize(
    ("days", "words", "on"),
    [
        (0, "Karim Benali vous répond avant le 23\u00a0novembre 2026", MONDAY),
        (
            1,
            f"Réponse attendue avant le 23\u00a0novembre 2026\u00a0: {LATER}",
            MONDAY + DAY,
        ),
        (2, "Karim Benali vous doit une réponse depuis le 23\u00a0novembre 2026. Appelez votre agence", MONDAY),
    ],
)
def test_late_answer_says_who_owes_it_and_since_when(days, words, on):
    standing = Standing(
        state="reported", today=MONDAY + days * DAY, manager="Karim Benali", acknowledge_before=at(MONDAY)
    )

    step = next_step(standing)

    assert (step.text, step.on, step.is_late) == (words, on, days > 0)


def test_end_of_a_wait_that_is_past_is_not_its_beginning():
    standing = Standing(state="on_hold", today=MONDAY + DAY, held=("Pièce commandée", MONDAY))

    assert next_step(standing).text == (
        "La reprise était prévue le 23\u00a0novembre 2026\u00a0: Votre gestionnaire vous dit la suite. "
        "En attente\u00a0: Pièce commandée"
    )


@pytest.mark.parametrize(
    ("firm", "visit"), [("Ascenseurs Duval", "Visite d’Ascenseurs Duval"), ("", "Visite de l’entreprise")]
)
@pytest.mark.parametrize("days", [0, 2])
def test_firm_is_named_with_its_elision(firm, visit, days):
    times = (at(MONDAY, 8), at(MONDAY, 10))
    standing = Standing(state="scheduled", today=MONDAY + days * DAY, supplier=firm, appointment=times)

    wanted = visit.replace("Visite", "Nous attendons des nouvelles") if days else visit
    assert next_step(standing).text.startswith(wanted)
