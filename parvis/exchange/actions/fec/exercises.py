"""Which exercise of which books a FEC holds in full."""

import dataclasses
import datetime as dt

from parvis.agencies.models import Agency
from parvis.exchange.actions.fec.options import FecOptions
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.models import FecFault
from parvis.exchange.rules.books import Held, Period, chosen_codes, exercise_closed_on
from parvis.exchange.rules.fec import FecLayout
from parvis.kit.clock import database_now
from parvis.kit.french_dates import long_date
from parvis.ledger.models import Book, Entry, Exercise
from parvis.property.models import Building


def find_building(agency: Agency, reference: str) -> Building | None:
    """The building whose books these are; none for the books of the agency."""
    if not reference:
        return None
    building = Building.objects.filter(agency=agency, reference=reference).first()
    if building is None:
        raise WrongUse(f"Aucun immeuble de l’agence n’a la référence « {reference} » : corrigez --building.")
    return building


def find_book(agency: Agency, building: Building | None) -> Book | None:
    return Book.objects.filter(agency=agency, building=building).first()


def lock_book(agency: Agency, building: Building | None) -> Book:
    """The books, made the first time, that no decision about an account changes until the end of the transaction."""
    book, _is_new = Book.objects.get_or_create(agency=agency, building=building)
    return Book.objects.select_for_update().get(pk=book.pk)


def period_of(options: FecOptions, layout: FecLayout) -> Period:
    """What was asked, otherwise the twelve months that the name of the file closes."""
    if options.begins_on and options.ends_on:
        return Period(options.begins_on, options.ends_on)
    found = exercise_closed_on(layout.closing_on) if layout.closing_on else None
    if found is None:
        raise PackageRefused(
            "Le nom du fichier ne dit pas quel exercice il porte (SIREN, FEC, jour de clôture) : donnez-le par --from "
            "et --to.",
            file=layout.name,
        )
    return found


def opening_codes(options: FecOptions, book: Book | None) -> tuple[str, ...]:
    """The journals that open an exercise of these books: those given now, otherwise those kept."""
    if options.opening_journals is not None:
        return chosen_codes(options.opening_journals)
    return chosen_codes(book.opening_journals) if book else ()


def keep_settings(book: Book, *, options: FecOptions, layout: FecLayout) -> None:
    """Keep the journals and the SIREN; a file of another SIREN is not of these books."""
    if options.opening_journals is not None:
        book.opening_journals = list(options.opening_journals)
    if layout.siren and book.siren not in ("", layout.siren) and not options.accepts_siren:
        raise PackageRefused(
            f"Ce fichier porte le SIREN {layout.siren}, les précédents {book.siren} : est-il d’autres livres ? S’il "
            "est bien le leur, ajoutez --accept-siren ; s’il est d’un immeuble, donnez --building.",
            file=layout.name,
        )
    book.siren = layout.siren[:9] or book.siren
    book.save(update_fields=["opening_journals", "siren"])


def held_exercises(book: Book) -> list[Held]:
    """What is held of the books, oldest first."""
    return [
        Held(exercise.pk, Period(exercise.begins_on, exercise.ends_on), exercise.has_openings)
        for exercise in book.exercises.order_by("begins_on", "pk")
    ]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Replaced:
    """What the file replaces: the whole of `exercise`, or `period` alone when it holds only a part of it."""

    exercise: Exercise
    period: Period
    is_part: bool


def open_exercise(book: Book, *, period: Period, openings: int, last_entry_on: dt.date, file: str) -> Replaced:
    """The exercise that the file replaces: a new one, the same, those inside its period, or a part of a longer one.

    A period that cuts across a held exercise is refused: nobody could
    tell which of its lines are still in the books.
    """
    crossed = list(book.exercises.filter(begins_on__lte=period.ends_on, ends_on__gte=period.begins_on))
    longer = next((found for found in crossed if Period(found.begins_on, found.ends_on).contains(period)), None)
    if longer and (longer.begins_on, longer.ends_on) != period:
        if openings:
            raise PackageRefused(
                f"Ce fichier porte des à-nouveaux au milieu de l’{named(longer)}, déjà importé : donnez l’exercice "
                "entier.",
                file=file,
            )
        return Replaced(exercise=longer, period=period, is_part=True)
    for found in crossed:
        if not period.contains(Period(found.begins_on, found.ends_on)):
            raise PackageRefused(
                f"La période du fichier chevauche l’{named(found)}, déjà importé : donnez la vraie par --from et --to.",
                file=file,
            )
    return Replaced(
        exercise=write_exercise(book, crossed, period=period, openings=openings, last_entry_on=last_entry_on),
        period=period,
        is_part=False,
    )


def write_exercise(
    book: Book, crossed: list[Exercise], *, period: Period, openings: int, last_entry_on: dt.date
) -> Exercise:
    """One exercise instead of those that the period contains."""
    exercise = crossed[0] if crossed else Exercise(book=book)
    absorbed = [found.pk for found in crossed[1:]]
    if absorbed:
        Entry.objects.filter(exercise_id__in=absorbed).update(exercise=exercise)
        FecFault.objects.filter(exercise_id__in=absorbed).delete()
        Exercise.objects.filter(pk__in=absorbed).delete()
    exercise.begins_on, exercise.ends_on = period
    exercise.has_openings = openings > 0
    exercise.last_entry_on, exercise.applied_at = last_entry_on, database_now()
    exercise.save()
    return exercise


def named(exercise: Exercise) -> str:
    return f"exercice du {long_date(exercise.begins_on)} au {long_date(exercise.ends_on)}"
