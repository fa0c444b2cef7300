"""What a manager asks: who opened their access, how fast the agency answers, what the help does not say."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Min, Q

from parvis.help.models import VainSearch
from parvis.interventions.access import cases_of_agency
from parvis.kit.days import paris_day
from parvis.kit.money import NARROW_SPACE, format_whole
from parvis.people.models import Viewer
from parvis.property.access import clients_in_scope, holdings_in_scope
from parvis.property.models import on_day
from parvis.threads.access import threads_of_agency

LOOKED_BACK = dt.timedelta(days=90)
MOST_READ = 5_000
SEARCHES_SHOWN = 50
ASKED_TWICE = 2  # words that one person alone typed may tell of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One set of figures: its name in addresses, its title, what it says, its columns and rows."""

    name: str
    title: str
    explained: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each row: what it is about, then its figures with their names, which a narrow page repeats."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


def share(number: int, *, of: int) -> str:
    return f"{round(100 * number / of)}{NARROW_SPACE}%" if of else ""


def accesses(viewer: Viewer, *, today: dt.date) -> Table:
    """By building: the clients who own, let or inhabit a lot there today, and those who have an open access."""
    counted = (
        holdings_in_scope(viewer)
        .filter(on_day(today))
        .order_by()
        .values("building__name")
        .annotate(
            clients=Count("client", distinct=True),
            opened=Count("client", distinct=True, filter=Q(**has_access("client__grants"))),
        )
    )
    rows = [
        (
            row["building__name"],
            format_whole(row["clients"]),
            format_whole(row["opened"]),
            share(row["opened"], of=row["clients"]),
        )
        for row in counted.order_by("building__name", "building")
    ]
    return Table(
        name="acces",
        title="Accès ouverts par immeuble",
        explained=f"{of_the_agency(viewer)} Un client de plusieurs immeubles compte dans chacun.",
        columns=("Immeuble", "Clients", "Accès ouverts", "Part"),
        rows=rows,
    )


def has_access(grants: str) -> dict[str, object]:
    """Conditions on the path to a client's grants: one is open."""
    return {f"{grants}__isnull": False, f"{grants}__ended_at": None}


def of_the_agency(viewer: Viewer) -> str:
    """« Toute l'agence : 312 accès ouverts sur 480 clients (65 %). »"""
    clients = clients_in_scope(viewer).filter(closed_on=None)
    count = clients.count()
    opened = clients.filter(**has_access("grants")).distinct().count()
    words = f"{format_whole(opened)} accès ouvert{'s' if opened > 1 else ''} sur {format_whole(count)}"
    rate = f" ({share(opened, of=count)})" if count else ""
    return f"Toute l’agence\u00a0: {words} client{'s' if count > 1 else ''}{rate}."


def answers(viewer: Viewer, *, now: dt.datetime) -> Table:
    """How long a client waited for the first answer, and a case for somebody to take it up."""
    since = now - LOOKED_BACK
    return Table(
        name="reponses",
        title="Délais de réponse",
        explained="Sur les 90 derniers jours, fins de semaine comprises.",
        columns=("Quoi", "Reçus", "Répondus", "Délai médian", "Le plus long"),
        rows=[
            delay_row("Messages des clients", *first_answers(viewer, since=since)),
            delay_row("Interventions prises en charge", *acknowledgements(viewer, since=since)),
        ],
    )


def first_answers(viewer: Viewer, *, since: dt.datetime) -> tuple[int, list[dt.timedelta]]:
    """How many conversations began, and the time to the first answer of each that had one."""
    opened = threads_of_agency(viewer).filter(opened_at__gte=since).order_by("-opened_at", "-pk")
    answered = Q(messages__is_from_agency=True)
    rows = opened.annotate(first=Min("messages__sent_at", filter=answered)).values_list("opened_at", "first")[
        :MOST_READ
    ]
    read = list(rows)
    return len(read), [first - began for began, first in read if first is not None]


def acknowledgements(viewer: Viewer, *, since: dt.datetime) -> tuple[int, list[dt.timedelta]]:
    """The same for the cases that were declared here: those of the books say a day and no instant."""
    declared = cases_of_agency(viewer).filter(reported_on__gte=paris_day(since)).order_by("-reported_on", "-pk")
    began = declared.annotate(began=Min("events__happened_at")).filter(began__gte=since)
    read = list(began.values_list("began", "acknowledged_at")[:MOST_READ])
    return len(read), [taken - first for first, taken in read if taken is not None]


def delay_row(title: str, count: int, delays: Iterable[dt.timedelta]) -> tuple[str, ...]:
    found = sorted(delays)
    middle = delay_words(dt.timedelta(seconds=median(delay.total_seconds() for delay in found))) if found else ""
    longest = delay_words(found[-1]) if found else ""
    return (title, format_whole(count), format_whole(len(found)), middle, longest)


def delay_words(delay: dt.timedelta) -> str:
    """« 40 min », « 5 h », « 3 jours »: the unit that says enough."""
    minutes = round(delay.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes}\u00a0min"
    hours = round(minutes / 60)
    if hours < 48:
        return f"{hours}\u00a0h"
    return f"{round(hours / 24)}\u00a0jours"


def vain_searches(viewer: Viewer) -> Table:
    """What was looked for in the help and not found, twice at least in a month."""
    found = VainSearch.objects.visible_to(viewer).filter(count__gte=ASKED_TWICE)[:SEARCHES_SHOWN]
    return Table(
        name="recherches",
        title="Recherches de l’aide sans réponse",
        explained="Les mots cherchés deux fois au moins dans le mois, sans savoir par qui.",
        columns=("Mots", "Mois", "Fois"),
        rows=[(row.words, f"{row.month:%m/%Y}", format_whole(row.count)) for row in found],
    )


def all_tables(viewer: Viewer, *, now: dt.datetime, today: dt.date) -> list[Table]:
    return [accesses(viewer, today=today), answers(viewer, now=now), vain_searches(viewer)]
