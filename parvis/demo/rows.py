"""The rows of a package about the agency, its buildings and its people, as the exchange format writes them."""

import datetime as dt
from collections.abc import Iterator

from parvis.demo.agencies import DESK_ALONE, Colleague, DemoAgency
from parvis.demo.buildings import KEY_LABELS, KEY_TOTALS, Building, floor_words
from parvis.demo.cast import FORMER, Client, plain
from parvis.demo.former_portal import former_hash
from parvis.demo.premises import energy_columns, lease_columns, occupancy_of, premises_columns
from parvis.demo.rents import amounts
from parvis.demo.roles import Stage
from parvis.kit.money import plain_cents

Row = dict[str, str]
OPENING_HOURS = "du lundi au vendredi, de 9\u00a0h à 12\u00a0h et de 14\u00a0h à 18\u00a0h"
ABSENT_BEFORE_DAYS, ABSENT_AFTER_DAYS, CLOSED_IN_DAYS = 7, 7, 31


def yes_or_no(answer: bool) -> str:  # noqa: FBT001 -- the only thing it takes
    return "oui" if answer else "non"


def day(date: dt.date | None) -> str:
    return date.isoformat() if date else ""


def agency_row(agency: DemoAgency, *, port: int, today: dt.date) -> Row:
    return {
        "slug": agency.slug,
        "name": agency.name,
        "legal_name": agency.legal_name,
        "host": f"127.0.0.1:{port}",
        "other_hosts": f"localhost:{port}",
        "is_host_owner": yes_or_no(agency.is_host_owner),
        "hue": str(agency.hue),
        "phone": agency.phone,
        "emergency_phone": agency.emergency_phone,
        "email": f"contact@{agency.domain}",
        "sender_email": f"noreply@{agency.domain}",
        "opening_hours": OPENING_HOURS,
        "weekly_hours": agency.weekly_hours,
        "closures": day(today + dt.timedelta(days=CLOSED_IN_DAYS)),
        "street": agency.street,
        "postal_code": agency.postal_code,
        "city": agency.city,
        "professional_card": "Carte professionnelle imaginaire, sans numéro",
        "financial_guarantee": "Garantie imaginaire",
        "mediator": "Médiateur imaginaire",
        "data_as_of": day(today),
    }


def staff_row(agency: DemoAgency, colleague: Colleague) -> Row:
    return {
        "reference": colleague.reference,
        "civility": colleague.civility,
        "first_name": colleague.first_name,
        "last_name": colleague.last_name,
        "role": colleague.role,
        "phone": colleague.phone,
        "email": staff_email(agency, colleague),
    }


def absence_rows(agency: DemoAgency, *, today: dt.date) -> Iterator[Row]:
    """Somebody is away on the day of the package, from the week before to the week after."""
    yield {
        "staff_member": agency.absent,
        "starts_on": day(today - dt.timedelta(days=ABSENT_BEFORE_DAYS)),
        "ends_on": day(today + dt.timedelta(days=ABSENT_AFTER_DAYS)),
        "replacement": agency.stand_in,
    }


def staff_email(agency: DemoAgency, colleague: Colleague) -> str:
    return f"{plain(colleague.first_name)}.{plain(colleague.last_name)}@{agency.domain}"


def assignment_rows(agency: DemoAgency, stage: Stage) -> Iterator[Row]:
    """Managers look after the buildings of the syndic, the rental manager after all where something is let."""
    let = {letting.unit.building.reference for letting in stage.lettings}
    for colleague in agency.staff:
        if colleague.role in DESK_ALONE:
            continue
        for building in stage.buildings:
            is_theirs = not colleague.buildings or building.reference in colleague.buildings
            if is_theirs and (colleague.role != "rental_manager" or building.reference in let):
                yield {
                    "building": building.reference,
                    "staff_member": colleague.reference,
                    "duty": colleague.duty,
                    "starts_on": day(dt.date(stage.first_year - 1, 1, 2)),
                }


def building_row(building: Building, *, today: dt.date) -> Row:
    source = building.source
    return {
        "reference": source.reference,
        "registration_number": source.registration_number,
        "name": source.name,
        "street": source.street,
        "postal_code": source.postal_code,
        "city": source.city,
        **premises_columns(building, today=today),
    }


def lot_rows(building: Building) -> Iterator[Row]:
    for lot in building.lots:
        yield {
            "building": building.reference,
            "number": lot.number,
            "kind": lot.kind,
            "label": lot.label,
            "floor": floor_words(lot.floor),
            "area": plain_cents(lot.area_square_decimetres) if lot.area_square_decimetres else "",
            **energy_columns(building, lot),
        }


def key_rows(building: Building) -> Iterator[Row]:
    for code in building.shares:
        yield {
            "building": building.reference,
            "code": code,
            "label": KEY_LABELS[code],
            "total_shares": str(KEY_TOTALS[code]),
        }


def share_rows(building: Building) -> Iterator[Row]:
    for code, shares in building.shares.items():
        for lot, weight in shares.items():
            yield {"building": building.reference, "key": code, "lot": lot, "shares": str(weight)}


def client_row(client: Client) -> Row:
    return {
        "customer_reference": client.reference,
        "kind": client.kind,
        "civility": client.civility,
        "first_name": client.first_name,
        "last_name": client.last_name,
        "company_name": client.company_name,
        "address_extra": client.address.extra,
        "street": client.address.street,
        "postal_code": client.address.postal_code,
        "city": client.address.city,
        "mobile_phone": client.mobile,
        "landline_phone": client.landline,
        "known_email": client.email,
        "password_hash": former_hash(client) if client.state == FORMER else "",
    }


def ownership_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for tenure in stage.tenures:
        occupancy = occupancy_of(stage, tenure, today=today)
        for lot in tenure.unit.lots:
            for holder in tenure.holders:
                yield {
                    "building": tenure.unit.building.reference,
                    "lot": lot.number,
                    "client": holder.client.reference,
                    "kind": holder.kind,
                    "share_numerator": str(holder.numerator),
                    "share_denominator": str(holder.denominator),
                    "is_representative": yes_or_no(holder.is_representative),
                    "occupancy": occupancy,
                    "starts_on": day(tenure.starts_on),
                    "ends_on": day(tenure.ends_on),
                }


def representative_rows(stage: Stage) -> Iterator[Row]:
    for representative in stage.representatives:
        yield {
            "client": representative.client.reference,
            "representative": representative.representative.reference,
            "role": representative.role,
            "may_read_accounts": "oui",
            "may_pay": yes_or_no(representative.may_pay),
            "may_report": yes_or_no(representative.may_report),
            "starts_on": day(representative.starts_on),
        }


def mandate_rows(stage: Stage) -> Iterator[Row]:
    """A mandate covers the flat with its cellar and its parking."""
    for letting in stage.lettings:
        for lot in letting.unit.lots:
            yield {
                "number": letting.mandate_number,
                "building": letting.unit.building.reference,
                "lot": lot.number,
                "client": letting.landlord.reference,
                "starts_on": day(letting.starts_on),
            }


def lease_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    """The rent is that of today."""
    for letting in stage.lettings:
        for lease in letting.leases:
            yield {
                "reference": lease.reference,
                "building": letting.unit.building.reference,
                "lot": letting.unit.main.number,
                "rent": plain_cents(amounts(lease, today)[0]),
                "charges": plain_cents(lease.charges_cents),
                "deposit": plain_cents(lease.rent_cents),
                **lease_columns(lease, today=today),
                "starts_on": day(lease.starts_on),
                "ends_on": day(lease.ends_on),
            }


def tenancy_rows(stage: Stage) -> Iterator[Row]:
    for letting in stage.lettings:
        for lease in letting.leases:
            for tenant in lease.tenants:
                yield {
                    "lease": lease.reference,
                    "client": tenant.reference,
                    "starts_on": day(lease.starts_on),
                    "ends_on": day(lease.ends_on),
                }


def seat_rows(stage: Stage) -> Iterator[Row]:
    for seat in stage.seats:
        yield {
            "building": seat.building.reference,
            "client": seat.client.reference,
            "is_chair": yes_or_no(seat.is_chair),
            "starts_on": day(seat.starts_on),
            "ends_on": day(seat.ends_on),
        }
