"""À classer: the files brought in, those that are looked at, to check, checked, refused."""

from dataclasses import dataclass

from parvis.documents.access import Counts, readers_counts, readers_words
from parvis.documents.models import Audience, Deposit
from parvis.kit.french_dates import long_date
from parvis.kit.sizes import format_size
from parvis.people.models import Viewer

SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A file in words: what it is, who would read it, what is missing."""

    deposit: Deposit
    readers: str

    @property
    def weight(self) -> str:
        return format_size(self.deposit.size)

    @property
    def place(self) -> str:
        deposit = self.deposit
        building = deposit.building or (deposit.lot.building if deposit.lot else None)
        lot = f", lot\u00a0{deposit.lot.number}" if deposit.lot else ""
        return f"{building.name}{lot}" if building else ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known, empty facts left out."""
        deposit = self.deposit
        told = [
            ("Remplace", deposit.replaces.title if deposit.replaces else ""),
            ("Nature", deposit.get_kind_display() if deposit.kind else ""),
            ("Date", long_date(deposit.dated_on) if deposit.dated_on else ""),
            ("Pour", self.audience),
            ("Immeuble", self.place),
            ("En ligne", f"le {long_date(deposit.publish_on)}" if deposit.publish_on else ""),
        ]
        return [(word, fact) for word, fact in told if fact]

    @property
    def audience(self) -> str:
        deposit = self.deposit
        if deposit.client:
            return f"{deposit.client.full_name}, {deposit.client.customer_reference}"
        return deposit.get_audience_display().capitalize() if deposit.audience else ""

    @property
    def lacks(self) -> str:
        """« Il manque la date et l'immeuble. »; nothing when it may be confirmed as it is."""
        words = lacking(self.deposit)
        told = [", ".join(words[:-1]), words[-1]] if len(words) > 1 else words
        return f"Il manque {' et '.join(told)}." if words else ""


def lacking(deposit: Deposit) -> list[str]:
    needs = {
        **dict.fromkeys((Audience.CLIENT, Audience.ACCOUNT), (deposit.client_id, "le client")),
        Audience.LOT: (deposit.lot_id, "le lot"),
        **dict.fromkeys((Audience.OWNERS, Audience.TENANTS, Audience.COUNCIL), (deposit.building_id, "l’immeuble")),
    }
    wanted: list[tuple[object, str]] = [(deposit.dated_on, "la date"), (deposit.audience, "à qui il s’adresse")]
    if deposit.audience in needs:
        wanted.append(needs[Audience(deposit.audience)])
    return [words for known, words in wanted if not known]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """`more` lines are not shown: those shown are settled first."""

    under_way: int
    confirmed: list[Line]
    ready: list[Line]
    refused: list[Line]
    more: int

    @property
    def is_empty(self) -> bool:
        return not (self.under_way or self.confirmed or self.ready or self.refused)


def table_page(viewer: Viewer) -> TablePage:
    mine = Deposit.objects.visible_to(viewer)
    states = Deposit.State
    standing = mine.filter(state__in=(states.CONFIRMED, states.READY, states.REFUSED)).with_places()
    shown = list(standing.order_by("received_at", "pk")[:SHOWN])
    counts = readers_counts(shown)
    lines = [line_of(deposit, counts=counts) for deposit in shown]
    return TablePage(
        under_way=mine.filter(state=states.WAITING).count(),
        confirmed=[line for line in lines if line.deposit.state == states.CONFIRMED],
        ready=[line for line in lines if line.deposit.state == states.READY],
        refused=[line for line in lines if line.deposit.state == states.REFUSED],
        more=standing.count() - len(shown),
    )


def line_of(deposit: Deposit, *, counts: Counts) -> Line:
    return Line(deposit=deposit, readers=readers_words(deposit, counts=counts, client=deposit.client))
