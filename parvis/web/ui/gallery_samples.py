"""What the gallery of components shows: a form in error, each state of a balance, invented people and figures."""

import datetime as dt
from dataclasses import replace

from django import forms
from django.core.paginator import Paginator

from parvis.kit.days import PARIS
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.ledger.rules import BalanceFacts, BalanceWords, describe_balance
from parvis.ledger.rules.entries import EntryRow, walk_back
from parvis.web.ui.contacts import Contact
from parvis.web.ui.forms import PageForm
from parvis.web.ui.ledger_lines import Month, Piece, months_of
from parvis.web.ui.themes import THEMES

TODAY = dt.date(2026, 11, 23)
NEW_YEAR = dt.date(2027, 1, 1)
AWAY = "Absente jusqu’au 30\u00a0novembre 2026. Remplacée par Karim Benali, 01\u00a000\u00a000\u00a000\u00a002."


class SampleForm(PageForm):
    """Two questions, one of which is not answered, and a box to tick."""

    identifier = forms.CharField(
        label="Identifiant",
        help_text="Il est imprimé sur vos appels de fonds ou de loyer.",
        error_messages={"required": "Renseignez votre identifiant."},
    )
    email = forms.EmailField(label="Courriel", required=False)
    shows = forms.BooleanField(label="Afficher les mots de passe", required=False)


def context() -> dict[str, object]:
    """The variables of `gallery.html`."""
    form = SampleForm({"email": "jeanne.fontaine@exemple.fr"})
    form.is_valid()
    return {
        "form": form,
        "balances": balances(),
        "contact": Contact("Élise Hamon", "Responsable d’immeuble", "0100000001", "e.hamon@exemple.fr", AWAY),
        "written": conversation(),
        "legal_line": legal_line(),
        "payment": payment(),
        "themes": THEMES,
        "months": months(),
        "steps": [
            {
                "label": "Problème déclaré",
                "happened_on": dt.date(2026, 11, 18),
                "author_name": "vous",
                "text": "",
                "when": "18\u00a0novembre 2026 à 18\u00a0h\u00a042",
            },
            {
                "label": "Plombier contacté",
                "happened_on": TODAY,
                "author_name": "Élise Hamon",
                "text": "",
                "when": "23\u00a0novembre 2026",
            },
        ],
        "page": Paginator(range(40), 20).get_page(2),
    }


def conversation() -> list[dict[str, object]]:
    """A question and its answer."""
    noon = dt.datetime(2026, 11, 22, 12, tzinfo=PARIS)
    question = {"author_name": "Jeanne Fontaine", "is_from_agency": False, "sent_at": noon, "attachment": None}
    answer = {"author_name": "Élise Hamon", "is_from_agency": True, "sent_at": noon, "attachment": None}
    return [
        question | {"body": "Bonjour, où est le procès-verbal de 2025\u202f?"},
        answer | {"body": "Bonjour,\n\nIl est dans «\u00a0Mes documents\u00a0»."},
    ]


def legal_line() -> dict[str, object]:
    """A document that the law asks for, out of date."""
    paper = {
        "public_id": "a" * PUBLIC_ID_LENGTH,
        "title": "Fiche synthétique 2025",
        "dated_on": dt.date(2025, 7, 1),
        "valid_until": dt.date(2026, 7, 1),
        "file": {"opens_inline": True, "size": 27_000},
    }
    return {
        "words": "La dernière fiche synthétique de la copropriété",
        "is_wrong": True,
        "label": "À mettre à jour",
        "tone": "warning",
        "remark": "",
        "documents": [paper],
        "reference": "décret 2019-502, art. 1er, 2°",
    }


def payment() -> dict[str, object]:
    creditor = {
        "name": "Syndicat des copropriétaires Les Acacias",
        "iban": "FR7630006000011234567890189",
        "bic": "AGRIFRPP",
        "cheque_order": "Syndicat Les Acacias",
    }
    lead = "Prélèvement prévu le 1er\u00a0janvier 2027, vous n’avez rien à faire."
    return {"creditor": creditor, "reference": "450-0142", "lead": lead, "fold": "Payer autrement"}


def balances() -> list[BalanceWords]:
    """One of each state: due, by direct debit, late, zero, credit, withheld, under a plan."""
    owed = BalanceFacts(
        kind="co_owner", balance_cents=-41235, not_yet_due_cents=41235, next_due_on=NEW_YEAR, next_due_cents=41235
    )
    late = BalanceFacts(kind="co_owner", balance_cents=-41235, oldest_unpaid_on=dt.date(2026, 10, 1))
    facts = [
        owed,
        replace(owed, payment_mode="direct_debit"),
        late,
        replace(owed, balance_cents=0, not_yet_due_cents=0),
        BalanceFacts(kind="landlord", balance_cents=364313, next_payout_on=dt.date(2026, 12, 10)),
        BalanceFacts(kind="tenant", balance_cents=0, is_withheld=True),
        replace(late, arrangement="plan"),
    ]
    return [describe_balance(fact, today=TODAY) for fact in facts]


def months() -> list[Month]:
    """A call and the debit that pays it, the one under the label of an accounting software."""
    entries = [
        EntryRow(2, dt.date(2026, 11, 15), "call", "APPEL PROV 1T2027", "Charges générales", "", 41235, 0),
        EntryRow(1, dt.date(2026, 11, 2), "payment", "Prélèvement reçu", "", "P-1", 0, 38500),
    ]
    pieces = {"P-1": Piece("#g-ledger", "Voir la pièce\u00a0: appel de fonds")}
    return months_of(walk_back(entries, balance_cents=-41235), account_kind="co_owner", pieces=pieces)
