"""A quittance, a reçu and the attestation for the CAF as papers. The words follow the law and the design's copy."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date, month_and_year
from parvis.kit.money import format_cents
from parvis.kit.papers import Facts, Letterhead, Paper, Table, Text
from parvis.ledger.models import Account, RentReceipt
from parvis.ledger.rules.receipts import HOUSING_AID, PeriodState, month_bounds
from parvis.people.letter_document import sender_lines

MEANS = {
    "transfer": "virement",
    "direct_debit": "prélèvement",
    "cheque": "chèque",
    "card": "carte bancaire",
    "cash": "espèces",
    "housing_aid": "aide au logement, versée par la CAF ou la MSA",
    "credit_note": "avoir sur votre compte",
}
FREE = "Ce document est gratuit (loi n° 89-462 du 6 juillet 1989, article 21)."
REPLACES = "Cette quittance remplace les reçus déjà donnés pour la même période."
NO_QUITTANCE = "Ce reçu n’est pas une quittance : la période n’est pas payée en entier."


def letterhead(agency: Agency) -> Letterhead:
    return Letterhead(name=agency.name, hue=agency.hue, lines=sender_lines(agency))


def legal_line(agency: Agency) -> str:
    """Who manages: the professional card stands under every paper."""
    return ". ".join(part for part in (agency.legal_name or agency.name, agency.professional_card) if part)


def receipt_pdf(receipt: RentReceipt, *, agency: Agency) -> bytes:
    """The paper of a receipt, cancelled or not; from what it keeps, so that it never changes."""
    return receipt_paper(receipt, agency=agency).pdf()


def receipt_paper(receipt: RentReceipt, *, agency: Agency) -> Paper:
    return Paper(
        letterhead=letterhead(agency),
        title=title_of(receipt),
        subtitle=f"{number_words(receipt)}, établi{'e' if receipt.is_full else ''} le {long_date(receipt.issued_on)}.",
        banner=banner_of(receipt),
        recipient=receipt.parties["recipient"],
        footer=legal_line(agency),
        blocks=[
            Facts(rows=facts_of(receipt, agency=agency)),
            sums_of(receipt),
            payments_of(receipt),
            closing_of(receipt),
        ],
    )


def title_of(receipt: RentReceipt) -> str:
    """« Quittance de loyer, novembre 2026 »; the days where the period is no whole month."""
    words = "Quittance de loyer" if receipt.is_full else "Reçu pour un paiement partiel"
    return f"{words}, {period_words(receipt.covers_from, receipt.covers_until)}"


def period_words(first: dt.date, last: dt.date) -> str:
    if (first, last) == month_bounds(first):
        return month_and_year(first)
    return f"du {long_date(first)} au {long_date(last)}"


def number_words(receipt: RentReceipt) -> str:
    return f"{receipt.get_kind_display()} n°\u00a0{receipt.number}"


def banner_of(receipt: RentReceipt) -> str:
    if receipt.cancelled_at is None:
        return ""
    word = "annulée" if receipt.is_full else "annulé"
    return f"{receipt.get_kind_display()} {word} le {long_date(receipt.cancelled_at)}. {receipt.cancelled_reason}"


def facts_of(receipt: RentReceipt, *, agency: Agency) -> list[tuple[str, str]]:
    parties = receipt.parties
    landlord = f"{parties['landlord']}, représenté par {agency.name}" if parties["landlord"] else agency.name
    tenants = parties["tenants"]
    return [
        ("Bailleur", landlord),
        ("Locataires" if len(tenants) > 1 else "Locataire", ", ".join(tenants)),
        ("Logement", ", ".join(part for part in (parties["home"], parties["address"]) if part)),
        ("Période", f"du {long_date(receipt.covers_from)} au {long_date(receipt.covers_until)}"),
        ("Compte", receipt.account.reference),
    ]


def sums_of(receipt: RentReceipt) -> Table:
    rows = [("Loyer", receipt.rent_cents), ("Provision sur charges", receipt.charges_cents)]
    if receipt.other_cents:
        rows.append((receipt.other_label or "Autres sommes", receipt.other_cents))
    totals = [("Total reçu", format_cents(receipt.received_cents))]
    if not receipt.is_full:
        totals.append(("Reste dû pour la période", format_cents(receipt.asked_cents - receipt.received_cents)))
    return Table(
        title="Sommes reçues",
        columns=["Somme", "Montant"],
        rows=[(name, format_cents(cents)) for name, cents in rows],
        totals=totals,
        amounts=frozenset({1}),
    )


def payments_of(receipt: RentReceipt) -> Table:
    """Each payment with its day and its means; housing aid stands on its own line."""
    rows = [
        (
            long_date(dt.date.fromisoformat(paid["on"])),
            MEANS.get(paid["means"], "paiement"),
            format_cents(paid["cents"]),
        )
        for paid in receipt.payments
    ]
    return Table(title="Paiements", columns=["Reçu le", "Moyen", "Montant"], rows=rows, amounts=frozenset({2}))


def closing_of(receipt: RentReceipt) -> Text:
    return Text(paragraphs=[REPLACES if receipt.is_full else NO_QUITTANCE, FREE], is_note=True)


def housing_aid_cents(receipt: RentReceipt) -> int:
    return sum(paid["cents"] for paid in receipt.payments if paid["means"] == HOUSING_AID)


# The attestation for the CAF


def housing_aid_certificate(
    account: Account, *, state: PeriodState, parties: dict[str, object], owed_cents: int, day: dt.date
) -> Paper:
    """What a tenant gives to the CAF or the MSA: rent without charges, charges, whether the rent is paid.

    It does not replace the form of the fund (cerfa 10842, à vérifier), which the agency fills in when asked.
    """
    agency = account.agency
    is_paid = owed_cents == 0
    paid = "Le locataire est à jour de ses loyers." if is_paid else f"Le locataire doit {format_cents(owed_cents)}."
    tenants = parties["tenants"] if isinstance(parties["tenants"], list) else []
    return Paper(
        letterhead=letterhead(agency),
        title="Attestation de loyer",
        subtitle=f"{agency.city}, le {long_date(day)}",
        recipient=["Caisse d’allocations familiales", "ou Mutualité sociale agricole"],
        footer=legal_line(agency),
        blocks=[
            Facts(
                rows=[
                    ("Bailleur", f"{parties['landlord']}, représenté par {agency.name}"),
                    ("Locataires" if len(tenants) > 1 else "Locataire", ", ".join(tenants)),
                    ("Logement", f"{parties['home']}, {parties['address']}"),
                    ("Mois", period_words(state.covers_from, state.covers_until)),
                    ("Loyer sans les charges", format_cents(state.asked.rent_cents)),
                    ("Provision sur charges", format_cents(state.asked.charges_cents)),
                    ("Autres sommes", format_cents(state.asked.other_cents)),
                    ("Aide au logement reçue", format_cents(state.housing_aid_cents)),
                ]
            ),
            Text(paragraphs=[f"Situation au {long_date(account.as_of)}. {paid}"]),
            Text(
                paragraphs=["Si votre caisse demande son propre formulaire, transmettez-le à l’agence."], is_note=True
            ),
        ],
    )
