"""What clients changed on the portal leaves for the agency's books."""

import datetime as dt
import json
from collections.abc import Iterable

from django.db.models import Q

from parvis.agencies.models import Agency
from parvis.kit.days import PARIS
from parvis.kit.spreadsheets import to_csv
from parvis.people.actions.profile_changes import acknowledge
from parvis.people.models import DeliveryChoice, ProfileChange

__all__ = ["acknowledge", "as_csv", "as_json", "changes_of"]

Row = dict[str, str]
VALUES = (
    *("address_extra", "street", "postal_code", "city", "country"),
    *("mobile_phone", "landline_phone", "document_kind", "channel", "text"),
)
COLUMNS = (
    *("id", "asked_at", "customer_reference", "subject", "effective_on", "state", "acknowledged_at"),
    *VALUES,
    *(f"former_{name}" for name in VALUES[:7]),
)


def changes_of(agency: Agency, *, since: dt.date | None = None) -> list[Row]:
    """Those that the agency has not acknowledged; with a day, all those asked for since. The oldest first."""
    wanted = Q(acknowledged_at=None)
    if since is not None:
        wanted = Q(asked_at__gte=dt.datetime.combine(since, dt.time.min, tzinfo=PARIS))
    changes = ProfileChange.objects.filter(wanted, agency=agency).select_related("client").order_by("pk")
    choices = DeliveryChoice.objects.filter(wanted, agency=agency).select_related("client").order_by("pk")
    rows = [*map(row_of_change, changes), *map(row_of_choice, choices)]
    return sorted(rows, key=lambda row: (row["asked_at"], row["id"]))


def as_csv(rows: Iterable[Row]) -> str:
    """For a spreadsheet: a cell that a formula could start in is made harmless."""
    return to_csv([COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in rows)])


def as_json(rows: Iterable[Row]) -> str:
    """For a program: the values as they are."""
    return json.dumps([{name: row[name] for name in COLUMNS if name in row} for row in rows], ensure_ascii=False)


# A line: once, under its id


def row_of_change(change: ProfileChange) -> Row:
    return {
        **common(change),
        "subject": change.subject,
        "state": state_of(change),
        **change.wanted,
        **{f"former_{name}": value for name, value in change.former.items()},
    }


def row_of_choice(choice: DeliveryChoice) -> Row:
    state = "acknowledged" if choice.acknowledged_at else "asked"
    kind, channel = choice.kind, choice.channel
    return {**common(choice), "subject": "delivery", "state": state, "document_kind": kind, "channel": channel}


def common(row: ProfileChange | DeliveryChoice) -> Row:
    return {
        "id": row.public_id,
        "asked_at": in_paris(row.asked_at),
        "customer_reference": row.client.customer_reference,
        "effective_on": row.effective_on.isoformat(),
        "acknowledged_at": in_paris(row.acknowledged_at) if row.acknowledged_at else "",
    }


def state_of(change: ProfileChange) -> str:
    """`asked` until something happened to it: settled, replaced, withdrawn by the client, acknowledged."""
    return change.ending or ("acknowledged" if change.acknowledged_at else "asked")


def in_paris(moment: dt.datetime) -> str:
    return moment.astimezone(PARIS).isoformat(timespec="seconds")
