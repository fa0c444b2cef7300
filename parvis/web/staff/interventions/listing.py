"""The list: what was asked for, the cases that answer, and where the next page begins.

A page starts after a case, not at a rank: the hundredth costs what the first does, and a case that leaves the list
meanwhile hides none of the others.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import QueryDict

from parvis.interventions.access import cases_of_agency
from parvis.interventions.models import Intervention, InterventionQuerySet
from parvis.kit.clock import database_now
from parvis.kit.words import without_accents
from parvis.people.models import Viewer
from parvis.property.access import buildings_in_scope
from parvis.property.models import Building
from parvis.web.staff.interventions.board import COLUMNS, STATES_OF
from parvis.web.staff.interventions.lines import Line

State = Intervention.State
SHOWN = 30
LONGEST_SEARCH = 80
TABS = {"": "En cours", "en-retard": "En retard", "a-moi": "À moi", "terminees": "Terminées"}
ENDED = "terminees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for; what it does not understand is left out."""

    tab: str = ""
    words: str = ""
    building: str = ""
    column: str = ""
    category: str = ""
    is_urgent: bool = False
    is_water_damage: bool = False
    after: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> Self:
        tab, column, category = given.get("voir", ""), given.get("etape", ""), given.get("categorie", "")
        return cls(
            tab=tab if tab in TABS else "",
            words=given.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
            building=given.get("immeuble", "").replace("\0", "")[:40],
            column=column if column in STATES_OF else "",
            category=category if category in Intervention.Category.values else "",
            is_urgent=given.get("urgentes") == "1",
            is_water_damage=given.get("sinistres") == "1",
            after=given.get("apres", "").replace("\0", "")[:40],
        )

    def query(self, **changed: str) -> str:
        """The address of this list with something changed; without its page, unless it is given."""
        given = {
            "voir": self.tab,
            "q": self.words,
            "immeuble": self.building,
            "etape": self.column,
            "categorie": self.category,
            "urgentes": "1" if self.is_urgent else "",
            "sinistres": "1" if self.is_water_damage else "",
        }
        return urlencode({name: value for name, value in {**given, **changed}.items() if value})

    @property
    def has_filters(self) -> bool:
        return bool(self.query(voir=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a box or of the tabs."""

    value: str
    label: str
    is_current: bool
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    asked: Asked
    lines: list[Line]
    buildings: list[Building]
    next_query: str

    @property
    def tabs(self) -> list[Choice]:
        return [
            Choice(value=tab, label=label, is_current=tab == self.asked.tab, query=self.asked.query(voir=tab))
            for tab, label in TABS.items()
        ]

    @property
    def stages(self) -> list[Choice]:
        return [Choice(value=slug, label=title, is_current=slug == self.asked.column) for slug, title, _, _ in COLUMNS]

    @property
    def categories(self) -> list[Choice]:
        known = Intervention.Category.choices
        return [Choice(value=value, label=label, is_current=value == self.asked.category) for value, label in known]

    @property
    def query(self) -> str:
        """This very page, to come back to it after an action."""
        return self.asked.query(apres=self.asked.after)

    @property
    def first_query(self) -> str:
        return self.asked.query()

    @property
    def may_act(self) -> bool:
        """Nothing is done to several cases that have ended."""
        return bool(self.lines) and self.asked.tab != ENDED


def list_page(viewer: Viewer, *, asked: Asked, postal_code: str) -> ListPage:
    now = database_now()
    found = answering(cases_of_agency(viewer), asked=asked, viewer=viewer, now=now, postal_code=postal_code)
    shown = list(page_after(viewer, found, asked=asked)[: SHOWN + 1])
    is_cut, lines = len(shown) > SHOWN, [Line(case=case, now=now) for case in shown[:SHOWN]]
    return ListPage(
        asked=asked,
        lines=lines,
        buildings=list(buildings_in_scope(viewer).filter(closed_on=None).order_by("name", "pk")),
        next_query=asked.query(apres=lines[-1].case.public_id) if is_cut else "",
    )


def answering(
    cases: InterventionQuerySet, *, asked: Asked, viewer: Viewer, now: dt.datetime, postal_code: str
) -> InterventionQuerySet:
    cases = cases.filter(state__in=Intervention.ENDED) if asked.tab == ENDED else cases.in_progress()
    if asked.tab == "en-retard":
        cases = cases.late(now=now, postal_code=postal_code)
    if asked.tab == "a-moi":
        cases = cases.filter(assigned_to__user_id=viewer.user_id)
    if asked.column and asked.tab != ENDED:
        cases = cases.filter(state__in=STATES_OF[asked.column])
    return narrowed(cases, asked=asked)


def narrowed(cases: InterventionQuerySet, *, asked: Asked) -> InterventionQuerySet:
    if asked.building:
        cases = cases.filter(building__public_id=asked.building)
    if asked.category:
        cases = cases.filter(category=asked.category)
    if asked.is_urgent:
        cases = cases.filter(is_urgent=True)
    if asked.is_water_damage:
        cases = cases.filter(kind=Intervention.Kind.WATER_DAMAGE)
    if asked.words:
        cases = cases.filter(holding(asked.words))
    return cases


def holding(words: str) -> Q:
    """Those that hold these words somewhere, be they typed without their accents."""
    pattern = without_accents(words)
    told = Q(title__iregex=pattern) | Q(place__iregex=pattern) | Q(supplier_name__iregex=pattern)
    return Q(number__istartswith=words) | told


def page_after(viewer: Viewer, cases: InterventionQuerySet, *, asked: Asked) -> InterventionQuerySet:
    """The cases that follow the one named in the address; all of them where it names none."""
    last = cases_of_agency(viewer).filter(public_id=asked.after).first() if asked.after else None
    if asked.tab == ENDED:
        cases = cases.order_by(F("closed_on").desc(nulls_last=True), "-pk")
        cases = cases.filter(after_ended(last)) if last else cases
    else:
        cases = cases.urgent_first()
        cases = cases.filter(after_open(last)) if last else cases
    return cases.with_place()


def after_open(last: Intervention) -> Q:
    """In the order of `urgent_first`."""
    less_urgent = Q(is_urgent__lt=last.is_urgent)
    same_day = Q(reported_on=last.reported_on, pk__gt=last.pk)
    return less_urgent | Q(is_urgent=last.is_urgent) & (Q(reported_on__gt=last.reported_on) | same_day)


def after_ended(last: Intervention) -> Q:
    """The latest ended first; those whose day is not known come last."""
    if last.closed_on is None:
        return Q(closed_on=None, pk__lt=last.pk)
    return Q(closed_on=None) | Q(closed_on__lt=last.closed_on) | Q(closed_on=last.closed_on, pk__lt=last.pk)
