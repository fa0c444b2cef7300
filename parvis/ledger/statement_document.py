"""A statement of account as a paper and as a spreadsheet: a period, its opening and closing balances, its lines."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parvis.kit.french_dates import long_date, short_date
from parvis.kit.money import format_balance, plain_cents
from parvis.kit.papers import Facts, Paper, Table, Text
from parvis.kit.typography import typographic
from parvis.ledger.models import Account, Entry
from parvis.ledger.receipt_document import legal_line, letterhead
from parvis.ledger.rules.entries import Walked, balance_side
from parvis.people.letter_document import address_lines

MOST_PRINTED = 2_000
MOST_WRITTEN = 50_000
HOW_TO_READ = (
    "Un montant à votre charge s’ajoute à ce que vous devez. Un montant en votre faveur, précédé du signe +, le "
    "diminue. Quand le solde est à 0,00\u202f€, votre compte est à jour."
)
COLUMNS = (
    "Date",
    "Opération",
    "Libellé d’origine",
    "Précision",
    "Nature",
    "Pièce",
    "Débit",
    "Crédit",
    "Solde débiteur",
    "Solde créditeur",
    "État des comptes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedExercise:
    """A period of the accounts, and their state in words: « provisoire », « approuvé en assemblée le … »."""

    name: str
    begins_on: dt.date
    ends_on: dt.date
    state: str
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is stated of an account: `account` with its client, agency, creditor, lot and building.

    `caption` says which entries in words; `entries` are all those of the period, oldest first, and `shown` those of
    them that were asked for. The balances are those of the whole account.
    """

    account: Account
    title: str
    caption: str
    opening_cents: int
    opening_on: dt.date | None
    closing_cents: int
    closing_on: dt.date
    shown: Iterable[Walked]
    exercises: Sequence[StatedExercise] = ()

    @property
    def name(self) -> str:
        """Of the file."""
        return f"releve-{self.account.reference}-{self.closing_on.isoformat()}"

    def state_on(self, day: dt.date) -> str:
        return next((each.state for each in self.exercises if each.begins_on <= day <= each.ends_on), "")


def statement_pdf(statement: Statement) -> bytes:
    return statement_paper(statement).pdf()


def statement_paper(statement: Statement) -> Paper:
    account = statement.account
    table = Table(
        columns=("Date", "Opération", "Montant", "Solde après"),
        rows=[opening_line(statement), *(line_of(each, account.kind) for each in statement.shown)],
        totals=[balance_line(statement, f"Solde au {long_date(statement.closing_on)}", statement.closing_cents)],
        amounts=frozenset({2, 3}),
        narrow=frozenset({0}),
        title=statement.caption,
    )
    return Paper(
        letterhead=letterhead(account.agency),
        title="Relevé de compte",
        subtitle=f"{statement.title}, situation au {long_date(account.as_of)}.",
        banner=banner_of(statement),
        recipient=list(address_lines(account.client)),
        footer=f"Compte {account.reference}, situation au {long_date(account.as_of)}. {legal_line(account.agency)}",
        blocks=[Facts(rows=facts_of(statement)), table, Text(paragraphs=[HOW_TO_READ], is_note=True)],
    )


def banner_of(statement: Statement) -> str:
    """A figure that may still change says so before anything else."""
    names = [each.name for each in statement.exercises if each.is_provisional]
    if not names:
        return ""
    return f"Chiffres provisoires\u00a0: les comptes ne sont pas arrêtés ({', '.join(names)})."


def facts_of(statement: Statement) -> list[tuple[str, str]]:
    account = statement.account
    place = account.building.name if account.building else ""
    lot = f"lot\u00a0{account.lot.number}" if account.lot else ""
    states = [f"{each.name}\u00a0: {each.state}" for each in statement.exercises]
    rows = [
        ("Compte", account.reference),
        ("Titulaire", account.client.full_name),
        ("Bien", ", ".join(part for part in (place, lot) if part)),
        ("Créancier", account.creditor.name),
        ("État des comptes", ". ".join(states)),
    ]
    return [(name, value) for name, value in rows if value]


def opening_line(statement: Statement) -> tuple[str, ...]:
    day = statement.opening_on
    words = f"Solde au {long_date(day)}" if day else "Solde à l’ouverture du compte"
    return balance_line(statement, words, statement.opening_cents)


def balance_line(statement: Statement, words: str, cents: int) -> tuple[str, ...]:
    return ("", words, "", f"{format_balance(cents)}, {balance_side(cents, statement.account.kind)}")


def line_of(walked: Walked, account_kind: str) -> tuple[str, ...]:
    entry = walked.entry
    label, original = entry.readable(account_kind)
    said = (typographic(label), typographic(entry.detail), f"Libellé d’origine\u00a0: {original}" if original else "")
    after = walked.after_cents
    return (
        short_date(entry.booked_on),
        ". ".join(part for part in said if part),
        f"{format_balance(entry.amount_cents)}, {entry.side}",
        f"{format_balance(after)}, {balance_side(after, account_kind)}",
    )


def statement_rows(statement: Statement) -> Iterator[Sequence[str]]:
    """The header, the opening balance, each line, the closing balance: debit and credit are the agency's."""
    yield COLUMNS
    day = statement.opening_on
    yield balance_row("Solde au début de la période", day.isoformat() if day else "", statement.opening_cents)
    kinds = dict(Entry.Kind.choices)
    for walked in statement.shown:
        yield row_of(walked, statement, kind=kinds.get(walked.entry.kind, ""))
    yield balance_row("Solde à la fin de la période", statement.closing_on.isoformat(), statement.closing_cents)


def row_of(walked: Walked, statement: Statement, *, kind: str) -> Sequence[str]:
    entry = walked.entry
    label, original = entry.readable(statement.account.kind)
    return (
        entry.booked_on.isoformat(),
        label,
        original,
        entry.detail,
        kind,
        entry.piece,
        sum_of(entry.debit_cents),
        sum_of(entry.credit_cents),
        *sides(walked.after_cents),
        statement.state_on(entry.booked_on),
    )


def balance_row(words: str, day: str, cents: int) -> Sequence[str]:
    return (day, words, "", "", "", "", "", "", *sides(cents), "")


def sides(balance_cents: int) -> tuple[str, str]:
    """A balance as accountants write it: on one side or the other, never with a sign."""
    if balance_cents < 0:
        return sum_of(-balance_cents), ""
    return "", sum_of(balance_cents) or "0,00"


def sum_of(cents: int) -> str:
    """Nothing for nothing; a negative sum of the books keeps its sign."""
    return plain_cents(cents) if cents else ""
