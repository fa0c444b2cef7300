"""« Pourquoi ce montant ? » as a paper and as a spreadsheet: the very numbers of the page."""

from collections.abc import Iterable

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date
from parvis.kit.money import format_cents, format_whole, plain_cents
from parvis.kit.papers import Facts, Paper, Table, Text
from parvis.kit.typography import typographic
from parvis.ledger.models import Call
from parvis.ledger.receipt_document import legal_line, letterhead
from parvis.ledger.rules.explained import Explanation, Step
from parvis.ledger.rules.explained_words import label_of, sentences
from parvis.people.letter_document import address_lines

TITLE = "Pourquoi ce montant ?"
COLUMNS = ("Ce qui est demandé", "Pour tout l’immeuble", "Votre part dans l’immeuble", "Soit", "Cet appel")
CSV_COLUMNS = (
    "Ce qui est demandé",
    "Clé de répartition",
    "Exercice",
    "Pour tout l’immeuble",
    "Votre part",
    "Sur",
    "Soit",
    "Avant",
    "Appel",
    "Nombre d’appels",
    "Cet appel",
)
TOTAL, CALLED, DIFFERENCE = "Total du calcul", "Montant appelé", "Différence"


def difference_words(explanation: Explanation) -> str:
    """Said calmly, and never hidden; nothing when the call is what it explains."""
    if not explanation.difference_cents:
        return ""
    cents = format_cents(abs(explanation.difference_cents))
    return f"Le détail calculé diffère de {cents} du montant appelé ; votre agence est prévenue."


def totals(explanation: Explanation) -> list[tuple[str, int]]:
    """The last rows: the total, and what was called where it is another sum."""
    rows = [(TOTAL, explanation.total_cents)]
    if explanation.difference_cents:
        rows += [(CALLED, explanation.called_cents), (DIFFERENCE, explanation.difference_cents)]
    return rows


def explanation_pdf(call: Call, explanation: Explanation, *, agency: Agency, states: Iterable[str]) -> bytes:
    """The paper of one call. `states` say where the accounts of its exercises stand."""
    account, told = call.account, difference_words(explanation)
    facts = [
        ("Appel", call.label),
        ("Compte", account.reference),
        ("Exigible le", long_date(call.due_on)),
        ("Montant appelé", format_cents(call.amount_cents)),
    ]
    return Paper(
        letterhead=letterhead(agency),
        title=typographic(TITLE),
        subtitle=typographic(account.building.name if account.building else ""),
        banner=typographic(told),
        recipient=list(address_lines(account.client)),
        footer=legal_line(agency),
        blocks=[
            Facts(rows=[(name, typographic(value)) for name, value in facts]),
            Table(
                columns=COLUMNS,
                rows=[printed(step) for step in explanation.steps],
                totals=[(name, "", "", "", format_cents(cents)) for name, cents in totals(explanation)],
                amounts=frozenset({1, 2, 3, 4}),
            ),
            *(Text(title=label_of(step), paragraphs=[" ".join(sentences(step))]) for step in explanation.steps),
            Text(paragraphs=list(states), is_note=True),
        ],
    ).pdf()


def printed(step: Step) -> tuple[str, ...]:
    return (
        label_of(step),
        format_cents(step.whole_cents),
        f"{format_whole(step.own_shares)} sur {format_whole(step.total_shares)}",
        format_cents(step.share_cents),
        format_cents(step.cents),
    )


def explanation_rows(explanation: Explanation) -> list[tuple[str, ...]]:
    """The rows of the spreadsheet, header first."""
    blank = ("",) * (len(CSV_COLUMNS) - 2)
    return [
        CSV_COLUMNS,
        *map(written, explanation.steps),
        *((name, *blank, plain_cents(cents)) for name, cents in totals(explanation)),
    ]


def written(step: Step) -> tuple[str, ...]:
    return (
        label_of(step),
        step.key_label,
        step.budget,
        plain_cents(step.whole_cents),
        str(step.own_shares),
        str(step.total_shares),
        plain_cents(step.share_cents),
        plain_cents(step.former_cents) if step.former_cents else "",
        str(step.rank or ""),
        str(len(step.schedule) or ""),
        plain_cents(step.cents),
    )
