"""The package of an agency on one day: every file of the exchange format, from the cast and the books."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from parvis.demo import budgets, rows
from parvis.demo.agencies import DemoAgency
from parvis.demo.applications import applications
from parvis.demo.books import MANDATES_CREDITOR, Account, books_of
from parvis.demo.casting import cast_stage
from parvis.demo.charges import FREE_ASSOCIATION
from parvis.demo.documents import piece_of
from parvis.demo.ibans import invented_iban
from parvis.demo.interventions import Case, cases, event_author, event_label, next_step_label
from parvis.demo.payers import Due
from parvis.demo.roles import Stage
from parvis.demo.rows import Row, day, yes_or_no
from parvis.exchange.rules.tables import load_table
from parvis.kit.money import plain_cents

YEARS_OF_ACCOUNTS = 3


def write_package(agency: DemoAgency, *, folder: Path, port: int, today: dt.date, first_year: int = 0) -> Stage:
    """Write the files of the package into `folder` and return the cast that it tells of.

    The same day gives the same bytes. `first_year` is the first of the years of accounts: three years before
    `today` unless an older package is continued.
    """
    stage = stage_of(agency, first_year=first_year or today.year - YEARS_OF_ACCOUNTS)
    folder.mkdir(parents=True, exist_ok=True)
    files = package_rows(agency, stage, port=port, today=today)
    for name, lines in files.items():
        write_file(folder / f"{name}.csv", columns=load_table(name).column_names, lines=lines)
    return stage


def stage_of(agency: DemoAgency, *, first_year: int) -> Stage:
    return cast_stage(
        agency.code, first_year=first_year, first_reference=agency.first_reference, applicants=agency.applicants
    )


def write_file(path: Path, *, columns: list[str], lines: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def package_rows(agency: DemoAgency, stage: Stage, *, port: int, today: dt.date) -> dict[str, Iterable[Row]]:
    """File → its rows."""
    accounts = books_of(stage, today=today)
    shown = list(cases(stage, today=today, states=agency.case_states))
    return {
        "agency": [rows.agency_row(agency, port=port, today=today)],
        "staff": [rows.staff_row(agency, colleague) for colleague in agency.staff],
        "buildings": [rows.building_row(building, today=today) for building in stage.buildings],
        "assignments": rows.assignment_rows(agency, stage),
        "lots": [row for building in stage.buildings for row in rows.lot_rows(building)],
        "allocation_keys": [row for building in stage.buildings for row in rows.key_rows(building)],
        "lot_shares": [row for building in stage.buildings for row in rows.share_rows(building)],
        "clients": [rows.client_row(client) for client in stage.cast.clients],
        "ownerships": rows.ownership_rows(stage, today=today),
        "representatives": rows.representative_rows(stage),
        "mandates": rows.mandate_rows(stage),
        "leases": rows.lease_rows(stage, today=today),
        "tenancies": rows.tenancy_rows(stage),
        "council_seats": rows.seat_rows(stage),
        "creditors": creditor_rows(agency, stage),
        "accounts": [account_row(account) for account in accounts],
        "entries": (row for account in accounts for row in entry_rows(account)),
        "calls": (row for account in accounts for row in call_rows(account)),
        "interventions": [case_row(case) for case in shown],
        "intervention_events": [row for case in shown for row in event_rows(agency, case)],
        "applications": application_rows(stage, today=today),
        "absences": rows.absence_rows(agency, today=today),
        "fiscal_years": budgets.fiscal_year_rows(stage, today=today),
        "budget_lines": budgets.budget_rows(stage, today=today),
        "works_operations": budgets.works_rows(stage, today=today),
        "works_instalments": budgets.works_instalment_rows(stage, today=today),
        "expenses": budgets.expense_rows(stage, today=today),
        "call_parts": budgets.call_part_rows(stage, accounts, today=today),
    }


def creditor_rows(agency: DemoAgency, stage: Stage) -> Iterator[Row]:
    """A creditor for each syndicat, the ASL where there is one, and the landlords' account of the agency."""
    for building in stage.buildings:
        if building.is_syndic:
            name = building.source.name
            yield creditor_row(f"SDC-{building.reference}", kind="owners_association", name=f"Syndicat {name}")
    if any(building.reference in FREE_ASSOCIATION.buildings for building in stage.buildings):
        yield creditor_row(FREE_ASSOCIATION.reference, kind="free_association", name=FREE_ASSOCIATION.name)
    yield creditor_row(MANDATES_CREDITOR, kind="mandates", name=f"{agency.name}, compte des mandants")


def creditor_row(reference: str, *, kind: str, name: str) -> Row:
    return {
        "reference": reference,
        "kind": kind,
        "name": name,
        "iban": invented_iban(name),
        "cheque_order": name,
    }


def account_row(account: Account) -> Row:
    return {
        "reference": account.reference,
        "client": account.client.reference,
        "creditor": account.creditor,
        "kind": account.kind,
        "building": account.building,
        "lot": account.lot,
        "payment_mode": account.payment_mode,
        "payment_reference": f"{account.client.reference} {account.creditor}",
        "arrangement": account.arrangement,
        "next_payout_on": day(account.next_payout_on),
        "closed_on": day(account.closed_on),
    }


def entry_rows(account: Account) -> Iterator[Row]:
    for entry in account.entries:
        yield {
            "account": account.reference,
            "reference": entry.reference,
            "booked_on": day(entry.booked_on),
            "due_on": day(entry.due_on),
            "kind": entry.kind,
            "label": entry.label,
            "detail": entry.detail,
            "piece": piece_of(account, entry),
            "debit": plain_cents(entry.debit_cents) if entry.debit_cents else "",
            "credit": plain_cents(entry.credit_cents) if entry.credit_cents else "",
            "means": entry.means,
            "vat": plain_cents(entry.vat_cents) if entry.vat_cents is not None else "",
            "charges": plain_cents(entry.charges_cents) if entry.charges_cents is not None else "",
            "tax_line": entry.tax_line,
        }


def call_rows(account: Account) -> Iterator[Row]:
    for call in account.calls:
        yield {
            "account": account.reference,
            "reference": call.reference,
            "label": call.label,
            "issued_on": day(call.issued_on),
            "due_on": day(call.due_on),
            "amount": plain_cents(call.cents),
            **(rent_columns(call) if call.covers_from else {}),
        }


def rent_columns(call: Due) -> Row:
    """What a demand of rent says besides."""
    return {
        "rent": plain_cents(call.rent_cents),
        "charges": plain_cents(call.charges_cents),
        "covers_from": day(call.covers_from),
        "covers_until": day(call.covers_until),
    }


def case_row(case: Case) -> Row:
    return {
        "number": case.number,
        "building": case.building.reference,
        "lot": case.unit.main.number if case.unit else "",
        "reporter": case.reporter,
        "scope": case.scope,
        "state": case.state,
        "category": case.problem.category,
        "is_urgent": yes_or_no(case.is_urgent),
        "title": case.problem.title,
        "description": case.problem.description,
        "place": case.problem.place,
        "supplier_name": case.supplier,
        "next_step": next_step_label(case),
        "next_step_on": day(case.next_step.day if case.next_step else None),
        "reported_on": day(case.steps[0].day),
        "closed_on": day(case.closed_on),
    }


def event_rows(agency: DemoAgency, case: Case) -> Iterator[Row]:
    for rank, step in enumerate(case.steps, start=1):
        yield {
            "intervention": case.number,
            "happened_on": day(step.day),
            "rank": str(rank),
            "label": event_label(case, step),
            "author_name": event_author(agency, case, step),
        }


def application_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for application in applications(stage, today=today):
        yield {
            "reference": application.reference,
            "applicant": application.applicant.reference,
            "listing_label": application.listing,
            "state": application.state,
            "pieces_received": str(application.pieces_received),
            "pieces_expected": str(application.pieces_expected),
            "submitted_on": day(application.submitted_on),
            "answer_due_on": day(application.answer_due_on),
        }
