"""How a colleague is named and reached: decided here in place of the books, until somebody lets the books speak again.

Nothing of it touches the login: who changes the address that clients read does not change who signs in.
"""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.people.models import StaffMember

DETAILS = ("civility", "first_name", "last_name", "role", "phone", "email")
DAYS = frozenset({"left_on"})
Author = tuple[str, str]


class DetailRefused(Refusal):
    """What the colleague's row does not take, in its own words."""


@transaction.atomic
def change_details(*, member: StaffMember, values: Mapping[str, str], by: Author) -> list[str]:
    """Write these details, which imports leave alone from then on; the names of those that changed.

    Refuses (`DetailRefused`) a value that the row does not take.
    """
    if not set(DETAILS).issuperset(values):
        raise KeyError(sorted(set(values) - set(DETAILS)))
    held = hold_member(member)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    for name in changed:
        keep(held, name)
        setattr(held, name, values[name])
    refuse_wrong(held, changed)
    if changed:
        held.save(update_fields=changed)
        record(agency_id=held.agency_id, verb="staff.details-changed", actor=by, subject=("staff", held.public_id))
    return changed


@transaction.atomic
def follow_books(*, member: StaffMember, name: str, by: Author) -> StaffMember:
    """What the books say of that detail stands again, and imports change it as before. Nothing when it is not kept."""
    held = hold_member(member)
    kept = held.kept_details.filter(name=name).first()
    if kept is None:
        return held
    setattr(held, name, read_value(name, kept.books))
    held.save(update_fields=[name])
    kept.delete()
    record(agency_id=held.agency_id, verb="staff.details-from-books", actor=by, subject=("staff", held.public_id))
    return held


def keep(member: StaffMember, name: str) -> None:
    """Before the row changes: that detail is decided here, and the books said what the row says now."""
    said = getattr(member, name)
    now = database_now()
    member.kept_details.update_or_create(
        name=name,
        defaults={"written_at": now},
        create_defaults={
            "agency_id": member.agency_id,
            "books": said.isoformat() if isinstance(said, dt.date) else said or "",
            "written_at": now,
        },
    )


def read_value(name: str, written: str) -> str | dt.date | None:
    """What the books say, as the column takes it."""
    if name in DAYS:
        return dt.date.fromisoformat(written) if written else None
    return written


def hold_member(member: StaffMember) -> StaffMember:
    found: StaffMember = StaffMember.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    return found


def refuse_wrong(member: StaffMember, changed: list[str]) -> None:
    fixed = {field.name for field in StaffMember._meta.concrete_fields} - set(changed)
    try:
        member.clean_fields(exclude=fixed)
    except ValidationError as error:
        raise DetailRefused(error.messages[0]) from error
