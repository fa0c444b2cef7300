"""The campaigns of the agency in figures. No letter is counted here: batches keep their figures."""

import dataclasses
from collections.abc import Iterable

from parvis.kit.money import NARROW_SPACE, format_whole
from parvis.people.actions.campaigns import still_without_access
from parvis.people.models import Campaign, LetterBatch, Viewer

CAMPAIGNS = 10
BATCHES = 30
COUNTED = 1000


@dataclasses.dataclass(frozen=True)
class Line:
    """A campaign or a batch: what left, what opened an access, what came back."""

    title: str
    drawn: Campaign | LetterBatch

    @property
    def figures(self) -> list[tuple[str, str]]:
        row = self.drawn
        return [
            ("Envoyées", format_whole(row.sent)),
            ("Accès ouverts", share(row.activated, of=row.sent)),
            ("Retours à l’envoyeur", share(row.returned, of=row.sent)),
        ]


@dataclasses.dataclass(frozen=True)
class CampaignPage:
    """One campaign and its last batches."""

    campaign: Campaign
    whole: Line
    batches: list[Line]
    waiting: int

    @property
    def waiting_words(self) -> str:
        """« 312 clients n'ont ni accès ni lettre encore valable. »; a large agency is not counted to the last."""
        if not self.waiting:
            return "Tous les clients ont un accès, ou une lettre encore valable."
        if self.waiting > COUNTED:
            return f"Plus de {format_whole(COUNTED)} clients n’ont ni accès ni lettre encore valable."
        plural = self.waiting > 1
        return f"{self.waiting} client{'s n’ont' if plural else ' n’a'} ni accès ni lettre encore valable."


def campaign_lines(viewer: Viewer) -> list[Line]:
    """The last campaigns, each as a whole."""
    campaigns = Campaign.objects.visible_to(viewer).with_numbers()[:CAMPAIGNS]
    return [Line(title=campaign.name, drawn=campaign) for campaign in campaigns]


def campaign_page(campaign: Campaign) -> CampaignPage:
    batches: Iterable[LetterBatch] = campaign.batches.order_by("-number")[:BATCHES]
    return CampaignPage(
        campaign=campaign,
        whole=Line(title=campaign.name, drawn=campaign),
        batches=[Line(title=f"Lot {batch.number}", drawn=batch) for batch in batches],
        waiting=still_without_access(campaign.agency).order_by()[: COUNTED + 1].count(),
    )


def share(number: int, *, of: int) -> str:
    """« 312 (62 %) »; the number alone when there is nothing to compare it with."""
    return f"{format_whole(number)} ({round(100 * number / of)}{NARROW_SPACE}%)" if of else format_whole(number)
