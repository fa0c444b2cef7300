"""Whose an account of the books is: decided by the staff, once."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import OperationalError, transaction
from django.utils import timezone

from parvis.exchange.models import FecAccount, FecFault
from parvis.journal.actions import SYSTEM, record_many
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.kit.typography import typographic
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Book, BookQuerySet, Entry
from parvis.people.models import Client, User
from parvis.people.rules import normalise_reference
from parvis.property.models import Building, Ownership

Decision = FecAccount.Decision
MOST_AT_ONCE, HANDFUL = 5_000, 2_000
STAFF_ONLY = "Seuls les collaborateurs de l’agence rattachent ses comptes."


class BooksBusy(Refusal):
    message = "Un import de ces livres est en cours. Attendez sa fin, puis recommencez."


class ClientUnknown(Refusal):
    message = typographic("Aucun client n’a cet identifiant : vérifiez-le.")


class BuildingUnknown(Refusal):
    message = typographic("Aucun immeuble n’a cette référence : vérifiez-la.")


class BuildingMissing(Refusal):
    message = typographic("Le compte d’un copropriétaire est celui d’un immeuble : donnez sa référence.")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Decided:
    """The client, the nature of the account, and the building where there is one."""

    client: Client
    kind: str
    building: Building | None = None


def find_client(*, agency_id: int, typed: str) -> Client:
    """The client of that identifiant, however typed; refuses one of another agency as one that does not exist."""
    client = Client.objects.filter(agency_id=agency_id, reference_key=normalise_reference(typed) or None).first()
    if client is None:
        raise ClientUnknown
    return client


def find_building(*, agency_id: int, reference: str) -> Building | None:
    """The building of that reference; none when nothing is typed."""
    if not reference:
        return None
    building = Building.objects.filter(agency_id=agency_id, reference=reference).first()
    if building is None:
        raise BuildingUnknown
    return building


@transaction.atomic
def confirm_account(*, account: FecAccount, decided: Decided, by: Viewer | None = None) -> bool:
    """Say whose an account is; whether that is new. Its lines come with the next import of their exercise.

    Staff of the agency only. The building of a co-owner who owns in one only need not be told. An account given to
    another client leaves the first one at once, with its lines.
    """
    refuse_strangers(account, by)
    lock(account)
    if decided.client.agency_id != account.agency_id:
        raise ClientUnknown
    building = account.book.building or decided.building or only_building(decided)
    if decided.kind == Account.Kind.CO_OWNER and building is None:
        raise BuildingMissing
    now = (account.client_id, account.kind, account.building_id)
    if account.decision == Decision.CONFIRMED and now == (decided.client.pk, decided.kind, building and building.pk):
        return False
    release(account)
    account.decision, account.confirmed_at = Decision.CONFIRMED, database_now()
    account.client, account.kind, account.building = decided.client, decided.kind, building
    save_decision(account, by=by)
    return True


def confirm_proposal(*, account: FecAccount, by: Viewer) -> bool:
    """Confirm the client that is proposed, for the nature that the number suggests; whether that is new."""
    if account.proposed_client is None or not account.kind:
        raise Refusal(typographic("Rien n’est proposé pour ce compte : choisissez son client."))
    decided = Decided(client=account.proposed_client, kind=account.kind, building=account.building)
    return confirm_account(account=account, decided=decided, by=by)


@transaction.atomic
def ignore_account(*, account: FecAccount, by: Viewer | None = None) -> bool:
    """Say that an account is no client's; whether that is new. Staff of the agency only."""
    refuse_strangers(account, by)
    lock(account)
    if account.decision == Decision.IGNORED:
        return False
    release(account)
    account.decision, account.client, account.confirmed_at = Decision.IGNORED, None, None
    save_decision(account, by=by)
    return True


@transaction.atomic
def confirm_sure(*, by: Viewer) -> tuple[int, int]:
    """Confirm the sure proposals of the agency; how many, and how many wait for the building of their co-owner.

    Staff of the agency only. Accounts that wait have no line yet, so that nothing is taken from anybody.
    """
    if not by.is_staff:
        raise Refusal(STAFF_ONLY)
    lock_books(Book.objects.filter(agency_id=by.agency_id))
    sure = FecAccount.objects.filter(agency_id=by.agency_id, decision=Decision.WAITING, is_sure=True)
    found = list(sure.exclude(kind="").order_by("pk")[:MOST_AT_ONCE])
    owned = buildings_owned({account.proposed_client_id for account in found})
    confirmed_at, confirmed = database_now(), []
    for account in found:
        if account.kind == Account.Kind.CO_OWNER and account.building_id is None:
            places = owned[account.proposed_client_id]
            if len(places) != 1:
                continue
            (account.building_id,) = places
        account.decision, account.confirmed_at = Decision.CONFIRMED, confirmed_at
        account.client_id = account.proposed_client_id
        confirmed.append(account)
    FecAccount.objects.bulk_update(confirmed, ["decision", "client", "building", "confirmed_at"], batch_size=500)
    journal([account.public_id for account in confirmed], verb="fec_account_confirmed", by=by)
    return len(confirmed), len(found) - len(confirmed)


def buildings_owned(clients: Iterable[int | None]) -> dict[int | None, set[int]]:
    """Where each of those clients owns."""
    owned: dict[int | None, set[int]] = defaultdict(set)
    wanted = [client for client in clients if client]
    for start in range(0, len(wanted), HANDFUL):
        rows = Ownership.objects.filter(client__in=wanted[start : start + HANDFUL], ends_on=None).order_by()
        for client, building in rows.values_list("client_id", "lot__building_id"):
            owned[client].add(building)
    return owned


def refuse_strangers(account: FecAccount, by: Viewer | None) -> None:
    """Without `by`, the server itself decides: a table given to the command."""
    if by is not None and not (by.is_staff and by.agency_id == account.agency_id):
        raise Refusal(STAFF_ONLY)


def lock(account: FecAccount) -> None:
    """No import of those books between the decision and its end."""
    lock_books(Book.objects.filter(pk=account.book_id))
    account.refresh_from_db(fields=["decision", "client", "kind", "building", "account"])


def lock_books(books: BookQuerySet) -> None:
    try:
        list(books.select_for_update(nowait=True).order_by("pk"))
    except OperationalError as error:
        raise BooksBusy from error


def only_building(decided: Decided) -> Building | None:
    """The building where a co-owner owns, when there is only one."""
    if decided.kind != Account.Kind.CO_OWNER:
        return None
    owned = buildings_owned([decided.client.pk])[decided.client.pk]
    return Building.objects.get(pk=owned.pop()) if len(owned) == 1 else None


def release(account: FecAccount) -> None:
    """Take the lines of that account away from whom they were shown to; the empty account is closed."""
    held, account.account = account.account, None
    FecFault.objects.filter(fec_account=account).delete()
    if held is None:
        return
    account.save(update_fields=["account"])
    Entry.objects.filter(account=held, exercise__isnull=False).delete()
    held.balance_cents, held.oldest_unpaid_on, held.is_withheld = 0, None, False
    held.closed_on = paris_day(timezone.now())
    held.save(update_fields=["balance_cents", "oldest_unpaid_on", "is_withheld", "closed_on"])


def save_decision(account: FecAccount, *, by: Viewer | None) -> None:
    account.save(update_fields=["decision", "client", "kind", "building", "confirmed_at", "account"])
    journal([account.public_id], verb=f"fec_account_{account.decision}", by=by, agency_id=account.agency_id)


def journal(public_ids: Sequence[str], *, verb: str, by: Viewer | None, agency_id: int = 0) -> None:
    actor = ("user", User.objects.get(pk=by.user_id).public_id) if by else SYSTEM
    subjects = [("fec_account", public_id) for public_id in public_ids]
    record_many(agency_id=by.agency_id if by else agency_id, verb=verb, actor=actor, subjects=subjects)
