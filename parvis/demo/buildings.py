"""The buildings of the demonstration: their lots, the keys of their deed, their budgets."""

from dataclasses import dataclass
from functools import cached_property

from parvis.demo import dice, sources
from parvis.demo.sources import BuildingSource
from parvis.property.rules import allocate

GENERAL, LIFT, HEATING = "GEN", "ASC", "CHA"
KEY_LABELS = {GENERAL: "Charges générales", LIFT: "Ascenseur", HEATING: "Chauffage collectif"}
KEY_TOTALS = {GENERAL: 10_000, LIFT: 1_000, HEATING: 1_000}
AREAS_SQUARE_METRES = {
    "Studio": (22, 31),
    "Appartement T2": (38, 50),
    "Appartement T3": (56, 70),
    "Appartement T4": (74, 92),
}
FLATS = ("Appartement T3", "Appartement T2", "Appartement T3", "Appartement T4", "Studio", "Appartement T2")
CELLAR_WEIGHT, PARKING_WEIGHT = 90, 210
FIRST_BUDGET_YEAR = 2020
YEARLY_RISE_PER_MILLE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot of the deed. Areas are in square decimetres; an annex has none."""

    number: str
    kind: str
    label: str
    floor: int
    area_square_decimetres: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What one household holds: a flat, and the cellar and the parking that go with it."""

    building: "Building"
    rank: int
    main: Lot
    annexes: tuple[Lot, ...] = ()

    @property
    def lots(self) -> tuple[Lot, ...]:
        return (self.main, *self.annexes)

    @property
    def name(self) -> str:
        """What the dice are thrown for."""
        return f"{self.building.source.reference}/{self.main.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A heading of the yearly budget, in euros per flat; `account` is a code of the legal chart."""

    account: str
    key: str
    euros_per_unit: int


BUDGET = (
    BudgetLine(account="601", key=GENERAL, euros_per_unit=152),
    BudgetLine(account="602", key=GENERAL, euros_per_unit=44),
    BudgetLine(account="604", key=GENERAL, euros_per_unit=9),
    BudgetLine(account="611", key=GENERAL, euros_per_unit=146),
    BudgetLine(account="614", key=GENERAL, euros_per_unit=37),
    BudgetLine(account="615", key=GENERAL, euros_per_unit=83),
    BudgetLine(account="616", key=GENERAL, euros_per_unit=117),
    BudgetLine(account="6211", key=GENERAL, euros_per_unit=184),
    BudgetLine(account="6213", key=GENERAL, euros_per_unit=13),
    BudgetLine(account="602", key=LIFT, euros_per_unit=24),
    BudgetLine(account="614", key=LIFT, euros_per_unit=92),
    BudgetLine(account="603", key=HEATING, euros_per_unit=685),
)


@dataclass(frozen=True)
class Building:
    """One building and all that its deed says."""

    source: BuildingSource

    @property
    def reference(self) -> str:
        return self.source.reference

    @property
    def is_syndic(self) -> bool:
        """Whether the agency is its syndic; elsewhere it only lets flats."""
        return self.source.role == "syndic"

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every flat with its annexes; the cellars come after the flats in the deed, then the parkings."""
        cellars = self._annexes("Cave", count=self.source.cellars, first=self.source.units + 1)
        parkings = self._annexes("Parking", count=self.source.parkings, first=self.source.units + len(cellars) + 1)
        return tuple(
            Unit(
                building=self,
                rank=rank,
                main=self._flat(rank),
                annexes=(*cellars[rank : rank + 1], *self._parkings_of(rank, parkings)),
            )
            for rank in range(self.source.units)
        )

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        return tuple(lot for unit in self.units for lot in unit.lots)

    def _flat(self, rank: int) -> Lot:
        floor = rank * self.source.storeys // self.source.units
        label = dice.pick(FLATS, self.reference, rank, "flat")
        smallest, largest = AREAS_SQUARE_METRES[label]
        area = dice.between(smallest * 100, largest * 100, self.reference, rank, "area")
        return Lot(
            number=str(rank + 1),
            kind="main",
            label=label,
            floor=floor,
            area_square_decimetres=area,
        )

    def _annexes(self, label: str, *, count: int, first: int) -> tuple[Lot, ...]:
        return tuple(Lot(number=str(first + rank), kind="annex", label=label, floor=-1) for rank in range(count))

    def _parkings_of(self, rank: int, parkings: tuple[Lot, ...]) -> tuple[Lot, ...]:
        """One parking each, from the top floor down; the last flats take what is left."""
        from_the_top = self.source.units - 1 - rank
        extra = parkings[self.source.units :] if from_the_top == 0 else ()
        return (*parkings[from_the_top : from_the_top + 1], *extra)

    @cached_property
    def shares(self) -> dict[str, dict[str, int]]:
        """Key code → lot number → tantièmes; each key adds up to the total of its deed."""
        if not self.is_syndic:
            return {}
        weights = {GENERAL: {lot.number: general_weight(lot) for lot in self.lots}}
        if self.source.has_lift:
            weights[LIFT] = {unit.main.number: unit.main.floor for unit in self.units if unit.main.floor}
        if self.source.has_heating:
            weights[HEATING] = {unit.main.number: unit.main.area_square_decimetres for unit in self.units}
        return {key: deed_shares(weights[key], total=KEY_TOTALS[key]) for key in weights}

    def budget_cents(self, fiscal_year: int) -> dict[str, int]:
        """Budget voted for that fiscal year, by key, in whole tens of euros."""
        rise = 1000 + YEARLY_RISE_PER_MILLE * (fiscal_year - FIRST_BUDGET_YEAR)
        rise += dice.between(-12, 12, self.reference, fiscal_year, "budget")
        totals = dict.fromkeys(self.shares, 0)
        for line in BUDGET:
            if line.key in totals:
                totals[line.key] += line.euros_per_unit * self.source.units
        return {key: euros * rise // 10_000 * 1000 for key, euros in totals.items()}

    def expenses_cents(self, fiscal_year: int) -> dict[str, int]:
        """What that year really cost, by key: some percents more or less than the budget."""
        return {
            key: cents * dice.between(930, 1060, self.reference, fiscal_year, key, "expenses") // 1000
            for key, cents in self.budget_cents(fiscal_year).items()
        }


def general_weight(lot: Lot) -> int:
    """Weight of a lot in the general charges: its area, a little more at each floor."""
    if lot.kind == "annex":
        return CELLAR_WEIGHT if lot.label == "Cave" else PARKING_WEIGHT
    return lot.area_square_decimetres * (100 + 2 * lot.floor) // 100


def deed_shares(weights: dict[str, int], *, total: int) -> dict[str, int]:
    """Whole tantièmes in proportion of the weights, adding up to the total of the deed."""
    return allocate(amount_cents=total, shares=weights, total_shares=sum(weights.values()))


def buildings_of(agency: str) -> tuple[Building, ...]:
    """The buildings of an agency of the demonstration."""
    return tuple(Building(source=source) for source in sources.buildings_of(agency))


def floor_words(floor: int) -> str:
    """« Rez-de-chaussée », « 1er étage », « Sous-sol »."""
    if floor < 0:
        return "Sous-sol"
    if floor == 0:
        return "Rez-de-chaussée"
    return "1er étage" if floor == 1 else f"{floor}e étage"
