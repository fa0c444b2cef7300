"""The list of clients found, and the card of one: their access, what they hold, owe, asked and received."""

import dataclasses
import datetime as dt

from django.utils import timezone

from parvis.documents.access import documents_of_agency
from parvis.documents.models import Document
from parvis.interventions.access import cases_of_agency
from parvis.interventions.models import Intervention
from parvis.kit.days import paris_day
from parvis.kit.money import format_cents
from parvis.ledger.access import accounts_of_client
from parvis.ledger.models import Account
from parvis.people.access_states import AccessState, access_state, access_states
from parvis.people.models import Client, Viewer
from parvis.people.rules import Duty
from parvis.property.access import buildings_in_scope, clients_wholly_in_scope
from parvis.property.client_search import SHOWN, Found, client_search
from parvis.property.holdings_in_words import Held, held_by
from parvis.threads.access import threads_of_agency
from parvis.threads.models import Thread

LISTED = 5


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """A client found: where they hold something, and whether they come in."""

    found: Found
    state: AccessState

    @property
    def client(self) -> Client:
        return self.found.client

    @property
    def place(self) -> str:
        """« Appartement T3, lot 12, Résidence Les Acacias, et 2 autres lots »."""
        places = self.found.places
        if not places:
            return "Aucun lot aujourd’hui"
        others = len(places) - 1
        if not others:
            return places[0]
        return f"{places[0]}, et un autre lot" if others == 1 else f"{places[0]}, et {others} autres lots"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SearchPage:
    """What was asked, and whom it names; `is_cut` when there may be others."""

    query: str
    lines: list[Line]

    @property
    def is_cut(self) -> bool:
        return len(self.lines) == SHOWN

    @property
    def heading(self) -> str:
        count = len(self.lines)
        if self.is_cut:
            return f"Les {count} premiers clients"
        return f"{count} client{'s' if count > 1 else ''}" if count else "Aucun client"


def search_page(viewer: Viewer, *, query: str) -> SearchPage:
    found = client_search(viewer, query) if query else []
    states = access_states([each.client for each in found])
    return SearchPage(query=query, lines=[Line(found=each, state=states[each.client.pk]) for each in found])


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountLine:
    """An account and its balance, in the words of the agency."""

    account: Account

    @property
    def place(self) -> str:
        parts = [self.account.building.name if self.account.building else ""]
        parts += [f"lot\u00a0{self.account.lot.number}"] if self.account.lot else []
        return ", ".join(filter(None, parts))

    @property
    def words(self) -> str:
        cents = self.account.balance_cents
        if self.account.is_withheld:
            return "Situation incomplète"
        if cents == 0:
            return "À jour"
        return f"Doit {format_cents(-cents)}" if cents < 0 else f"{format_cents(cents)} en sa faveur"

    @property
    def tone(self) -> str:
        if self.account.is_withheld:
            return "warning"
        return "error" if self.account.balance_cents < 0 and self.account.oldest_unpaid_on else ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardPage:
    """All that the staff see of one client. A list is None where the viewer's role does not read it.

    `is_whole`: all that the client holds is in scope, so that the viewer may act on their whole access.
    """

    client: Client
    state: AccessState
    held: list[Held]
    accounts: list[AccountLine] | None
    cases: list[Intervention] | None
    threads: list[Thread] | None
    documents: list[Document] | None
    is_whole: bool
    may_visit: bool

    @property
    def may_be_sent_a_letter(self) -> bool:
        return not (self.state.has_login or self.state.is_frozen or self.client.closed_on)


def card_page(viewer: Viewer, client: Client) -> CardPage:
    today = paris_day(timezone.now())
    held = held_by(client, buildings=buildings_in_scope(viewer), day=today)
    duties = viewer.duties
    is_whole = clients_wholly_in_scope(viewer).filter(pk=client.pk).exists()
    return CardPage(
        client=client,
        state=access_state(client),
        held=held,
        accounts=accounts(viewer, client) if Duty.ACCOUNTS in duties else None,
        cases=cases(viewer, client) if Duty.CASES in duties else None,
        threads=threads(viewer, client) if Duty.MESSAGES in duties else None,
        documents=documents(viewer, client, today=today) if Duty.DOCUMENTS in duties else None,
        is_whole=is_whole,
        may_visit=is_whole and Duty.VIEW_AS in duties,
    )


def accounts(viewer: Viewer, client: Client) -> list[AccountLine]:
    return [AccountLine(account=account) for account in accounts_of_client(viewer, client_id=client.pk)]


def cases(viewer: Viewer, client: Client) -> list[Intervention]:
    """What the client reported, the latest first."""
    mine = cases_of_agency(viewer).filter(reporter=client).select_related("building")
    return list(mine.order_by("-reported_on", "-pk")[:LISTED])


def threads(viewer: Viewer, client: Client) -> list[Thread]:
    return list(threads_of_agency(viewer).filter(client=client).order_by("-latest_at", "-pk")[:LISTED])


def documents(viewer: Viewer, client: Client, *, today: dt.date) -> list[Document]:
    """Those addressed to the client alone."""
    mine = documents_of_agency(viewer).filter(client=client)
    return list(mine.order_by("-dated_on", "-pk")[:LISTED])
