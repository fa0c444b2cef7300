"""How a colleague is named and reached, beside what is decided here and what the books say of it."""

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from parvis.kit.french_dates import long_date
from parvis.kit.typography import format_phone
from parvis.people.actions.details import DETAILS
from parvis.people.models import KeptDetail, StaffMember
from parvis.web.staff.settings.staff_page import seen_by_clients
from parvis.web.ui.contacts import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """« Téléphone », modifié ici le 23 novembre 2026, and what stands again when the books are followed."""

    name: str
    label: str
    day: str
    books: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsPage:
    member: StaffMember
    kept: list[KeptLine]


def details_page(member: StaffMember) -> DetailsPage:
    kept = member.kept_details.filter(name__in=DETAILS)
    return DetailsPage(member=member, kept=[kept_line(detail) for detail in kept])


def kept_line(detail: KeptDetail) -> KeptLine:
    return KeptLine(
        name=detail.name,
        label=detail.get_name_display().capitalize(),
        day=long_date(detail.written_at),
        books=books_words(detail),
    )


def books_words(detail: KeptDetail) -> str:
    """« Comptable », « 01 99 00 14 12 »; « rien » for what is empty."""
    words = {"role": dict(StaffMember.Role.choices), "civility": dict(StaffMember.Civility.choices)}
    if detail.name == KeptDetail.Name.PHONE:
        return format_phone(detail.books) or "rien"
    return words.get(detail.name, {}).get(detail.books, detail.books) or "rien"


def previewed(member: StaffMember, typed: Mapping[str, str], *, today: dt.date) -> list[Contact]:
    """The cards of the clients, with what was typed."""
    shown = copy.copy(member)
    for name, value in typed.items():
        setattr(shown, name, value)
    return seen_by_clients(shown, today=today, absence=None)


def initial_of(member: StaffMember) -> dict[str, str]:
    return {name: getattr(member, name) for name in DETAILS}
