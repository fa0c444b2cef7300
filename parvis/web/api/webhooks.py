"""Where the agency's software is told that something changed."""

import datetime as dt

from ninja import Router, Schema, Status
from pydantic import Field

from parvis.exchange.actions import webhooks
from parvis.exchange.actions.webhooks import WebhookRefused
from parvis.exchange.models import Delivery, Webhook, WebhookQuerySet
from parvis.exchange.rules.feed import Kind, position_of
from parvis.exchange.rules.outside import LONGEST_URL
from parvis.exchange.rules.scopes import Scope
from parvis.web.api.keys import ApiRequest, opened_by, refuse_closed
from parvis.web.api.problems import Problem, of_domain
from parvis.web.api.schemas import AfterId, Body, Limit, PublicId, wrong_cursor

router = Router(tags=["Avis (webhooks)"])
OPENED = opened_by(Scope.WEBHOOKS)


class WantedWebhook(Body):
    url: str = Field(
        min_length=1,
        max_length=LONGEST_URL,
        description="Adresse https:// de votre logiciel, sur un réseau public.",
        examples=["https://erp.exemple.fr/parvis"],
    )
    kinds: list[Kind] = Field(
        min_length=1,
        max_length=len(Kind),
        description="Les natures de changements annoncés, parmi celles que lit la clé.",
    )


class WantedReplay(Body):
    after: str = Field(
        pattern=r"^[A-Za-z0-9_-]{0,40}$", description="Curseur après lequel tout est annoncé de nouveau ; vide : tout."
    )


class WebhookTold(Schema):
    """Une adresse qui reçoit des avis."""

    id: str = Field(description="Identifiant public.")
    url: str = Field(description="Adresse.")
    kinds: list[Kind] = Field(description="Natures annoncées.")
    key: str | None = Field(
        description="Début de la clé sous laquelle partent les avis ; null : plus aucune ne l’ouvre, ils attendent."
    )
    made_at: dt.datetime = Field(description="Créée à.")
    failing_since: dt.datetime | None = Field(description="Depuis quand aucun avis n’arrive ; null : tout va bien.")
    disabled_at: dt.datetime | None = Field(description="Quand Parvis a cessé d’envoyer ; null : il envoie.")


class NewWebhook(WebhookTold):
    """Une adresse nouvelle et son secret, montré cette seule fois."""

    secret: str = Field(description="Secret des signatures (Standard Webhooks).")


class WebhookList(Schema):
    items: list[WebhookTold] = Field(description="Les adresses de l’agence.")


class Replayed(Schema):
    waiting: int = Field(description="Combien d’avis déjà faits repartent ; les autres suivent.")


class DeliveryTold(Schema):
    """Un avis envoyé, ou à envoyer."""

    id: str = Field(description="Identifiant public, celui de l’en-tête webhook-id.")
    state: str = Field(description="waiting (à envoyer), delivered (reçu) ou failed (abandonné).")
    attempts: int = Field(description="Essais faits.")
    made_at: dt.datetime = Field(description="Créé à.")
    next_attempt_at: dt.datetime | None = Field(description="Prochain essai.")
    ended_at: dt.datetime | None = Field(description="Reçu ou abandonné à.")
    last_status: int | None = Field(description="Dernière réponse de votre logiciel.")
    last_error: str = Field(description="Dernière erreur.")


class DeliveryPage(Schema):
    items: list[DeliveryTold] = Field(description="Les avis, dans un ordre qui ne change pas.")
    next: str = Field(description="Où reprendre ; vide quand il n’y a plus rien.")


@router.get("/webhooks", **OPENED, response=WebhookList, url_name="webhooks-index")
def list_webhooks(request: ApiRequest) -> WebhookList:
    """Les adresses de l’agence qui reçoivent des avis."""
    return WebhookList(items=[told(row) for row in webhooks_of(request)])


@router.post("/webhooks", **OPENED, response={201: NewWebhook}, url_name="webhooks-make")
def make_webhook(request: ApiRequest, body: WantedWebhook) -> Status[NewWebhook]:
    """Annonce à cette adresse ce qui change à partir de maintenant. Le secret n’est montré qu’ici."""
    refuse_closed(request, body.kinds)
    try:
        row, secret = webhooks.register(key=request.api_key, url=body.url, kinds=body.kinds)
    except WebhookRefused as refusal:
        raise Problem("refused", errors=[of_domain("/url", refusal.message)]) from refusal
    made = told(webhook_of(request, row.public_id))
    return Status(201, NewWebhook(**made.model_dump(), secret=secret))


@router.get("/webhooks/{public_id}", **OPENED, response=WebhookTold, url_name="webhooks-detail")
def read_webhook(request: ApiRequest, public_id: PublicId) -> WebhookTold:
    """Une adresse, et si elle répond."""
    return told(webhook_of(request, public_id))


@router.delete("/webhooks/{public_id}", **OPENED, response={204: None}, url_name="webhooks-remove")
def remove_webhook(request: ApiRequest, public_id: PublicId) -> Status[None]:
    """Cesse d’envoyer des avis à cette adresse, et oublie ceux qui l’ont été."""
    webhooks.remove(webhook=webhook_of(request, public_id), key=request.api_key)
    return Status(204, None)


@router.post("/webhooks/{public_id}/enable", **OPENED, response=WebhookTold, url_name="webhooks-enable")
def enable_webhook(request: ApiRequest, public_id: PublicId) -> WebhookTold:
    """Reprend les envois à une adresse que Parvis avait cessé d’appeler, désormais sous la clé qui le demande ; ce
    qui attendait part."""
    row = webhook_of(request, public_id)
    refuse_closed(request, map(Kind, row.kinds))
    webhooks.enable(webhook=row, key=request.api_key)
    return told(webhook_of(request, public_id))


@router.post("/webhooks/{public_id}/replay", **OPENED, response=Replayed, url_name="webhooks-replay")
def replay_webhook(request: ApiRequest, public_id: PublicId, body: WantedReplay) -> Replayed:
    """Annonce de nouveau tout ce qui a suivi ce curseur, sous les mêmes identifiants."""
    try:
        position = position_of(body.after) if body.after else 0
    except ValueError as error:
        raise wrong_cursor("after", where="body") from error
    row = webhook_of(request, public_id)
    return Replayed(waiting=webhooks.replay(webhook=row, position=position, key=request.api_key))


@router.get("/webhooks/{public_id}/deliveries", **OPENED, response=DeliveryPage, url_name="webhooks-deliveries")
def list_deliveries(request: ApiRequest, public_id: PublicId, after: AfterId = "", limit: Limit = 100) -> DeliveryPage:
    """Les avis de trente jours : reçus, en attente, abandonnés."""
    rows = Delivery.objects.filter(webhook=webhook_of(request, public_id), public_id__gt=after)
    found = list(rows.order_by("public_id")[: limit + 1])
    last = found[limit - 1].public_id if len(found) > limit else ""
    return DeliveryPage(items=[told_delivery(row) for row in found[:limit]], next=last)


def webhooks_of(request: ApiRequest) -> WebhookQuerySet:
    return Webhook.objects.of_agency(request.api_key.agency).with_opening_key()


def webhook_of(request: ApiRequest, public_id: str) -> Webhook:
    row = webhooks_of(request).filter(public_id=public_id).first()
    if row is None:
        raise Problem("not-found")
    return row


def told(row: Webhook) -> WebhookTold:
    return WebhookTold(
        id=row.public_id,
        url=row.url,
        kinds=row.kinds,
        key=getattr(row, "key"),  # noqa: B009 -- an annotation
        made_at=row.made_at,
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
    )


def told_delivery(row: Delivery) -> DeliveryTold:
    names = [name for name in DeliveryTold.model_fields if name != "id"]
    return DeliveryTold(id=row.public_id, **{name: getattr(row, name) for name in names})
