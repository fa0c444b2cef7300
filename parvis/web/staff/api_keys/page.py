"""The keys that open today, those that do not any more, and where the agency's software is told of changes."""

import dataclasses

from parvis.exchange.models import ApiKey, Webhook
from parvis.exchange.rules.scopes import LABELS, Scope
from parvis.people.models import Viewer

FORMER = 20


@dataclasses.dataclass(frozen=True)
class KeyLine:
    key: ApiKey

    @property
    def rights(self) -> str:
        """« lire les clients, envoyer les écritures »."""
        return ", ".join(LABELS[Scope(scope)] for scope in self.key.scopes)


@dataclasses.dataclass(frozen=True)
class KeysPage:
    opening: list[KeyLine]
    former: list[KeyLine]
    webhooks: list[Webhook]


def keys_page(viewer: Viewer) -> KeysPage:
    mine = ApiKey.objects.visible_to(viewer).latest_first()
    opening = list(mine.opening())
    former = mine.exclude(pk__in=[key.pk for key in opening])[:FORMER]
    return KeysPage(
        opening=[KeyLine(key) for key in opening],
        former=[KeyLine(key) for key in former],
        webhooks=list(Webhook.objects.visible_to(viewer).with_opening_key()),
    )
