"""A landlord's papers: the « compte rendu de gérance » of a period, the yearly summary for the form 2044."""

import datetime as dt
from collections.abc import Sequence

from parvis.kit.french_dates import long_date, short_date
from parvis.kit.money import balance_words, format_balance, format_cents
from parvis.kit.papers import Facts, Paper, Table, Text
from parvis.ledger.models import Account
from parvis.ledger.receipt_document import legal_line, letterhead
from parvis.ledger.rules.property_income import Group, GroupOfMovements, IncomeSummary, Statement
from parvis.people.letter_document import address_lines

FIRST = frozenset({0})
AID = (
    "Ce récapitulatif est une aide à votre déclaration\u00a0: vérifiez chaque ligne avec le formulaire de l’année. "
    "Il ne vaut que pour la location non meublée au régime réel, et ne tient compte que des sommes encaissées et "
    "payées par l’agence dans l’année."
)
NOT_INCOME = "Provisions pour charges reçues des locataires, à ne pas déclarer ligne 211"
PROVISIONAL = "Année en cours\u00a0: ces chiffres sont provisoires."
CO_OWNERSHIP = (
    "Les provisions payées à la copropriété se déclarent ligne 229 pour leur total. L’année suivante, la ligne 230 en "
    "retire la part récupérable auprès du locataire et celle qui n’est pas déductible."
)


def statement_paper(told: Statement, *, account: Account, title: str, status: str) -> Paper:
    """What the agency collected, paid and sent during a period, and the balance before and after."""
    return Paper(
        letterhead=letterhead(account.agency),
        title=f"Compte rendu de gérance, {title}",
        subtitle=f"Du {long_date(told.first)} au {long_date(told.last)}. {status}",
        recipient=list(address_lines(account.client)),
        footer=legal_line(account.agency),
        blocks=[
            Facts(rows=[("Compte", account.reference), ("Solde au début", format_balance(told.opening_cents))]),
            *(group_table(group) for group in told.groups),
            Facts(
                title="Solde à la fin",
                rows=[(balance_words(told.closing_cents), format_balance(told.closing_cents))],
            ),
        ],
    )


def group_table(group: GroupOfMovements) -> Table:
    """The movements of a heading; fees with their VAT, rents with the charges in them, no such column elsewhere."""
    part = part_title(group)
    rows = [
        (
            short_date(line.booked_on),
            f"{line.label}. {line.detail}" if line.detail else line.label,
            *part_of(group, line.vat_cents, line.signed_charges_cents),
            format_balance(line.cents),
        )
        for line in group.movements
    ]
    total = ("", "Total", *part_of(group, group.vat_cents, group.charges_cents), format_balance(group.cents))
    return Table(
        title=group.title,
        columns=["Date", "Opération", *part, "Montant"],
        rows=rows,
        totals=[total],
        amounts=frozenset({2, 3} if part else {2}),
        narrow=FIRST,
    )


def part_title(group: GroupOfMovements) -> tuple[str, ...]:
    if group.group is Group.RENTS:
        return ("Dont charges",)
    return ("Dont TVA",) if any(line.vat_cents for line in group.movements) else ()


def part_of(group: GroupOfMovements, vat_cents: int, charges_cents: int) -> tuple[str, ...]:
    if not part_title(group):
        return ()
    cents = charges_cents if group.group is Group.RENTS else vat_cents
    return (format_cents(cents) if cents else "–",)


def income_paper(summary: IncomeSummary, *, account: Account, dwellings: Sequence[str], day: dt.date) -> Paper:
    """The yearly summary, line by line; what the agency does not know is listed apart."""
    known = [(line.line, line.title, format_cents(line.cents or 0)) for line in summary.known]
    return Paper(
        letterhead=letterhead(account.agency),
        title=f"Récapitulatif pour votre déclaration de revenus {summary.year}",
        subtitle=f"Formulaire 2044. Établi le {long_date(day)}, compte {account.reference}.",
        banner=PROVISIONAL if summary.year >= day.year else "",
        recipient=list(address_lines(account.client)),
        footer=legal_line(account.agency),
        blocks=[
            Text(paragraphs=[f"Biens gérés\u00a0: {home}." for home in dwellings]),
            Table(
                title="Ce que l’agence connaît",
                columns=["Ligne", "Nature", "Montant"],
                rows=known,
                amounts=frozenset({2}),
                narrow=FIRST,
            ),
            Text(paragraphs=[f"{NOT_INCOME}\u00a0: {format_cents(summary.charges_cents)}."]),
            Table(
                title="À compléter par vous",
                columns=["Ligne", "Nature"],
                rows=[(line.line, line.title) for line in summary.to_complete],
                narrow=FIRST,
            ),
            *unclassified(summary),
            Text(paragraphs=[AID, CO_OWNERSHIP], is_note=True),
        ],
    )


def unclassified(summary: IncomeSummary) -> list[Table]:
    """What the books do not classify: nobody may guess where it goes."""
    rows = [(short_date(line.booked_on), line.label, format_balance(line.cents)) for line in summary.unclassified]
    if not rows:
        return []
    columns = ["Date", "Opération", "Montant"]
    return [
        Table(title="À classer avec votre agence", columns=columns, rows=rows, amounts=frozenset({2}), narrow=FIRST)
    ]
