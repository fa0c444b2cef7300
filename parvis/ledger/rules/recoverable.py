"""What a landlord may ask of the tenant among the charges of a building (décret 87-713 of 26 August 1987). Pure.

The agency's own figure comes first; this table is used when it gives none. The list of the decree is closed: what no
row names is not recoverable. Rows not `is_sure` depend on a contract or on tasks that the books do not tell: they are
shown as « à vérifier ».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.property.rules import allocate

PER_MILLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """A nature of expense: which accounts of the chart and which words tell it, and what part is recoverable."""

    name: str
    accounts: tuple[str, ...]
    per_mille: int
    words: tuple[str, ...] = ()
    is_sure: bool = True

    def covers(self, *, account: str, label: str) -> bool:
        told = label.casefold()
        return account.startswith(self.accounts) and (not self.words or any(word in told for word in self.words))


# The first row that covers an expense says its part. Articles of the decree: à vérifier.
NATURES = (
    Nature(name="Eau", accounts=("601",), per_mille=1000),
    Nature(name="Électricité des parties communes", accounts=("602",), per_mille=1000),
    Nature(name="Chauffage et énergie", accounts=("603",), per_mille=1000),
    Nature(name="Produits d’entretien", accounts=("604", "605", "606"), per_mille=1000, is_sure=False),
    Nature(name="Nettoyage", accounts=("611",), per_mille=1000),
    Nature(
        name="Ascenseur, contrat étendu",
        accounts=("614",),
        words=("ascenseur étendu", "contrat étendu"),
        per_mille=730,
        is_sure=False,
    ),
    Nature(name="Ascenseur, entretien", accounts=("614",), words=("ascenseur",), per_mille=1000),
    Nature(name="Espaces verts", accounts=("614", "615"), words=("espaces verts", "jardin"), per_mille=1000),
    Nature(name="Contrats de maintenance", accounts=("614",), per_mille=1000, is_sure=False),
    Nature(name="Petites réparations", accounts=("615",), per_mille=0, is_sure=False),
    Nature(name="Ordures ménagères, balayage", accounts=("63",), words=("ordures", "balayage"), per_mille=1000),
    Nature(
        name="Gardien, ménage et ordures",
        accounts=("64",),
        words=("ménage et ordures", "gardien-concierge", "entretien et ordures"),
        per_mille=750,
        is_sure=False,
    ),
    Nature(name="Gardien, une des deux tâches", accounts=("64",), words=("gardien",), per_mille=400, is_sure=False),
    Nature(name="Employé d’immeuble", accounts=("64",), words=("employé d’immeuble",), per_mille=1000, is_sure=False),
)
NOT_RECOVERABLE = Nature(name="À la charge du propriétaire", accounts=("",), per_mille=0)


def nature_of(*, account: str, label: str) -> Nature:
    """The nature of an expense by its account of the chart and its label."""
    return next((nature for nature in NATURES if nature.covers(account=account, label=label)), NOT_RECOVERABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """An expense of the building, in cents; `given_cents` is the recoverable part that the agency says, if it does."""

    label: str
    chart_account: str
    key: str
    amount_cents: int
    given_cents: int | None = None

    @property
    def nature(self) -> Nature:
        return nature_of(account=self.chart_account, label=self.label)

    @property
    def recoverable_cents(self) -> int:
        """Half-up to the cent, on the table’s part."""
        if self.given_cents is not None:
            return self.given_cents
        sign = -1 if self.amount_cents < 0 else 1
        return sign * ((2 * abs(self.amount_cents) * self.nature.per_mille + PER_MILLE) // (2 * PER_MILLE))

    @property
    def is_sure(self) -> bool:
        return self.given_cents is not None or self.nature.is_sure


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfCharge:
    """The lots’ part of one expense, and what of it is recoverable."""

    label: str
    share_cents: int
    recoverable_cents: int
    is_sure: bool


def shares_of_charges(
    spent: Iterable[Spent], *, keys: Mapping[str, tuple[Mapping[str, int], int]], lots: frozenset[str]
) -> list[ShareOfCharge]:
    """The lots’ part of each expense. Those of a key add up to the lots’ part of all that the key cost.

    That whole is shared by largest remainder, as the settlement shares it; each expense, the recoverable part first,
    takes what it adds to the part of the whole. `keys` gives for each key the shares of its lots and the deed’s total.
    Raises `SharesDoNotAddUp`.
    """
    found, running = [], dict.fromkeys(keys, 0)
    for expense in spent:
        shares, total = keys[expense.key]
        before, whole = running[expense.key], running[expense.key] + expense.amount_cents
        start, middle, end = (
            of_lots(cents, shares=shares, total=total, lots=lots)
            for cents in (before, before + expense.recoverable_cents, whole)
        )
        running[expense.key] = whole
        if end != start or middle != start:
            found.append(
                ShareOfCharge(
                    label=expense.label,
                    share_cents=end - start,
                    recoverable_cents=middle - start,
                    is_sure=expense.is_sure,
                )
            )
    return found


def of_lots(cents: int, *, shares: Mapping[str, int], total: int, lots: frozenset[str]) -> int:
    parts = allocate(amount_cents=cents, shares=shares, total_shares=total)
    return sum(part for lot, part in parts.items() if lot in lots)
