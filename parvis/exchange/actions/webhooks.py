"""Telling the agency's software of changes: where, what, again after a failure, until it is given up."""

import base64
import datetime as dt
import json
import secrets
import time
from collections.abc import Collection

import standardwebhooks
from cryptography.fernet import InvalidToken
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from parvis.agencies.models import Agency
from parvis.exchange import emails
from parvis.exchange.actions.feed import Fact, facts_after, latest_position
from parvis.exchange.calling import CallFailed, check_url, post
from parvis.exchange.models import ApiKey, Delivery, Webhook
from parvis.exchange.rules.feed import Kind, cursor_of
from parvis.exchange.rules.outside import FAILING_FOR, LAST_ATTEMPT, ForbiddenAddress, delay_after
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.sealing import seal, unseal
from parvis.mail.actions import queue_written

SECRET = "webhook secret"  # noqa: S105 -- what the seal is for, and no secret
SECRET_BYTES = 32
MOST_WEBHOOKS = 10
MOST_TOLD = 500
ERROR_LENGTH = 200
ROUND_LASTS = 45.0
LEASE = dt.timedelta(minutes=2)
KEPT = dt.timedelta(days=30)
GOOD = range(200, 300)


class WebhookRefused(Refusal):
    """This address is not told of anything, and why."""


@transaction.atomic
def register(*, key: ApiKey, url: str, kinds: Collection[Kind]) -> tuple[Webhook, str]:
    """Tell that address of what changes from now on; return its row and the secret of the signatures, shown once."""
    try:
        check_url(url)
    except ForbiddenAddress as error:
        raise WebhookRefused(str(error)) from error
    if Webhook.objects.of_agency(key.agency).count() >= MOST_WEBHOOKS:
        raise WebhookRefused(f"Une agence a au plus {MOST_WEBHOOKS} adresses : supprimez-en une.")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    try:
        with transaction.atomic():
            webhook: Webhook = Webhook.objects.create(
                agency=key.agency,
                api_key=key,
                url=url,
                kinds=sorted(set(kinds)),
                sealed_secret=seal(secret, purpose=SECRET),
                position=latest_position(key.agency),
                made_at=database_now(),
            )
    except IntegrityError as error:
        raise WebhookRefused("Cette adresse reçoit déjà des avis.") from error
    journal("webhook.made", webhook, key=key)
    return webhook, secret


@transaction.atomic
def enable(*, webhook: Webhook, key: ApiKey) -> None:
    """Tell a disabled address again, under this key from now on: what waited leaves."""
    as_it_is = {"disabled_at": None, "failing_since": None, "api_key": key}
    if Webhook.objects.filter(pk=webhook.pk).exclude(**as_it_is).update(**as_it_is):
        journal("webhook.enabled", webhook, key=key)


@transaction.atomic
def remove(*, webhook: Webhook, key: ApiKey) -> None:
    """Nothing is told to that address any more; what was told is forgotten with it."""
    webhook.delete()
    journal("webhook.removed", webhook, key=key)


@transaction.atomic
def replay(*, webhook: Webhook, position: int, key: ApiKey) -> int:
    """Tell again all that came after that position, under the same ids; return how many leave at once."""
    now = database_now()
    Webhook.objects.filter(pk=webhook.pk, position__gt=position).update(position=position)
    told = Delivery.objects.filter(webhook=webhook, position__gt=position)
    again = told.update(
        state=Delivery.State.WAITING, attempts=0, next_attempt_at=now, ended_at=None, last_error="", last_status=None
    )
    journal("webhook.replayed", webhook, key=key)
    return again


def journal(verb: str, webhook: Webhook, *, key: ApiKey) -> None:
    record(
        agency_id=webhook.agency_id,
        verb=verb,
        actor=("api-key", key.public_id),
        subject=("webhook", webhook.public_id),
    )


# What is to be told


def announce() -> None:
    """For each address, note what is to be told of the journal's new facts."""
    for pk in Webhook.objects.active().order_by("pk").values_list("pk", flat=True):
        while announce_next(pk):
            pass


@transaction.atomic
def announce_next(pk: int) -> bool:
    """Some facts after the last one examined; the position moves in the transaction that notes them. Do more follow?"""
    webhook = Webhook.objects.active().select_for_update(of=("self",)).select_related("agency").filter(pk=pk).first()
    if webhook is None:
        return False
    kinds = [Kind(kind) for kind in webhook.kinds]
    facts = facts_after(webhook.position, agency=webhook.agency, kinds=kinds, most=MOST_TOLD)
    now = database_now()
    Delivery.objects.bulk_create(
        [delivery_of(fact, webhook=webhook, now=now) for fact in facts.found], ignore_conflicts=True
    )
    webhook.position = facts.position
    webhook.save(update_fields=["position"])
    return facts.has_more


def delivery_of(fact: Fact, *, webhook: Webhook, now: dt.datetime) -> Delivery:
    """What changed, by its id: the receiver reads the rest with its own key."""
    payload = {
        "type": f"{fact.kind}.changed",
        "timestamp": fact.happened_at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "data": {
            "kind": fact.kind,
            "id": fact.object_id,
            "event": fact.verb,
            "cursor": cursor_of(fact.position),
        },
    }
    return Delivery(
        webhook=webhook, position=fact.position, payload=json.dumps(payload), made_at=now, next_attempt_at=now
    )


# Telling it


def send_due(*, lasting: float = ROUND_LASTS) -> int:
    """Send what is due; an address that fails waits for the next round, and the others go on. How many arrived."""
    started, sent, failing = time.monotonic(), 0, set[int]()
    while time.monotonic() - started < lasting:
        delivery = claim(but=failing)
        if delivery is None:
            break
        if send(delivery):
            sent += 1
        else:
            failing.add(delivery.webhook_id)
    return sent


def claim(*, but: Collection[int]) -> Delivery | None:
    """Take the oldest due one for as long as a call may last; the transaction ends before the call."""
    with transaction.atomic():
        due = Delivery.objects.due().exclude(webhook__in=but).select_related("webhook__agency")
        skip_locked = connection.features.has_select_for_update_skip_locked
        delivery = due.select_for_update(of=("self",), skip_locked=skip_locked).first()
        if delivery is None:
            return None
        delivery.attempts += 1
        delivery.next_attempt_at = database_now() + LEASE
        delivery.save(update_fields=["attempts", "next_attempt_at"])
    return delivery


def send(delivery: Delivery) -> bool:
    """Try once and note how it went. A worker that dies meanwhile sends again under the same id: at least once."""
    try:
        status = post(delivery.webhook.url, body=delivery.payload.encode(), headers=signed(delivery))
    except (CallFailed, InvalidToken) as error:
        note_failure(delivery, error=str(error) or type(error).__name__, status=None)
        return False
    if status not in GOOD:
        note_failure(delivery, error=f"réponse {status}", status=status)
        return False
    note_success(delivery, status=status)
    return True


def signed(delivery: Delivery) -> dict[str, str]:
    """The headers of the Standard Webhooks specification."""
    secret, now = unseal(delivery.webhook.sealed_secret, purpose=SECRET), database_now()
    signature = standardwebhooks.Webhook(secret).sign(delivery.public_id, now, delivery.payload)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Parvis",
        "webhook-id": delivery.public_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }


@transaction.atomic
def note_success(delivery: Delivery, *, status: int) -> None:
    Webhook.objects.filter(pk=delivery.webhook_id).exclude(failing_since=None).update(failing_since=None)
    still_mine(delivery).update(
        state=Delivery.State.DELIVERED,
        ended_at=database_now(),
        next_attempt_at=None,
        last_status=status,
        last_error="",
    )


@transaction.atomic
def note_failure(delivery: Delivery, *, error: str, status: int | None) -> None:
    """Wait longer after each failure; after the last, the notice is given up. In the end, so is the address."""
    now, is_last = database_now(), delivery.attempts >= LAST_ATTEMPT
    still_mine(delivery).update(
        state=Delivery.State.FAILED if is_last else Delivery.State.WAITING,
        ended_at=now if is_last else None,
        next_attempt_at=None if is_last else now + delay_after(delivery.attempts),
        last_status=status,
        last_error=error[:ERROR_LENGTH],
    )
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since=None).update(failing_since=now)
    disable_hopeless(delivery.webhook, now=now)


def still_mine(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, unless it was replayed or taken by another worker since."""
    return Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state=Delivery.State.WAITING)


def disable_hopeless(webhook: Webhook, *, now: dt.datetime) -> None:
    """After five days without one notice that arrives, stop, and write to the agency."""
    hopeless = Webhook.objects.active().filter(pk=webhook.pk, failing_since__lte=now - FAILING_FOR)
    if not hopeless.update(disabled_at=now):
        return
    agency: Agency = webhook.agency
    written = emails.webhook_disabled(webhook=webhook, at=now)
    queue_written(agency=agency, kind="webhook-disabled", to_address=agency.email, written=written)
    record(agency_id=agency.pk, verb="webhook.disabled", subject=("webhook", webhook.public_id))


def forget_old() -> int:
    """Erase what arrived or was given up a month ago; return how many."""
    erased, _ = Delivery.objects.filter(ended_at__lt=database_now() - KEPT).delete()
    return erased
