"""Accès gelés: who waits for a decision, what must be posted."""

import dataclasses
import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from parvis.people.actions import freezing
from parvis.people.models import AccessFreeze, Client, PaperNotice, Viewer
from parvis.people.models.safety import AccessFreezeQuerySet, PaperNoticeQuerySet
from parvis.property.access import clients_wholly_in_scope, of_clients_in_scope

DECIDED_SHOWN = 10
PRINTED_SHOWN = dt.timedelta(days=30)


@dataclasses.dataclass(frozen=True, kw_only=True)
class FrozenPage:
    """`waiting` freezes are to be decided, `decided` are the last ones; `to_print` notices, then `printed` ones."""

    waiting: QuerySet[AccessFreeze]
    decided: QuerySet[AccessFreeze]
    to_print: QuerySet[PaperNotice]
    printed: QuerySet[PaperNotice]

    @property
    def clients(self) -> list[Client]:
        """Whose names and addresses the page shows."""
        shown = (row.client for rows in (self.waiting, self.decided, self.to_print, self.printed) for row in rows)
        return [client for client in shown if client is not None]


def frozen_page(viewer: Viewer) -> FrozenPage:
    freezes = freezes_of_agency(viewer).select_related("client", "user__staffmember")
    notices = notices_of_agency(viewer).select_related("client")
    return FrozenPage(
        waiting=freezes.open(),
        decided=freezes.exclude(lifted_at=None).order_by("-lifted_at", "-pk")[:DECIDED_SHOWN],
        to_print=notices.waiting(),
        printed=notices.filter(printed_at__gt=timezone.now() - PRINTED_SHOWN).order_by("-printed_at", "-pk"),
    )


def freezes_of_agency(viewer: Viewer) -> AccessFreezeQuerySet:
    """Those of clients in scope; those of the staff too, for who sees the whole agency."""
    return AccessFreeze.objects.visible_to(viewer).filter(of_clients_in_scope(viewer))


def may_close(viewer: Viewer, freeze: AccessFreeze) -> bool:
    """Whether all the clients whose access would end are wholly in scope."""
    clients = {row.client_id for row in freezing.together_with(freeze) if row.client_id}
    return clients_wholly_in_scope(viewer).filter(pk__in=clients).count() == len(clients)


def notices_of_agency(viewer: Viewer) -> PaperNoticeQuerySet:
    return PaperNotice.objects.visible_to(viewer).filter(of_clients_in_scope(viewer))
