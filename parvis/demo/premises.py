"""What the agency knows of a building, a flat or a lease besides its accounts. All of it is invented."""

import datetime as dt

from parvis.demo import dice
from parvis.demo.buildings import Building, Lot
from parvis.demo.charges import APPROVED_AFTER_MONTHS, APPROVED_ON_DAY, fiscal_year_start
from parvis.demo.months import add_months
from parvis.demo.roles import Lease, Stage, Tenure

CARETAKER_FROM_UNITS = 18
CARETAKERS = ("Paulo Mendes", "Odette Lacaze", "Rachid Amrani")
MEETING_KNOWN_BEFORE = dt.timedelta(days=180)
ENERGY_CLASSES = "CDDDEEF"
ENERGY_LASTS_YEARS = 10


def premises_columns(building: Building, *, today: dt.date) -> dict[str, str]:
    """The caretaker of the larger buildings, the code of the door, the days of the general meetings."""
    meetings = {}
    if building.is_syndic:
        last, coming = meeting_days(building, today=today)
        is_known = coming - today < MEETING_KNOWN_BEFORE
        meetings = {
            "last_meeting_on": last.isoformat(),
            "next_meeting_on": coming.isoformat() if is_known else "",
        }
    return {**caretaker_columns(building), "door_code": door_code(building), **meetings}


def caretaker_columns(building: Building) -> dict[str, str]:
    if building.source.units < CARETAKER_FROM_UNITS:
        return {}
    return {
        "caretaker_name": dice.pick(CARETAKERS, building.reference, "caretaker"),
        "caretaker_phone": f"01 00 00 {dice.between(10, 99, building.reference, 'lodge')} 21",
        "caretaker_hours": "Du lundi au vendredi, de 8\u00a0h à 12\u00a0h et de 16\u00a0h à 19\u00a0h",
    }


def door_code(building: Building) -> str:
    return f"{dice.between(10, 99, building.reference, 'door')}B{dice.between(10, 99, building.reference, 'code')}"


def meeting_days(building: Building, *, today: dt.date) -> tuple[dt.date, dt.date]:
    """The last general meeting held by `today` and the one after it: each approves the accounts of a year."""
    year = today.year + 1
    while approval_day(building, year) > today:
        year -= 1
    return approval_day(building, year), approval_day(building, year + 1)


def approval_day(building: Building, year: int) -> dt.date:
    """When the accounts of the year that begins in `year` are approved."""
    after = add_months(fiscal_year_start(building, year + 1), APPROVED_AFTER_MONTHS)
    return after.replace(day=APPROVED_ON_DAY)


def energy_columns(building: Building, lot: Lot) -> dict[str, str]:
    """A flat has its diagnosis, an annex none; a few have run out."""
    if lot.kind != "main" or dice.happens(15, building.reference, lot.number, "no diagnosis"):
        return {}
    made_on = dt.date(2016 + dice.number(building.reference, lot.number, "diagnosis", below=9), 3, 4)
    return {
        "energy_class": dice.pick(ENERGY_CLASSES, building.reference, lot.number, "energy"),
        "energy_valid_until": made_on.replace(year=made_on.year + ENERGY_LASTS_YEARS, day=3).isoformat(),
    }


def occupancy_of(stage: Stage, tenure: Tenure, *, today: dt.date) -> str:
    """What the owner does of a flat, where the agency knows: it lets the flat, or the post goes there."""
    if tenure.ends_on is not None:
        return ""
    letting = next((letting for letting in stage.lettings if letting.unit is tenure.unit), None)
    if letting is not None:
        is_let = any(lease.starts_on <= today and not lease.ends_on for lease in letting.leases)
        return "let" if is_let else "vacant"
    return "owner" if dice.happens(60, tenure.unit.name, "lives there") else ""


def lease_columns(lease: Lease, *, today: dt.date) -> dict[str, str]:
    """Insurance renewed each year (a few have not sent the new one), rent revised on the lease's birthday."""
    if lease.ends_on is not None:
        return {}
    birthday = lease.starts_on.replace(day=1, year=today.year)
    revision = birthday if birthday > today else birthday.replace(year=today.year + 1)
    is_late = dice.happens(20, lease.reference, "insurance")
    insured_until = revision.replace(year=revision.year - 1) if is_late else revision
    return {
        "is_furnished": "oui" if dice.happens(20, lease.reference, "furnished") else "non",
        "insurance_until": (insured_until - dt.timedelta(days=1)).isoformat(),
        "revision_on": revision.isoformat(),
        "revision_index": f"IRL du {quarter_words(lease.starts_on)}",
    }


def quarter_words(day: dt.date) -> str:
    """The quarter whose index was known when the lease began."""
    known = add_months(day.replace(day=1), -4)
    rank = (known.month - 1) // 3 + 1
    return f"{'1er' if rank == 1 else f'{rank}e'} trimestre {known.year}"
