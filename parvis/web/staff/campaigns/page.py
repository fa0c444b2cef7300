"""The campaigns of the agency in figures. No letter is counted here: batches keep their figures."""

import dataclasses
from collections.abc import Iterable

from parvis.kit.money import NARROW_SPACE, format_whole
from parvis.people.models import Campaign, LetterBatch, Viewer

CAMPAIGNS = 10
BATCHES = 30


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
    )


def share(number: int, *, of: int) -> str:
    """« 312 (62 %) »; the number alone when there is nothing to compare it with."""
    return f"{format_whole(number)} ({round(100 * number / of)}{NARROW_SPACE}%)" if of else format_whole(number)
