"""The papers of the agency on one day: one of each kind, some missing and some out of date on purpose."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parvis.demo.books import CO_OWNER, Account, Entry
from parvis.demo.budgets import assembly_of, expense_rows
from parvis.demo.buildings import Building
from parvis.demo.cast import ACTIVE
from parvis.demo.months import add_months, days_after
from parvis.demo.payers import Due
from parvis.demo.roles import Letting, Stage, covers
from parvis.kit.french_dates import long_date, month_and_year
from parvis.kit.money import plain_cents

OWNERS, COUNCIL, TENANTS, EVERYONE, CLIENT, ACCOUNT, LOT = (
    *("owners", "council", "tenants", "everyone"),
    *("client", "account", "lot"),
)
# What the legal list shows: a contract that ended, a paper never made, one that is too old, minutes that lack.
CONTRACT_ENDED, NO_LOG, OLD_SHEET, TWO_MINUTES, SUED, SCANNED = "001", "002", "003", "004", "005", "001"
EXPIRED_GUARANTEE_OF = "moulin"
LEASES_WITH_PAPERS = 12
CALLED_DAYS_BEFORE, NEWS_ON_DAY = 35, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPaper:
    """A line of the index, and what is printed."""

    reference: str
    kind: str
    title: str
    dated_on: dt.date
    audience: str
    building: str = ""
    lot: str = ""
    client: str = ""
    covers_from: dt.date | None = None
    covers_until: dt.date | None = None
    valid_until: dt.date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    is_scanned: bool = False


def papers_of(stage: Stage, accounts: list[Account], *, today: dt.date) -> Iterator[DemoPaper]:
    """Every paper that is dated by `today`."""
    found = [*agency_papers(stage, today=today)]
    for building in stage.buildings:
        if building.is_syndic:
            found += building_papers(building, today=today)
            found += council_papers(building, today=today)
    found += [*invoices(stage, today=today), *call_papers(accounts), *lease_papers(stage, today=today)]
    return (paper for paper in found if paper.dated_on <= today)


def agency_papers(stage: Stage, *, today: dt.date) -> Iterator[DemoPaper]:
    """The card, the insurance and the guarantee of the agency itself."""
    first_day = dt.date(today.year, 1, 1)
    last_day = dt.date(today.year, 12, 31)
    kinds = {
        "professional_card": "Carte professionnelle",
        "liability_insurance": "Attestation d’assurance de responsabilité civile professionnelle",
        "financial_guarantee": "Attestation de garantie financière",
    }
    for kind, title in kinds.items():
        is_old = kind == "financial_guarantee" and stage.agency == EXPIRED_GUARANTEE_OF
        year = today.year - 1 if is_old else today.year
        yield DemoPaper(
            reference=f"AGENCE-{kind}-{year}",
            kind=kind,
            title=f"{title} {year}",
            dated_on=first_day.replace(year=year),
            valid_until=last_day.replace(year=year),
            audience=EVERYONE,
        )


def of_building(building: Building, kind: str, title: str, dated_on: dt.date) -> DemoPaper:
    """A paper for its owners, until it is said otherwise."""
    return DemoPaper(
        reference=f"{building.reference}-{kind}-{dated_on.year}",
        kind=kind,
        title=title,
        dated_on=dated_on,
        audience=OWNERS,
        building=building.reference,
    )


def building_papers(building: Building, *, today: dt.date) -> Iterator[DemoPaper]:
    """What every co-owner may read (décret 2019-502, art. 1)."""
    yield from deed_papers(building)
    yield from yearly_papers(building, today=today)
    yield from contract_papers(building, today=today)
    yield from meeting_papers(building, today=today)
    rules = of_building(building, "other", "Consignes de tri et de sécurité", add_months(today.replace(day=4), -7))
    yield replace(rules, audience=TENANTS)
    yield news_of(building, today=today)


def deed_papers(building: Building) -> Iterator[DemoPaper]:
    deed = of_building(building, "bylaws", "Règlement de copropriété", dt.date(1987, 3, 12))
    yield replace(deed, is_scanned=building.reference == SCANNED)
    yield of_building(building, "division_statement", "État descriptif de division", dt.date(1987, 3, 12))
    yield of_building(building, "technical_report", "Diagnostic technique global", dt.date(2022, 5, 17))
    title = "Diagnostic de performance énergétique collectif"
    energy = of_building(building, "energy_report", title, dt.date(2024, 9, 3))
    yield replace(energy, valid_until=dt.date(2034, 9, 2))
    yield of_building(building, "works_plan", "Projet de plan pluriannuel de travaux", dt.date(2024, 10, 1))


def yearly_papers(building: Building, *, today: dt.date) -> Iterator[DemoPaper]:
    months_ago = 20 if building.reference == OLD_SHEET else 4
    sheet_on = add_months(today.replace(day=9), -months_ago)
    yield of_building(building, "building_summary_sheet", f"Fiche synthétique {sheet_on.year}", sheet_on)
    if building.reference != NO_LOG:
        log_on = add_months(today.replace(day=2), -1)
        yield of_building(building, "maintenance_log", "Carnet d’entretien de l’immeuble", log_on)
    notice_on = add_months(today.replace(day=6), -8)
    yield of_building(building, "information_notice", "Notice d’information des copropriétaires", notice_on)


def contract_papers(building: Building, *, today: dt.date) -> Iterator[DemoPaper]:
    insured_until = dt.date(today.year, 12, 31)
    if building.reference == NO_LOG:
        insured_until = add_months(today.replace(day=15), -3)
    begun = add_months(today.replace(day=1), -14)
    kept_up_until = add_months(today, -2) if building.reference == CONTRACT_ENDED else add_months(today, 10)
    said = {
        "insurance_contract": ("Contrat d’assurance multirisque de l’immeuble", insured_until),
        "maintenance_contract": ("Contrat d’entretien des équipements communs", kept_up_until),
        "supplier_contract": ("Contrat de nettoyage des parties communes", add_months(today, 9)),
        "syndic_contract": ("Contrat de syndic", add_months(today, 7)),
    }
    for kind, (title, until) in said.items():
        yield replace(of_building(building, kind, title, begun), valid_until=until)


def meeting_papers(building: Building, *, today: dt.date) -> Iterator[DemoPaper]:
    held = [assembly_of(building, year) for year in range(today.year - 4, today.year + 1)]
    past = [day for day in held if day <= today][-3:]
    for day in past[1:] if building.reference == TWO_MINUTES else past:
        title = f"Procès-verbal de l’assemblée générale du {long_date(day)}"
        yield replace(of_building(building, "minutes", title, day), covers_from=day, covers_until=day)
    latest = past[-1]
    yield of_building(building, "works_quote", "Devis retenu, ravalement de la façade sur cour", latest)
    for day in (latest, assembly_of(building, today.year + 1)):
        title = f"Convocation à l’assemblée générale du {long_date(day)}"
        notice = of_building(building, "meeting_notice", title, days_after(day, -CALLED_DAYS_BEFORE))
        yield replace(notice, covers_from=day, covers_until=day)


def news_of(building: Building, *, today: dt.date) -> DemoPaper:
    """What was put online these days: the notice of the month."""
    month = today if today.day >= NEWS_ON_DAY else add_months(today, -1)
    day = month.replace(day=NEWS_ON_DAY)
    paper = of_building(building, "other", f"Relevé des compteurs d’eau, {month_and_year(day)}", day)
    return replace(paper, reference=f"{building.reference}-COMPTEURS-{day:%Y-%m}")


def council_papers(building: Building, *, today: dt.date) -> Iterator[DemoPaper]:
    """What the council reads besides (décret 2019-502, art. 3)."""
    year = today.year - 1
    closed_on = dt.date(today.year, 3, 20)
    yearly = {
        "general_balance": f"Balance générale des comptes {year}",
        "income_expense_summary": f"Relevé général des charges et produits {year}",
        "annual_accounts": f"Comptes annuels {year} et leurs annexes",
        "owners_list": f"Liste des copropriétaires au {long_date(closed_on)}",
    }
    for kind, title in yearly.items():
        yield replace(of_building(building, kind, title, closed_on), audience=COUNCIL)
    for months in (1, 2, 3):
        day = add_months(today.replace(day=5), -months)
        statement = of_building(
            building, "bank_statement", f"Relevé du compte bancaire séparé, {month_and_year(day)}", day
        )
        yield replace(statement, audience=COUNCIL, reference=f"{building.reference}-RB-{day:%Y-%m}")
    if building.reference == SUED:
        sued_on = add_months(today.replace(day=11), -5)
        writ = of_building(building, "writ", "Assignation, infiltrations en toiture", sued_on)
        yield replace(writ, audience=COUNCIL)


def invoices(stage: Stage, *, today: dt.date) -> Iterator[DemoPaper]:
    """The invoices of the last closed exercise of the first building, as its expenses name them."""
    first = next((building for building in stage.buildings if building.is_syndic), None)
    wanted = f"FAC-{first.reference}-{today.year - 1}-" if first else ""
    for row in expense_rows(stage, today=today):
        if wanted and row["piece"].startswith(wanted) and row["supplier_name"]:
            yield DemoPaper(
                reference=row["piece"],
                kind="supplier_invoice",
                title=f"Facture {row['supplier_name']}, {row['label'].lower()}",
                dated_on=dt.date.fromisoformat(row["booked_on"]),
                audience=COUNCIL,
                building=row["building"],
                facts=(("Fournisseur", row["supplier_name"]), ("Montant", f"{row['amount']} €")),
            )


def has_papers(account: Account) -> bool:
    """The calls of a few accounts have their paper: those of who is inside already, and the first of a building."""
    ends = account.client.reference[-1]
    return account.kind == CO_OWNER and (account.client.state == ACTIVE or (account.building == "001" and ends in "04"))


def piece_of(account: Account, entry: Entry | Due) -> str:
    """The reference of the paper of a call; nothing for the rest."""
    is_called = entry.kind in ("call", "works") and entry.due_on is not None
    return f"{account.reference}-{entry.reference}" if is_called and has_papers(account) else ""


def call_papers(accounts: list[Account]) -> Iterator[DemoPaper]:
    for account in accounts:
        for call in account.calls:
            piece = piece_of(account, call)
            if piece:
                yield DemoPaper(
                    reference=piece,
                    kind="funds_call",
                    title=call.label,
                    dated_on=call.issued_on or call.booked_on,
                    audience=ACCOUNT,
                    client=account.client.reference,
                    building=account.building,
                    facts=(
                        ("Compte", account.reference),
                        ("À payer avant le", long_date(call.due_on)),
                        ("Montant", f"{plain_cents(call.cents)} €"),
                    ),
                )


def lease_papers(stage: Stage, *, today: dt.date) -> Iterator[DemoPaper]:
    """Of a few lettings: the lease and the inventory, to the tenant and to the landlord; the energy report."""
    for letting in stage.lettings[:LEASES_WITH_PAPERS]:
        lease = next((lease for lease in letting.leases if covers(lease, today)), None)
        if lease is None:
            continue
        for role, client in (("LOC", lease.tenants[0]), ("BAI", letting.landlord)):
            for kind, title in (("lease", "Bail d’habitation"), ("inventory_report", "État des lieux d’entrée")):
                paper = of_lot(letting, kind, title, lease.starts_on)
                reference = f"{lease.reference}-{kind}-{role}"
                yield replace(paper, reference=reference, audience=CLIENT, client=client.reference)
        yield of_lot(letting, "energy_report", "Diagnostic de performance énergétique du logement", lease.starts_on)


def of_lot(letting: Letting, kind: str, title: str, dated_on: dt.date) -> DemoPaper:
    building, lot = letting.unit.building.reference, letting.unit.main
    return DemoPaper(
        reference=f"{building}-{lot.number}-{kind}-{dated_on.year}",
        kind=kind,
        title=title,
        dated_on=dated_on,
        audience=LOT,
        building=building,
        lot=lot.number,
        facts=(("Logement", f"{lot.label}, lot {lot.number}"),),
    )
