"""Labels of accounting software become words; everything else stays as it was booked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules.labels import Readable, readable_label

NAUGHTY = (Path(__file__).parents[1] / "data" / "naughty_strings.txt").read_text(encoding="utf-8").splitlines()
KINDS = ("co_owner", "landlord", "tenant")


@pytest.mark.parametrize(
    ("label", "account_kind", "is_credit", "words"),
    [
        ("APPEL PROV TRIM", "co_owner", False, "Appel de charges"),
        ("APPEL PROV TRIM 2T2026", "co_owner", False, "Appel de charges, 2e trimestre 2026"),
        ("Appel prov 1er trim 2026", "co_owner", False, "Appel de charges, 1er trimestre 2026"),
        ("ADF T4 25", "co_owner", False, "Appel de charges, 4e trimestre 2025"),
        ("APP FDS TVX ALUR T3 25", "co_owner", False, "Appel du fonds de travaux, 3e trimestre 2025"),
        ("APPEL TVX TOITURE 2/3", "co_owner", False, "Appel de travaux"),
        ("PRLV SEPA 03/2026", "co_owner", True, "Prélèvement reçu, mars 2026"),
        ("REJET PRLV SEPA", "co_owner", False, "Prélèvement rejeté"),
        ("CHQ 0001234 DUPONT", "co_owner", True, "Chèque reçu"),
        ("VIR SEPA M DUPONT", "co_owner", True, "Virement reçu"),
        ("REGUL CHGES 2025", "co_owner", True, "Régularisation de charges, 2025"),
        ("Régul. charges 2024", "co_owner", False, "Régularisation de charges, 2024"),
        ("A NOUVEAU", "co_owner", False, "Solde repris"),
        ("FRAIS RELANCE 2", "co_owner", False, "Frais de relance"),
        ("LOYER 03/2026", "landlord", True, "Loyer encaissé, mars 2026"),
        ("LOYER 03/2026", "tenant", False, "Loyer et charges appelés, mars 2026"),
        ("HONO GESTION", "landlord", False, "Honoraires de gestion"),
        ("FACT PLOMBERIE MARTIN", "landlord", False, "Travaux"),
        ("VIR PROPRIETAIRE", "landlord", False, "Versement sur votre compte bancaire"),
        ("CAF 03/2026", "tenant", True, "Aide au logement reçue, mars 2026"),
    ],
)
def test_code_of_a_software_is_told_in_words(label, account_kind, is_credit, words):
    assert readable_label(label, account_kind=account_kind, is_credit=is_credit) == Readable(words, label)


@pytest.mark.parametrize(
    "label",
    ["Appel de charges, 1er trimestre 2027", "Travaux\u00a0: chauffe-eau", "OD 4713 XYZ", "", "12345", "Virement reçu"],
)
@pytest.mark.parametrize("account_kind", KINDS)
def test_unknown_label_and_plain_words_stay_as_they_are(label, account_kind):
    for is_credit in (True, False):
        assert readable_label(label, account_kind=account_kind, is_credit=is_credit) == Readable(label)


def test_what_the_agency_takes_is_never_said_to_be_received():
    for label in ("PRLV SEPA", "VIR DUPONT", "CHQ 123", "REGLT", "CB 12/03"):
        assert "reçu" not in readable_label(label, account_kind="co_owner", is_credit=False).words


@given(st.text(max_size=160) | st.sampled_from(NAUGHTY), st.sampled_from(KINDS), st.booleans())
def test_original_is_never_lost(label, account_kind, is_credit):
    words, original = readable_label(label, account_kind=account_kind, is_credit=is_credit)

    assert (original or words) == label
