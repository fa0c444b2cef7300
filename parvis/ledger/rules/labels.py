"""Accounting labels in plain French: « APPEL PROV TRIM 2T2026 » -> « Appel de charges, 2e trimestre 2026 ».

What accounting software abbreviates in capitals is rewritten by a table; anything else is shown as it was booked.
Each software has its own habits: a rule names what is common to many, and the original always stays beside.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from parvis.kit.french_dates import MONTHS

LABELS_KEPT = 4096
NO_BREAK_SPACE = "\u00a0"


class Readable(NamedTuple):
    """What is shown of a label; `original` is empty when that is the label itself."""

    words: str
    original: str = ""


class Wording(NamedTuple):
    """One row of the table: `pattern` over the folded label, on which accounts, and for which sign.

    `is_credit`: only for what counts in favour of the client, or only for what does not; both when it says nothing.
    """

    pattern: re.Pattern[str]
    words: str
    account_kinds: tuple[str, ...] = ("co_owner", "landlord", "tenant")
    is_credit: bool | None = None

    def fits(self, folded: str, *, account_kind: str, is_credit: bool) -> bool:
        if account_kind not in self.account_kinds or (self.is_credit not in (None, is_credit)):
            return False
        return self.pattern.search(folded) is not None


def wording(
    pattern: str, words: str, *, on: tuple[str, ...] = ("co_owner", "landlord", "tenant"), is_credit: bool | None = None
) -> Wording:
    return Wording(re.compile(pattern), words, on, is_credit)


CO_OWNER, LANDLORD, TENANT = ("co_owner",), ("landlord",), ("tenant",)
CALLED = r"^(?:APPELS?|APP|ADF|AF)\b"
WORKS = r"\b(?:TRAVAUX|TVX|TRX|TRVX)\b"

# The first row that fits says the words.
WORDINGS = (
    wording(
        r"^(?:A ?NOUVEAUX?|AN|RAN|REPORT A ?NOUVEAU|REPRISE (?:DE )?SOLDE|SOLDE (?:ANTERIEUR|REPRIS))\b", "Solde repris"
    ),
    wording(
        r"\b(?:REJET|REJETE|IMPAYE|RETOUR)\b.*\b(?:PRLV|PRELEVEMENT|PRELVT|PRELT|PVT|SEPA|SDD)\b", "Prélèvement rejeté"
    ),
    wording(r"\b(?:PRLV|PRELEVEMENT|PRELVT|PRELT|PVT|SDD)\b.*\b(?:REJET|REJETE|IMPAYE|RETOUR)\b", "Prélèvement rejeté"),
    wording(r"\b(?:REJET|IMPAYE|RETOUR)\b.*\b(?:CHQ|CHEQUE)\b", "Chèque rejeté"),
    wording(r"\b(?:CHQ|CHEQUE)\b.*\b(?:REJET|IMPAYE|RETOUR)\b", "Chèque rejeté"),
    wording(r"\bMISE EN DEMEURE\b|\b(?:FRAIS|FRS) (?:DE )?MED\b", "Frais de mise en demeure", is_credit=False),
    wording(r"\b(?:FRAIS|FRS) (?:DE )?RELANCE\b", "Frais de relance", is_credit=False),
    wording(r"\bETAT DATE\b", "Frais d’état daté", is_credit=False),
    wording(r"\b(?:DEPOT|DEP) (?:DE )?(?:GARANTIE|GAR)\b|^DG\b", "Dépôt de garantie"),
    wording(
        r"^(?:CAF|APL|ALS|ALF|AIDE LOGEMENT|ALLOC(?:ATION)? LOGEMENT)\b|\bCAF\b",
        "Aide au logement reçue",
        on=TENANT,
        is_credit=True,
    ),
    wording(r"\b(?:REGUL|REGULARISATION|REGULARIS)\b", "Régularisation de charges"),
    wording(
        r"\b(?:REPART|REPARTITION|DECOMPTE)\b.*\b(?:CHARGES|CHGES|CHG|EXERCICE|EXO)\b", "Régularisation de charges"
    ),
    wording(
        r"\b(?:FDS|FONDS) (?:DE )?(?:TRAVAUX|TVX|TRX)\b|\b(?:FDT|ALUR)\b",
        "Appel du fonds de travaux",
        on=CO_OWNER,
        is_credit=False,
    ),
    wording(CALLED + r".*" + WORKS, "Appel de travaux", on=CO_OWNER, is_credit=False),
    wording(
        r"\bAVANCE (?:DE )?(?:TRESORERIE|TRESO|PERMANENTE)\b|\b(?:FDS|FONDS) (?:DE )?ROULEMENT\b",
        "Avance de trésorerie",
        on=CO_OWNER,
    ),
    wording(
        r"^(?:QUITT?|QUITTANCE(?:MENT)?|LOYERS?|LOY|AVIS ECH(?:EANCE)?|APPEL LOYER)\b",
        "Loyer et charges appelés",
        on=TENANT,
        is_credit=False,
    ),
    wording(CALLED + r"|^PROV(?:ISIONS?)?\b", "Appel de charges", on=CO_OWNER, is_credit=False),
    wording(CALLED + r"|^PROV(?:ISIONS?)?\b", "Loyer et charges appelés", on=TENANT, is_credit=False),
    wording(r"^(?:ENC(?:AISSEMENT)? )?(?:LOYERS?|LOY|QUITT?)\b", "Loyer encaissé", on=LANDLORD, is_credit=True),
    wording(r"^(?:HONO|HONOS|HONORAIRES|HON)\b.*" + WORKS, "Honoraires sur travaux", is_credit=False),
    wording(r"^(?:HONO|HONOS|HONORAIRES|HON)\b.*\b(?:LOC|LOCATION|BAIL)\b", "Honoraires de location", is_credit=False),
    wording(
        r"^(?:HONO|HONOS|HONORAIRES|HON)\b.*\b(?:GEST|GESTION|GER|GERANCE)\b", "Honoraires de gestion", is_credit=False
    ),
    wording(r"^(?:HONO|HONOS|HONORAIRES|HON)\b", "Honoraires", is_credit=False),
    wording(r"\b(?:GLI|LOYERS? IMPAYES?)\b", "Assurance des loyers impayés", on=LANDLORD, is_credit=False),
    wording(r"\b(?:TEOM|TOM|ORDURES MENAGERES)\b", "Taxe d’ordures ménagères"),
    wording(
        r"^(?:REVERST?|REVERSEMENT|VERST|VERSEMENT|ACOMPTE|VIRT?|VIREMENT)\b",
        "Versement sur votre compte bancaire",
        on=LANDLORD,
        is_credit=False,
    ),
    wording(r"^(?:FACT|FACTURE|FRE|FRS|TRAVAUX|TVX|TRX)\b", "Travaux", on=LANDLORD, is_credit=False),
    wording(r"\b(?:PRLV|PRELEVEMENT|PRELVT|PRELT|PVT|SDD)\b", "Prélèvement reçu", is_credit=True),
    wording(r"\b(?:CHQ|CHEQUE|REMISE CHQ)\b", "Chèque reçu", is_credit=True),
    wording(r"^(?:CB|CARTE)\b", "Paiement par carte reçu", is_credit=True),
    wording(r"^(?:VIRT?|VIREMENT|VRT)\b", "Virement reçu", is_credit=True),
    wording(
        r"^(?:REGLT|RGLT|RGT|REGLEMENT|ENC|ENCAISSEMENT|ENCT|VERST|VERSEMENT|PAIEMENT|PMT)\b",
        "Paiement reçu",
        is_credit=True,
    ),
)

QUARTER = re.compile(
    r"\b(?:([1-4]) ?(?:ER?|E|EME)? ?T(?:R(?:IM(?:ESTRE)?)?)?|T(?:RIM(?:ESTRE)?)? ?([1-4]))(?: ?(20\d\d|\d\d))?\b"
)
MONTH = re.compile(r"\b(0[1-9]|1[0-2]) ?(20\d\d)\b")
YEAR = re.compile(r"\b(20\d\d)\b")
ABBREVIATED = re.compile(r"\b(?:PROV|TRIM|REGUL|PRLV|VIRT|CHQ|RGLT|REGLT|TVX|HONO|QUITT|REVERST)\b")
NOT_A_WORD = re.compile(r"[^A-Z0-9]+")


@lru_cache(maxsize=LABELS_KEPT)
def readable_label(label: str, *, account_kind: str, is_credit: bool) -> Readable:
    """The label as a person reads it. `account_kind` is a value of `Account.Kind`."""
    folded = fold(label)
    if not is_code(label, folded):
        return Readable(label)
    for row in WORDINGS:
        if row.fits(folded, account_kind=account_kind, is_credit=is_credit):
            period = period_of(folded)
            return Readable(f"{row.words}, {period}" if period else row.words, label)
    return Readable(label)


def fold(label: str) -> str:
    """« Régul. chges n°3 » -> « REGUL CHGES N 3 »."""
    plain = unicodedata.normalize("NFKD", label.upper())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return NOT_A_WORD.sub(" ", letters).strip()


def is_code(label: str, folded: str) -> bool:
    """Whether some software wrote it: in capitals throughout, or with its abbreviations."""
    return label.upper() == label or ABBREVIATED.search(folded) is not None


def period_of(folded: str) -> str:
    """What the label says of its period: « 2e trimestre 2026 », « mars 2026 », « 2025 »; nothing when it does not."""
    quarter = QUARTER.search(folded)
    if quarter:
        rank = quarter.group(1) or quarter.group(2)
        year = quarter.group(3) or _year_in(folded)
        words = f"{rank}er trimestre" if rank == "1" else f"{rank}e trimestre"
        return f"{words} {year if len(year) == 4 else '20' + year}" if year else words
    month = MONTH.search(folded)
    if month:
        return f"{MONTHS[int(month.group(1)) - 1]} {month.group(2)}"
    return _year_in(folded)


def _year_in(folded: str) -> str:
    found = YEAR.search(folded)
    return found.group(1) if found else ""
