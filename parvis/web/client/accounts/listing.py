"""The accounts of the viewer, each with the state of the exercise that its balance stands in."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.ledger.models import Account, FiscalYear
from parvis.people.models import Viewer
from parvis.web.client.accounts.periods import of_holder
from parvis.web.ui.account_cards import AccountCard, account_cards


class Listed(NamedTuple):
    """An account, and « provisoire », « arrêté », « approuvé en assemblée », where it is known."""

    card: AccountCard
    state: str


def listed_accounts(viewer: Viewer, *, today: dt.date) -> list[Listed]:
    """Those that owe first."""
    states = {public_id: FiscalYear.Status(status).label for public_id, status in states_of(viewer, today)}
    cards = account_cards(viewer, today=today)
    return [Listed(card, states.get(card.public_id, "")) for card in cards]


@prepared
def states_of(viewer: AnyViewer, today: dt.date) -> "QuerySet[Account, tuple[Any, ...]]":
    """Of each co-owner's account, the state of the exercise of today."""
    accounts = Account.objects.visible_to(viewer).filter(
        of_holder(viewer),
        kind=Account.Kind.CO_OWNER,
        is_withheld=False,
        building__fiscal_years__begins_on__lte=today,
        building__fiscal_years__ends_on__gte=today,
    )
    return accounts.order_by().values_list("public_id", "building__fiscal_years__status")
