"""Comptes du FEC: those that wait for their client, those that have one, those that are nobody's."""

import dataclasses
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q

from parvis.exchange.models import FecAccount, FecAccountQuerySet
from parvis.kit.money import NARROW_SPACE
from parvis.ledger.models import Account
from parvis.people.models import Viewer

SHOWN = 25
LONGEST_SEARCH = 80
STATES = {
    "": (FecAccount.Decision.WAITING, "À rattacher"),
    "rattaches": (FecAccount.Decision.CONFIRMED, "Rattachés"),
    "ignores": (FecAccount.Decision.IGNORED, "Ignorés"),
}
KINDS = {
    Account.Kind.CO_OWNER.value: "Copropriétaire",
    Account.Kind.LANDLORD.value: "Bailleur",
    Account.Kind.TENANT.value: "Locataire",
}


@dataclasses.dataclass(frozen=True)
class AccountLine:
    """One account in words."""

    account: FecAccount

    @property
    def kind(self) -> str:
        return KINDS.get(self.account.kind, "")

    @property
    def client(self) -> str:
        """« Camille Fontaine, 10427318 »: whose it is, or seems to be."""
        client = self.account.client or self.account.proposed_client
        return f"{client.full_name}, {client.customer_reference}" if client else ""

    @property
    def is_waiting(self) -> bool:
        return self.account.decision == FecAccount.Decision.WAITING

    @property
    def certainty(self) -> str:
        if not (self.is_waiting and self.client):
            return ""
        return "Proposition sûre" if self.account.is_sure else f"Nom ressemblant à {self.account.likeness}\u00a0%"

    @property
    def tone(self) -> str:
        return "ok" if self.account.is_sure else "warning"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """One filter of the list."""

    label: str
    query: str
    count: str
    is_current: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class FecPage:
    """`sure_count` proposals may be confirmed at once; `filter` is what the links of the pagination carry on."""

    state: str
    search: str
    choices: list[Choice]
    ranks: Page[FecAccount]
    lines: list[AccountLine]
    sure_count: int
    filter: str

    @property
    def shows_waiting(self) -> bool:
        return not self.state


def fec_page(viewer: Viewer, *, state: str, search: str, number: str) -> FecPage:
    state, search = state if state in STATES else "", search.replace("\0", "").strip()[:LONGEST_SEARCH]
    accounts = FecAccount.objects.visible_to(viewer)
    found = searched(accounts.filter(decision=STATES[state][0]), search).with_people()
    ranks = Paginator(found.order_by("number", "auxiliary", "pk"), SHOWN).get_page(number)
    waiting = accounts.filter(decision=FecAccount.Decision.WAITING)
    return FecPage(
        state=state,
        search=search,
        choices=[choice(accounts, key, current=state, search=search) for key in STATES],
        ranks=ranks,
        lines=[AccountLine(account) for account in ranks],
        sure_count=waiting.filter(is_sure=True).count(),
        filter=query(state, search),
    )


def searched(accounts: FecAccountQuerySet, search: str) -> FecAccountQuerySet:
    if not search:
        return accounts
    return accounts.filter(Q(number__icontains=search) | Q(auxiliary__icontains=search) | Q(label__icontains=search))


def choice(accounts: FecAccountQuerySet, key: str, *, current: str, search: str) -> Choice:
    decision, label = STATES[key]
    count = searched(accounts.filter(decision=decision), search).count()
    shown = f"{count:,}".replace(",", NARROW_SPACE)
    return Choice(label=label, query=f"?{query(key, search)}", count=shown, is_current=key == current)


def query(state: str, search: str) -> str:
    given = {"etat": state, "q": search}
    return urlencode({name: value for name, value in given.items() if value})
