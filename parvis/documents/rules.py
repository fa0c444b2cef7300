"""What a file seems to be, by its name and its first words: a proposal, which a person confirms.

Everything compared here is folded: lower case, no accent, no sign but letters and digits, single spaces.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parvis.kit.words import words_of

LOOKED_AT = 1_500  # signs of the text: further on, a paper speaks of others
LATEST_AHEAD = dt.timedelta(days=400)
EARLIEST = dt.date(1950, 1, 1)
LONGEST_TITLE = 200
LEAST_LETTERS = 6  # of a name that may be a title
MONTH_NAMES = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
_months = "|".join(MONTHS)
DAYS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[ ]?(?P<month>0[1-9]|1[0-2])[ ]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01]) ?(?P<month>0[1-9]|1[0-2]) ?(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9])(?:er)? (?P<word>{_months}) (?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"\b(?P<word>{_months}) (?P<year>(?:19|20)\d\d)(?!\d)"),
)
# The first that stands in the name, else in the text, says the kind. The narrower come before the wider.
KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b"))
    for kind, words in (
        ("meeting_notice", "convocation"),
        ("minutes", "proces verbal|proces verbaux|pv|pvag"),
        ("charges_settlement", "regularisation(?: de)? charges|regularisation|decompte de charges"),
        ("funds_call", "appels? de (?:fonds|charges|provisions?)|adf"),
        ("rent_receipt", "quittances?"),
        ("rent_demand", "avis d echeance"),
        ("partial_receipt", "recu de paiement"),
        ("account_statement", "releve de compte"),
        ("bylaws_amendment", "modificatif"),
        ("bylaws", "reglement de copropriete|rcp|rdc"),
        ("division_statement", "etat descriptif(?: de division)?|edd"),
        ("building_summary_sheet", "fiche synthetique"),
        ("maintenance_log", "carnet d entretien"),
        ("works_plan", "plan pluriannuel|pppt|ppt"),
        ("energy_report", "dpe|performance energetique"),
        ("technical_report", "dtg|diagnostics?|amiante|plomb|termites|crep|dta"),
        ("information_notice", "notice d information"),
        ("syndic_contract", "contrat de syndic|mandat de syndic"),
        ("liability_insurance", "responsabilite civile professionnelle|rcpro"),
        ("financial_guarantee", "garantie financiere"),
        ("professional_card", "carte professionnelle|carte t"),
        ("tenant_insurance", "assurance (?:habitation|locataire|locative)|attestation d assurance"),
        ("insurance_contract", "multirisque|assurance"),
        ("maintenance_contract", "contrat d entretien|contrat de maintenance|maintenance"),
        ("works_quote", "devis"),
        ("supplier_invoice", "factures?"),
        ("supplier_contract", "contrat|marche de travaux"),
        ("inventory_report", "etats? des lieux|edl"),
        ("lease_amendment", "avenant"),
        ("lease", "bail|contrat de location"),
        ("landlord_statement", "compte rendu de gerance|crg"),
        ("income_summary", "revenus fonciers|recapitulatif fiscal"),
        ("housing_aid_certificate", "caf|attestation de loyer"),
        ("bank_statement", "releves? bancaires?"),
        ("general_balance", "balance generale|balance"),
        ("income_expense_summary", "releve general(?: des charges)?"),
        ("writ", "assignation"),
        ("court_decision", "jugement|ordonnance|arret de la cour"),
        ("owners_list", "liste des coproprietaires|feuille de presence"),
        ("closed_account", "compte individuel|arrete de compte"),
        ("annual_accounts", "comptes annuels|annexes? comptables?|comptes"),
        ("meeting_annex", "annexes?"),
    )
)
MADE_BY_A_MACHINE = re.compile(r"(?:scan|img|image|photo|document|doc|fichier|num[eé]risation)[\W\d]*")
OF_COUNCIL = (
    *("bank_statement", "general_balance", "income_expense_summary", "supplier_invoice", "writ", "court_decision"),
    *("owners_list", "professional_card", "liability_insurance", "financial_guarantee", "annual_accounts"),
)
OF_ACCOUNT = (
    *("funds_call", "charges_settlement", "closed_account", "account_statement", "rent_demand", "rent_receipt"),
    *("partial_receipt", "landlord_statement", "income_summary", "housing_aid_certificate"),
)
OF_CLIENT = ("tenant_insurance", "lease", "lease_amendment", "inventory_report")


class Place(NamedTuple):
    """A building that the file may be about: its row, its reference, its name and its street, folded."""

    pk: int
    reference: str
    name: str
    street: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What is proposed; empty where nothing is sure enough. `lot` is a number as written, `clients` identifiants."""

    kind: str
    title: str
    dated_on: dt.date | None
    building: int | None
    lot: str
    clients: Sequence[str]


def plain(text: str) -> str:
    """« PV_AG Été.pdf » → « pv ag ete pdf »."""
    return " ".join(words_of(text))


def guess(*, name: str, text: str, places: Iterable[Place], today: dt.date) -> Guess:
    """What the file of that name, which begins with that text, seems to be."""
    stem, said = plain(stem_of(name)), plain(text[:LOOKED_AT])
    return Guess(
        kind=kind_of(stem) or kind_of(said) or "other",
        title=title_of(name),
        dated_on=day_in(stem, today=today) or day_in(said, today=today),
        building=building_in(stem, said, places=tuple(places)),
        lot=lot_in(stem) or lot_in(said),
        clients=tuple(dict.fromkeys([*identifiers_in(stem), *identifiers_in(said)])),
    )


def stem_of(name: str) -> str:
    return name.rpartition(".")[0] or name


def kind_of(words: str) -> str:
    """The kind whose words stand first; among those at the same place, the first of the list."""
    found = [
        (match.start(), rank, kind) for rank, (kind, pattern) in enumerate(KINDS) if (match := pattern.search(words))
    ]
    return min(found)[2] if found else ""


def day_in(words: str, *, today: dt.date) -> dt.date | None:
    """The first day that is told, in any of the usual ways; a month alone is its first day."""
    found = [(match.start(), match) for pattern in DAYS for match in pattern.finditer(words)]
    for _place, match in sorted(found, key=lambda each: (each[0], -len(each[1].group()))):
        told = match.groupdict()
        month = MONTHS[told["word"]] if told.get("word") else int(told["month"])
        try:
            day = dt.date(int(told["year"]), month, int(told.get("day") or 1))
        except ValueError:
            continue
        if EARLIEST <= day <= today + LATEST_AHEAD:
            return day
    return None


def building_in(name: str, text: str, *, places: Sequence[Place]) -> int | None:
    """The one building that is named, in the name of the file if anywhere, else in its text; none when several are."""
    for words in (name, text):
        for told in (reference_stands, name_stands, street_stands):
            found = [place for place in places if told(place, f" {words} ")]
            if found:
                longest = max(len(place.name) for place in found)
                named = [place.pk for place in found if len(place.name) == longest]
                return named[0] if len(named) == 1 else None
    return None


def reference_stands(place: Place, words: str) -> bool:
    """Short numbers stand everywhere: a reference counts with three signs and a letter, or four digits."""
    is_telling = len(place.reference) >= 4 or (len(place.reference) >= 3 and not place.reference.isdecimal())
    return is_telling and f" {place.reference} " in words


def name_stands(place: Place, words: str) -> bool:
    return len(place.name) >= 4 and f" {place.name} " in words


def street_stands(place: Place, words: str) -> bool:
    return len(place.street) >= 8 and f" {place.street} " in words


def lot_in(words: str) -> str:
    found = re.search(r"\blots?(?: n(?:o|um|umero)?)? ?0*(\d{1,5}[a-z]?)\b", words)
    return found[1] if found else ""


def identifiers_in(words: str) -> list[str]:
    """What may be an identifiant of a client: long numbers, and letters followed by digits."""
    found = re.findall(r"(?<!\w)(?:\d{5,12}|[a-z]{1,6}\d{3,10})(?!\w)", words)
    return [each for each in found if not re.fullmatch(r"(?:19|20)\d{6}", each)][:20]


def title_of(name: str) -> str:
    """« PV_AG-Les Acacias_2026-03-12.pdf » → « PV AG Les Acacias »; nothing of a name that a machine has given."""
    stem = stem_of(name)
    words = re.sub(r"[_\s]+", " ", re.sub(r"(?<=\w)-(?=\w)|_", " ", stem))
    words = re.sub(r"(?<!\d)(?:(?:19|20)\d\d ?\d\d ?\d\d|\d\d ?\d\d ?(?:19|20)\d\d)(?!\d)", " ", words)
    words = re.sub(r"\s*\(\d+\)\s*$", "", re.sub(r"\s+", " ", words)).strip(" .-")
    is_made = MADE_BY_A_MACHINE.fullmatch(words.lower())
    letters = sum(sign.isalpha() for sign in words)
    return "" if is_made or letters < LEAST_LETTERS else f"{words[0].upper()}{words[1:]}"[:LONGEST_TITLE]


def audience_of(kind: str, *, has_client: bool, has_lot: bool) -> str:
    """Who usually reads such a paper; nothing where it wants a client and none is known."""
    if kind in OF_ACCOUNT or kind in OF_CLIENT:
        if has_client:
            return "account" if kind in OF_ACCOUNT else "client"
        return "lot" if has_lot and kind in OF_CLIENT else ""
    if kind in OF_COUNCIL:
        return "council"
    return "" if kind == "other" else "owners"
