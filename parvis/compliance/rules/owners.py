"""The four items of one owner (décret 2019-502, art. 2): what the books hold counts as much as a paper. Pure."""

import datetime as dt
from dataclasses import dataclass

from parvis.compliance.rules.items import Audience, reference
from parvis.compliance.rules.states import Status, months_after

CLOSED_YEARS = 2
YEARS_OF_CALLS = 3
MONTHS_BETWEEN_CALLS = 4  # a quarter, and the time to write the call


@dataclass(frozen=True, kw_only=True)
class OwnerItem:
    """One document that each owner finds about their own lots."""

    code: str
    words: str
    reference: str
    kinds: tuple[str, ...] = ()
    audience: Audience = Audience.ONE_OWNER


CLOSED_ACCOUNT = OwnerItem(
    code="closed_account",
    words="Votre compte, arrêté après l’approbation des comptes par l’assemblée",
    reference=reference(2, 1),
    kinds=("closed_account",),
)
CHARGES = OwnerItem(
    code="charges",
    words="Vos charges courantes et hors budget des deux derniers exercices clos",
    reference=reference(2, 2),
    kinds=("charges_settlement",),
)
WORKS_FUND = OwnerItem(
    code="works_fund",
    words="La part du fonds de travaux rattachée à votre lot",
    reference=reference(2, 3),
)
CALLS = OwnerItem(
    code="calls",
    words="Les avis d’appel de fonds des trois dernières années",
    reference=reference(2, 4),
    kinds=("funds_call",),
)
OF_ONE_OWNER = (CLOSED_ACCOUNT, CHARGES, WORKS_FUND, CALLS)


@dataclass(frozen=True, kw_only=True)
class OwnerFacts:
    """What the books and the papers hold of one owner in one building.

    `approved_on`: the accounts of the last exercise approved while they owned; `closed_years`: exercises closed whose
    charges are known, of `years_owned` that there are; `works_fund_cents`: none where it is not known.
    """

    day: dt.date
    owned_since: dt.date
    closed_account_on: dt.date | None = None
    has_approved_year: bool = False
    closed_years: int = 0
    years_owned: int = 0
    charges_since: dt.date | None = None
    has_works_fund: bool = False
    works_fund_on: dt.date | None = None
    first_call_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class OwnerState:
    item: OwnerItem
    status: Status
    since: dt.date | None = None
    remark: str = ""


def owner_states(facts: OwnerFacts) -> list[OwnerState]:
    """The four items, in the order of the decree."""
    return [closed_account(facts), charges(facts), works_fund(facts), calls(facts)]


def closed_account(facts: OwnerFacts) -> OwnerState:
    if facts.closed_account_on:
        return OwnerState(item=CLOSED_ACCOUNT, status=Status.PRESENT, since=facts.closed_account_on)
    if facts.has_approved_year:
        return OwnerState(item=CLOSED_ACCOUNT, status=Status.MISSING)
    remark = "Aucun exercice n’a encore été approuvé depuis votre achat."
    return OwnerState(item=CLOSED_ACCOUNT, status=Status.NOT_APPLICABLE, remark=remark)


def charges(facts: OwnerFacts) -> OwnerState:
    wanted = min(CLOSED_YEARS, facts.years_owned)
    if not wanted:
        remark = "Aucun exercice n’est clos depuis votre achat."
        return OwnerState(item=CHARGES, status=Status.NOT_APPLICABLE, remark=remark)
    if facts.closed_years < wanted:
        remark = f"{facts.closed_years} exercice sur {wanted} est en ligne." if facts.closed_years else ""
        return OwnerState(item=CHARGES, status=Status.MISSING, remark=remark)
    return OwnerState(item=CHARGES, status=Status.PRESENT, since=facts.charges_since)


def works_fund(facts: OwnerFacts) -> OwnerState:
    if not facts.has_works_fund:
        remark = "Le syndicat n’a pas de fonds de travaux."
        return OwnerState(item=WORKS_FUND, status=Status.NOT_APPLICABLE, remark=remark)
    status = Status.PRESENT if facts.works_fund_on else Status.MISSING
    return OwnerState(item=WORKS_FUND, status=status, since=facts.works_fund_on)


def calls(facts: OwnerFacts) -> OwnerState:
    """Those of three years, or of all the time of an owner who bought later."""
    from_day = max(months_after(facts.day, -12 * YEARS_OF_CALLS), facts.owned_since)
    if facts.first_call_on is None:
        status = Status.MISSING if months_after(from_day, MONTHS_BETWEEN_CALLS) < facts.day else Status.NOT_APPLICABLE
        remark = "" if status is Status.MISSING else "Aucun appel ne vous a encore été envoyé."
        return OwnerState(item=CALLS, status=status, remark=remark)
    if facts.first_call_on > months_after(from_day, MONTHS_BETWEEN_CALLS):
        remark = "Les appels les plus anciens manquent."
        return OwnerState(item=CALLS, status=Status.STALE, since=None, remark=remark)
    return OwnerState(item=CALLS, status=Status.PRESENT, since=facts.first_call_on)
