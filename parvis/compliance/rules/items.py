"""The legal list: what a professional syndic puts on the secured access of its clients (décret 2019-502, art. 1 to 3).

Kinds are those of `documents.Document.Kind`. A contract of employment is in no list: art. 1, 6° leaves it out.
"""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """To whom the decree gives the document: its article 1, 2 or 3."""

    ALL_OWNERS = "all_owners"
    ONE_OWNER = "one_owner"
    COUNCIL = "council"


class Validity(StrEnum):
    """How long a paper is enough: for ever, while it is in force, a year, or as the last of a row of meetings."""

    LASTING = "lasting"
    IN_FORCE = "in_force"
    YEARLY = "yearly"
    BY_MEETING = "by_meeting"


class Condition(StrEnum):
    """What makes an item due; without any paper and without its condition it has no object."""

    ALWAYS = "always"
    UNLESS_WAIVED = "unless_waived"  # the agency may say that there is none
    SEPARATE_ACCOUNT = "separate_account"  # the syndicat has a bank account of its own
    WHEN_ANY = "when_any"  # nobody but its papers tells that it exists


@dataclass(frozen=True, kw_only=True)
class Need:
    """A part of an item: one of `kinds`, `count` times. Those of `also` are shown with it, and are not enough alone."""

    kinds: tuple[str, ...]
    words: str
    validity: Validity
    count: int = 1
    also: tuple[str, ...] = ()
    is_kept_by_us: bool = False  # what the portal shows from its own data needs no paper


@dataclass(frozen=True, kw_only=True)
class Item:
    """One document of the decree, in words."""

    code: str
    words: str
    audience: Audience
    reference: str
    needs: tuple[Need, ...]
    condition: Condition = Condition.ALWAYS
    absence: str = ""  # why it may have no object, in words

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that has to do with it."""
        return frozenset(kind for need in self.needs for kind in (*need.kinds, *need.also))

    @property
    def may_be_waived(self) -> bool:
        return self.condition is Condition.UNLESS_WAIVED


def reference(article: int, rank: int) -> str:
    """« décret 2019-502, art. 1, 3° »."""
    return f"décret\u00a02019-502, art.\u00a0{article}, {rank}°"


ALL_OWNERS = (
    Item(
        code="bylaws",
        words="Règlement de copropriété, état descriptif de division et actes qui les modifient",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 1),
        needs=(
            Need(
                kinds=("bylaws",),
                words="règlement de copropriété",
                validity=Validity.LASTING,
                also=("division_statement", "bylaws_amendment"),
            ),
        ),
    ),
    Item(
        code="building_summary_sheet",
        words="Dernière fiche synthétique de la copropriété",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 2),
        needs=(Need(kinds=("building_summary_sheet",), words="fiche synthétique", validity=Validity.YEARLY),),
    ),
    Item(
        code="maintenance_log",
        words="Carnet d’entretien de l’immeuble",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 3),
        needs=(Need(kinds=("maintenance_log",), words="carnet d’entretien", validity=Validity.YEARLY),),
    ),
    Item(
        code="technical_reports",
        words="Diagnostics techniques des parties communes, en cours de validité",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 4),
        needs=(
            Need(
                kinds=("technical_report", "energy_report"),
                words="diagnostic technique",
                validity=Validity.IN_FORCE,
                also=("works_plan",),
            ),
        ),
        condition=Condition.UNLESS_WAIVED,
        absence="L’agence indique qu’aucun diagnostic n’est obligatoire pour cet immeuble.",
    ),
    Item(
        code="insurance_contract",
        words="Contrats d’assurance de l’immeuble, en cours de validité",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 5),
        needs=(Need(kinds=("insurance_contract",), words="contrat d’assurance", validity=Validity.IN_FORCE),),
    ),
    Item(
        code="contracts",
        words="Contrats et marchés en cours signés pour le syndicat",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 6),
        needs=(Need(kinds=("supplier_contract",), words="contrat ou marché", validity=Validity.IN_FORCE),),
        condition=Condition.UNLESS_WAIVED,
        absence="L’agence indique qu’aucun autre contrat n’est en cours.",
    ),
    Item(
        code="maintenance_contracts",
        words="Contrats d’entretien et de maintenance des équipements communs, en cours",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 7),
        needs=(Need(kinds=("maintenance_contract",), words="contrat d’entretien", validity=Validity.IN_FORCE),),
        condition=Condition.UNLESS_WAIVED,
        absence="L’agence indique que l’immeuble n’a pas d’équipement commun à entretenir.",
    ),
    Item(
        code="minutes",
        words="Procès-verbaux des trois dernières assemblées annuelles et devis de travaux qui y ont été approuvés",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 8),
        needs=(
            Need(
                kinds=("minutes",),
                words="procès-verbal",
                validity=Validity.BY_MEETING,
                count=3,
                also=("works_quote",),
            ),
        ),
        condition=Condition.UNLESS_WAIVED,
        absence="L’agence indique que la copropriété a tenu moins de trois assemblées annuelles.",
    ),
    Item(
        code="syndic_contract",
        words="Contrat de syndic en cours",
        audience=Audience.ALL_OWNERS,
        reference=reference(1, 9),
        needs=(Need(kinds=("syndic_contract",), words="contrat de syndic", validity=Validity.IN_FORCE),),
    ),
)

COUNCIL = (
    Item(
        code="balances",
        words="Balances générales des comptes et relevé général des charges et produits de l’exercice échu",
        audience=Audience.COUNCIL,
        reference=reference(3, 1),
        needs=(
            Need(kinds=("general_balance",), words="balance générale", validity=Validity.YEARLY),
            Need(
                kinds=("income_expense_summary", "annual_accounts"),
                words="relevé des charges et produits",
                validity=Validity.YEARLY,
            ),
        ),
    ),
    Item(
        code="bank_statements",
        words="Relevés du compte bancaire séparé du syndicat",
        audience=Audience.COUNCIL,
        reference=reference(3, 2),
        needs=(Need(kinds=("bank_statement",), words="relevé bancaire", validity=Validity.YEARLY),),
        condition=Condition.SEPARATE_ACCOUNT,
        absence="Aucun compte bancaire séparé n’est connu.",
    ),
    Item(
        code="proceedings",
        words="Assignations en cours et décisions de justice qui peuvent encore être contestées",
        audience=Audience.COUNCIL,
        reference=reference(3, 3),
        needs=(
            Need(
                kinds=("writ", "court_decision"),
                words="assignation ou décision",
                validity=Validity.LASTING,
            ),
        ),
        condition=Condition.WHEN_ANY,
        absence="Aucune procédure n’est en ligne.",
    ),
    Item(
        code="owners_list",
        words="Liste de tous les copropriétaires",
        audience=Audience.COUNCIL,
        reference=reference(3, 4),
        needs=(
            Need(
                kinds=("owners_list",), words="liste des copropriétaires", validity=Validity.YEARLY, is_kept_by_us=True
            ),
        ),
    ),
    Item(
        code="agency_papers",
        words="Carte professionnelle, assurance et garantie financière du syndic, en cours de validité",
        audience=Audience.COUNCIL,
        reference=reference(3, 5),
        needs=(
            Need(kinds=("professional_card",), words="carte professionnelle", validity=Validity.IN_FORCE),
            Need(kinds=("liability_insurance",), words="attestation d’assurance", validity=Validity.IN_FORCE),
            Need(kinds=("financial_guarantee",), words="garantie financière", validity=Validity.IN_FORCE),
        ),
    ),
)

OF_BUILDINGS = (*ALL_OWNERS, *COUNCIL)
ITEMS = {item.code: item for item in OF_BUILDINGS}
KINDS = frozenset(kind for item in OF_BUILDINGS for kind in item.kinds)
