"""Who lives in the demonstration: every kind of client at its place, and ordinary people around them."""

import datetime as dt
from collections.abc import Callable

from parvis.demo import dice, payers
from parvis.demo.buildings import Building, Unit, buildings_of
from parvis.demo.cast import (
    ACTIVE,
    ANYBODY,
    COMPANY,
    COUPLE,
    FORMER,
    JOINT,
    LETTER,
    NO_EMAIL,
    Address,
    Cast,
    Client,
    Wish,
)
from parvis.demo.months import add_months, days_after
from parvis.demo.rents import monthly_rent
from parvis.demo.roles import BARE, USUFRUCT, Holder, Lease, Letting, Representative, Seat, Stage, Tenure
from parvis.demo.roles import JOINT as JOINTLY

PERCENT_LET, PERCENT_ELSEWHERE = 36, 14
PERCENT_CO_TENANTS, PERCENT_TURNED_OVER, PERCENT_VACANT = 6, 20, 5
COUNCIL_SEATS = 3
KNOWN = Wish(state=LETTER)


def cast_stage(agency: str, *, first_year: int, first_reference: int, applicants: int) -> Stage:
    """Give every unit its owner and, where it is let, its tenants; then the councils and the applicants."""
    buildings = buildings_of(agency)
    stage = Stage(
        agency=agency,
        first_year=first_year,
        buildings=buildings,
        cast=Cast(agency=agency, first_reference=first_reference),
    )
    for building in buildings:
        for unit in building.units:
            SCENES.get(unit.name, SCENES_OF_LET_BUILDINGS.get(building.reference, ordinary))(stage, unit)
    for building in buildings:
        seat_council(stage, building)
    stage.applicants += [stage.cast.add(ANYBODY if rank else KNOWN) for rank in range(applicants)]
    return stage


def home(unit: Unit) -> Address:
    source = unit.building.source
    return Address(
        street=source.street, postal_code=source.postal_code, city=source.city, extra=f"Lot {unit.main.number}"
    )


def long_ago(stage: Stage, *question: object) -> dt.date:
    """A day some years before the accounts begin."""
    first_day = dt.date(stage.first_year, 1, 1)
    return days_after(first_day, -dice.between(400, 7_000, stage.agency, *question, "since"))


# Ordinary people


def ordinary(stage: Stage, unit: Unit) -> None:
    """An owner who lives there, lets through the agency, or lives elsewhere."""
    draw = dice.number(unit.name, "use", below=100)
    if draw < PERCENT_LET:
        let(stage, unit, own(stage, unit, stage.cast.add()))
    elif draw < PERCENT_LET + PERCENT_ELSEWHERE:
        own(stage, unit, stage.cast.add())
    else:
        own(stage, unit, stage.cast.add(at=home(unit)))


def own(stage: Stage, unit: Unit, client: Client) -> Client:
    """Full ownership, long since."""
    stage.tenures.append(
        Tenure(unit=unit, holders=(Holder(client=client),), starts_on=long_ago(stage, unit.name, "owner"))
    )
    return client


def let(stage: Stage, unit: Unit, landlord: Client) -> Letting:
    """A mandate, and one or two leases one after the other; some flats are vacant since."""
    draw = dice.number(unit.name, "leases", below=100)
    first_start = dt.date(stage.first_year - dice.between(0, 5, unit.name, "lease"), 1, 1)
    starts_on = days_after(first_start, dice.between(14, 330, unit.name, "lease day"))
    mandate_starts_on = days_after(starts_on, -30)
    leaves_on = days_after(dt.date(stage.first_year + 1, 4, 1), dice.between(0, 300, unit.name, "leaves"))
    if draw < PERCENT_VACANT:
        leases = [lease(stage, unit, rank=1, starts_on=starts_on, ends_on=add_months(leaves_on.replace(day=1), 12))]
    elif draw < PERCENT_VACANT + PERCENT_TURNED_OVER:
        leases = [
            lease(stage, unit, rank=1, starts_on=starts_on, ends_on=leaves_on),
            lease(stage, unit, rank=2, starts_on=days_after(leaves_on, 16)),
        ]
    else:
        leases = [lease(stage, unit, rank=1, starts_on=starts_on)]
    letting = Letting(
        unit=unit,
        landlord=landlord,
        mandate_number=f"M{mandate_starts_on.year}-{unit.building.reference}-{unit.main.number}",
        starts_on=mandate_starts_on,
        leases=tuple(leases),
    )
    stage.lettings.append(letting)
    return letting


def lease(
    stage: Stage, unit: Unit, *, rank: int, starts_on: dt.date, ends_on: dt.date | None = None, tenant: Wish = ANYBODY
) -> Lease:
    """A lease with its tenant, sometimes with a co-tenant."""
    rent_cents, charges_cents = monthly_rent(unit)
    tenants = [stage.cast.add(tenant, at=home(unit) if ends_on is None else None)]
    if ends_on is None and dice.happens(PERCENT_CO_TENANTS, unit.name, rank, "co-tenants"):
        tenants.append(stage.cast.add(at=home(unit)))
    return Lease(
        reference=f"BAIL-{unit.building.reference}-{unit.main.number}-{rank}",
        tenants=tuple(tenants),
        rent_cents=rent_cents,
        charges_cents=charges_cents,
        starts_on=starts_on,
        ends_on=ends_on,
        due_day=dice.pick((1, 1, 1, 5), unit.name, rank, "due day"),
    )


def seat_council(stage: Stage, building: Building) -> None:
    """Three co-owners sit, the first one presides; the seat of a fourth is over."""
    if not building.is_syndic:
        return
    owners = list(
        {tenure.payer.reference: tenure.payer for tenure in stage.tenures if is_held(tenure, building)}.values()
    )
    elected_on = dt.date(stage.first_year + 1, 6, 18)
    for rank, client in enumerate(owners[:COUNCIL_SEATS]):
        stage.seats.append(Seat(building=building, client=client, starts_on=elected_on, is_chair=rank == 0))
    if len(owners) > COUNCIL_SEATS:
        before = Seat(
            building=building,
            client=owners[COUNCIL_SEATS],
            starts_on=dt.date(stage.first_year - 2, 6, 20),
            ends_on=days_after(elected_on, -1),
        )
        stage.seats.append(before)


def is_held(tenure: Tenure, building: Building) -> bool:
    return tenure.unit.building is building and tenure.ends_on is None


# Every kind of client, at its place


def couple(stage: Stage, unit: Unit) -> None:
    own(stage, unit, stage.cast.add(Wish(kind=COUPLE, state=LETTER), at=home(unit)))


def two_partners_with_one_address(stage: Stage, unit: Unit) -> None:
    """Two clients, one courriel."""
    shared = "famille.delmas@exemple.fr"
    first = stage.cast.add(Wish(civility="madam", last_name="Delmas", email=shared, state=LETTER), at=home(unit))
    second = stage.cast.add(Wish(civility="sir", last_name="Delmas", email=shared, state=LETTER), at=home(unit))
    holders = (
        Holder(client=first, kind=JOINTLY, denominator=2, is_representative=True),
        Holder(client=second, kind=JOINTLY, denominator=2),
    )
    stage.tenures.append(Tenure(unit=unit, holders=holders, starts_on=long_ago(stage, unit.name, "owner")))


def company_that_lets(stage: Stage, unit: Unit) -> None:
    company = own(stage, unit, stage.cast.add(Wish(kind=COMPANY, company_name="SCI Les Peupliers", state=LETTER)))
    let(stage, unit, company)
    represent(stage, company, "accountant")


def undivided_estate(stage: Stage, unit: Unit) -> None:
    estate = own(stage, unit, stage.cast.add(Wish(kind=JOINT, company_name="Indivision Lambert", state=LETTER)))
    represent(stage, estate, "joint_representative", may_pay=True, may_report=True)
    represent(stage, estate, "notary")


def represent(stage: Stage, client: Client, role: str, *, may_pay: bool = False, may_report: bool = False) -> None:
    stage.representatives.append(
        Representative(
            client=client,
            representative=stage.cast.add(KNOWN),
            role=role,
            starts_on=dt.date(stage.first_year, 9, 1),
            may_pay=may_pay,
            may_report=may_report,
        )
    )


def three_heirs(stage: Stage, unit: Unit) -> None:
    heirs = [stage.cast.add(Wish(last_name="Carpentier", state=LETTER)) for _ in range(3)]
    holders = tuple(
        Holder(client=heir, kind=JOINTLY, denominator=3, is_representative=rank == 0) for rank, heir in enumerate(heirs)
    )
    stage.tenures.append(Tenure(unit=unit, holders=holders, starts_on=long_ago(stage, unit.name, "owner")))


def usufruct_and_bare_ownership(stage: Stage, unit: Unit) -> None:
    mother = stage.cast.add(Wish(civility="madam", last_name="Chevalier", state=LETTER), at=home(unit))
    son = stage.cast.add(Wish(civility="sir", last_name="Chevalier", state=LETTER))
    holders = (Holder(client=mother, kind=USUFRUCT), Holder(client=son, kind=BARE))
    stage.tenures.append(Tenure(unit=unit, holders=holders, starts_on=long_ago(stage, unit.name, "owner")))


def protected_adult(stage: Stage, unit: Unit) -> None:
    adult = own(stage, unit, stage.cast.add(Wish(civility="madam", state=NO_EMAIL), at=home(unit)))
    represent(stage, adult, "guardian", may_pay=True, may_report=True)


def sold(stage: Stage, unit: Unit) -> None:
    """A seller who keeps their own papers, and a buyer who sees none of them."""
    sold_on = dt.date(stage.first_year + 1, 9, 19)
    seller, buyer = stage.cast.add(KNOWN), stage.cast.add(KNOWN, at=home(unit))
    since = long_ago(stage, unit.name, "owner")
    stage.tenures.append(Tenure(unit=unit, holders=(Holder(client=seller),), starts_on=since, ends_on=sold_on))
    stage.tenures.append(Tenure(unit=unit, holders=(Holder(client=buyer),), starts_on=days_after(sold_on, 1)))


def owner_who_pays(habit: str, state: str = LETTER) -> Callable[[Stage, Unit], None]:
    """An owner who lives there and pays in that manner."""

    def scene(stage: Stage, unit: Unit) -> None:
        client = own(stage, unit, stage.cast.add(Wish(state=state), at=home(unit)))
        stage.set_habit(client, "co_owner", habit)

    return scene


def tenant_who_pays(habit: str, state: str = LETTER) -> Callable[[Stage, Unit], None]:
    """A flat let to somebody who pays in that manner."""

    def scene(stage: Stage, unit: Unit) -> None:
        landlord = own(stage, unit, stage.cast.add(KNOWN))
        tenant = let_to(stage, unit, landlord, Wish(state=state))
        stage.set_habit(tenant, "tenant", habit)

    return scene


def let_to(stage: Stage, unit: Unit, landlord: Client, tenant: Wish) -> Client:
    """One lease, since the year before the accounts."""
    starts_on = dt.date(stage.first_year - 1, 10, 1)
    contract = lease(stage, unit, rank=1, starts_on=starts_on, tenant=tenant)
    stage.lettings.append(
        Letting(
            unit=unit,
            landlord=landlord,
            mandate_number=f"M{starts_on.year}-{unit.building.reference}-{unit.main.number}",
            starts_on=days_after(starts_on, -30),
            leases=(contract,),
        )
    )
    return contract.tenants[0]


def owner_of_two(stage: Stage, unit: Unit) -> None:
    """Lives here and lets the flat next door."""
    client = own(stage, unit, stage.cast.add(Wish(state=ACTIVE), at=home(unit)))
    next_door = unit.building.units[unit.rank + 1]
    own(stage, next_door, client)
    let(stage, next_door, client)


def already_done(_stage: Stage, _unit: Unit) -> None:
    """The unit has been given with the one before it."""


def several_at_once(stage: Stage, unit: Unit) -> None:
    """Owns and lets this flat, lives as a tenant in another building of the agency, and looks for a larger one."""
    client = own(stage, unit, stage.cast.add(Wish(civility="madam", state=LETTER)))
    let(stage, unit, client)
    rented = next(building for building in stage.buildings if building.reference == "013").units[0]
    starts_on = dt.date(stage.first_year - 1, 9, 1)
    rent_cents, charges_cents = monthly_rent(rented)
    contract = Lease(
        reference=f"BAIL-{rented.building.reference}-{rented.main.number}-1",
        tenants=(client,),
        rent_cents=rent_cents,
        charges_cents=charges_cents,
        starts_on=starts_on,
    )
    owner = stage.cast.add(Wish(kind=COMPANY, company_name="SAS Dolet Patrimoine", state=LETTER))
    stage.applicants.append(client)
    stage.lettings.append(
        Letting(
            unit=rented,
            landlord=owner,
            mandate_number="M-013",
            starts_on=days_after(starts_on, -30),
            leases=(contract,),
        )
    )


def let_by_the_company(stage: Stage, unit: Unit) -> None:
    """The whole building belongs to one company, which lets it; its first flat is given already."""
    owner = next(client for client in stage.cast.clients if client.company_name == "SAS Dolet Patrimoine")
    if unit.rank:
        let(stage, unit, owner)


def let_by_somebody(stage: Stage, unit: Unit) -> None:
    let(stage, unit, stage.cast.add())


SCENES: dict[str, Callable[[Stage, Unit], None]] = {
    "001/1": couple,
    "001/2": two_partners_with_one_address,
    "001/3": company_that_lets,
    "001/4": undivided_estate,
    "001/5": three_heirs,
    "001/6": usufruct_and_bare_ownership,
    "001/7": protected_adult,
    "001/8": sold,
    "001/9": owner_who_pays(payers.SLOW),
    "001/10": owner_who_pays(payers.PLAN),
    "001/11": owner_who_pays(payers.DEBIT),
    "001/12": tenant_who_pays(payers.SLOW),
    "002/1": several_at_once,
    "002/2": owner_of_two,
    "002/3": already_done,
    "002/4": owner_who_pays(payers.AHEAD),
    "002/5": owner_who_pays(payers.DEBIT),
    "002/6": owner_who_pays(payers.DISPUTE),
    "002/7": tenant_who_pays(payers.DEBIT),
    "002/8": tenant_who_pays(payers.PLAN),
    "003/1": owner_who_pays(payers.DEFAULTER),
    "003/2": owner_who_pays(payers.TRANSFER, ACTIVE),
    "003/3": owner_who_pays(payers.TRANSFER, FORMER),
    "003/4": owner_who_pays(payers.CHEQUE, NO_EMAIL),
    "003/5": tenant_who_pays(payers.TRANSFER, ACTIVE),
    "003/6": tenant_who_pays(payers.TRANSFER, FORMER),
    "003/7": tenant_who_pays(payers.TRANSFER, NO_EMAIL),
    "004/1": owner_who_pays(payers.DEBIT, ACTIVE),
    "004/2": owner_who_pays(payers.DEBIT, FORMER),
    "004/3": tenant_who_pays(payers.DEFAULTER),
    "005/1": owner_who_pays(payers.AHEAD, ACTIVE),
    "005/2": owner_who_pays(payers.TRANSFER, FORMER),
    "005/3": tenant_who_pays(payers.AHEAD),
    "006/1": owner_who_pays(payers.TRANSFER, ACTIVE),
    "006/2": owner_who_pays(payers.SLOW, ACTIVE),
    "009/1": owner_who_pays(payers.DISPUTE),
    "010/1": owner_who_pays(payers.TRANSFER, ACTIVE),
    "010/2": owner_who_pays(payers.TRANSFER, ACTIVE),
    "010/3": owner_who_pays(payers.TRANSFER, ACTIVE),
    "010/4": owner_who_pays(payers.TRANSFER, ACTIVE),
    "010/5": owner_who_pays(payers.TRANSFER, ACTIVE),
    "010/6": owner_who_pays(payers.TRANSFER, ACTIVE),
    "011/1": owner_who_pays(payers.TRANSFER, ACTIVE),
    "011/2": owner_who_pays(payers.TRANSFER, ACTIVE),
    "011/3": owner_who_pays(payers.TRANSFER, ACTIVE),
    "011/4": owner_who_pays(payers.TRANSFER, ACTIVE),
    "012/1": owner_who_pays(payers.TRANSFER, ACTIVE),
    "012/2": owner_who_pays(payers.TRANSFER, ACTIVE),
    "012/3": owner_who_pays(payers.TRANSFER, ACTIVE),
    "A1/1": owner_who_pays(payers.TRANSFER),
    "A1/2": owner_who_pays(payers.SLOW),
    "A1/3": owner_who_pays(payers.TRANSFER, ACTIVE),
    "A1/4": owner_who_pays(payers.DEBIT, FORMER),
    "A1/5": tenant_who_pays(payers.TRANSFER),
    "A1/6": owner_who_pays(payers.TRANSFER, NO_EMAIL),
}
SCENES_OF_LET_BUILDINGS: dict[str, Callable[[Stage, Unit], None]] = {
    "013": let_by_the_company,
    "014": let_by_somebody,
}
