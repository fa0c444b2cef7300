"""An announcement to a building: when it is, said in French, and who reads it."""

import datetime as dt
from collections.abc import Mapping

from parvis.kit.days import paris_day
from parvis.kit.french_dates import clock, weekday_date

FURTHEST = dt.timedelta(days=366)
LONGEST = dt.timedelta(days=366)
OWNERSHIP, MANDATE, TENANCY = "ownership", "mandate", "tenancy"  # the rights of property
# Whoever lets a lot through the agency owns it: they read what its owners read.
RIGHTS_OF = {
    "owners": (OWNERSHIP, MANDATE),
    "tenants": (TENANCY,),
    "everyone": (OWNERSHIP, MANDATE, TENANCY),
}
NAMES = {
    OWNERSHIP: ("copropriétaire", "copropriétaires"),
    MANDATE: ("bailleur", "bailleurs"),
    TENANCY: ("locataire", "locataires"),
}


def when(begins_at: dt.datetime, ends_at: dt.datetime) -> str:
    """« le mardi 24 novembre 2026, de 8 h à 12 h », « du lundi … à 8 h au vendredi … à 18 h »."""
    if paris_day(begins_at) == paris_day(ends_at):
        return f"le {weekday_date(begins_at)}, de {clock(begins_at)} à {clock(ends_at)}"
    return f"du {weekday_date(begins_at)} à {clock(begins_at)} au {weekday_date(ends_at)} à {clock(ends_at)}"


def readers_words(counts: Mapping[str, int]) -> str:
    """« visible par 42 copropriétaires et 17 locataires », from how many clients hold by each right."""
    said = [f"{count}\u00a0{NAMES[right][count > 1]}" for right, count in counts.items() if count]
    if not said:
        return "visible par personne"
    *first, last = said
    return f"visible par {', '.join(first)} et {last}" if first else f"visible par {last}"


def fault_of(begins_at: dt.datetime, ends_at: dt.datetime, *, now: dt.datetime) -> str:
    """In French, why such an announcement cannot be; empty when it can."""
    if ends_at <= begins_at:
        return "La fin doit suivre le début."
    if ends_at <= now:
        return "Cette date est passée. Choisissez une fin à venir."
    if begins_at > now + FURTHEST or ends_at - begins_at > LONGEST:
        return "Choisissez des dates dans les 12\u00a0mois."
    return ""
