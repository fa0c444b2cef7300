"""The periods of an account that somebody may ask for: exercises with the state of their accounts, years, all."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.kit.french_dates import long_date
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Creditor, FiscalYear
from parvis.ledger.models.budgets import owned_buildings, owned_during

LAST_MONTHS = "12-mois"
EVERYTHING = "tout"
BETWEEN_DATES = "dates"
MOST_OFFERED = 12  # the newest; dates reach the others


class Period(NamedTuple):
    """What the address says of it, what the list says, and what follows « Opérations »."""

    value: str
    label: str
    of_period: str
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None


class Exercise(NamedTuple):
    """An exercise of the account's building."""

    reference: str
    begins_on: dt.date
    ends_on: dt.date
    status: str
    approved_on: dt.date | None

    @property
    def status_words(self) -> str:
        """« provisoire », « arrêté », « approuvé en assemblée le 18 mai 2026 »."""
        words = FiscalYear.Status(self.status).label
        return f"{words} le {long_date(self.approved_on)}" if self.approved_on else words

    @property
    def is_provisional(self) -> bool:
        return self.status == FiscalYear.Status.PROVISIONAL


def of_holder(viewer: Viewer) -> Q:
    """Of an account and an exercise of its syndicat: the holder owned then, or the settlement is theirs."""
    owned = owned_during("building__fiscal_years__", owned_buildings(viewer)).filter(client_id=OuterRef("client_id"))
    return Q(Exists(owned), creditor__kind=Creditor.Kind.OWNERS_ASSOCIATION)


@prepared
def exercises_of(viewer: Viewer, account_id: int) -> "QuerySet[Account, tuple[Any, ...]]":
    """The exercises of the syndicat that are the holder’s, newest first."""
    columns = (f"building__fiscal_years__{name}" for name in Exercise._fields)
    accounts = Account.objects.visible_to(viewer).filter(of_holder(viewer), pk=account_id)
    return accounts.order_by("-building__fiscal_years__begins_on").values_list(*columns)


def periods_of(
    exercises: list[Exercise], *, first_on: dt.date | None, last_on: dt.date, today: dt.date
) -> list[Period]:
    """What is offered for an account whose entries run from `first_on` to `last_on`."""
    last_months = Period(LAST_MONTHS, "12 derniers mois", "des 12 derniers mois", begins_on=year_before(today))
    everything = Period(EVERYTHING, "Depuis l’ouverture du compte", "depuis l’ouverture du compte")
    first_on = first_on or today
    held = [period_of(each) for each in exercises if each.begins_on <= last_on and each.ends_on >= first_on]
    years = held or [year_of(year) for year in range(last_on.year, first_on.year - 1, -1)]
    return [last_months, *years[:MOST_OFFERED], everything, Period(BETWEEN_DATES, "Entre deux dates", "")]


def period_of(exercise: Exercise) -> Period:
    return Period(
        f"exercice-{exercise.reference}",
        f"Exercice {exercise.reference}",
        f"de l’exercice {exercise.reference}",
        exercise.begins_on,
        exercise.ends_on,
    )


def year_of(year: int) -> Period:
    return Period(f"annee-{year}", f"Année {year}", f"de l’année {year}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def between(begins_on: dt.date | None, ends_on: dt.date | None) -> Period:
    """Two days, either of which may be left out."""
    if begins_on and ends_on:
        words = f"du {long_date(begins_on)} au {long_date(ends_on)}"
    else:
        words = f"depuis le {long_date(begins_on)}" if begins_on else f"jusqu’au {long_date(ends_on or dt.date.max)}"
    return Period(BETWEEN_DATES, "Entre deux dates", words, begins_on, ends_on)


def year_before(day: dt.date) -> dt.date:
    """The same day a year before; the 28th for a 29 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def touched_by(period: Period, exercises: list[Exercise], *, today: dt.date) -> list[Exercise]:
    """The exercises of which the period shows some days, newest first."""
    begins_on, ends_on = period.begins_on or dt.date.min, period.ends_on or today
    touched = [each for each in exercises if each.begins_on <= ends_on and each.ends_on >= begins_on]
    return touched[:MOST_OFFERED]
