"""Clients: sent by the agency's software, read back with the state of their access."""

from typing import Annotated

from django.db.models import Exists, OuterRef, QuerySet
from ninja import Path, Router, Schema
from pydantic import Field

from parvis.exchange.actions import changes
from parvis.exchange.rules.scopes import Scope
from parvis.people.models import Client, Grant
from parvis.people.rules import normalise_reference
from parvis.web.api.keys import ApiRequest, opened_by
from parvis.web.api.problems import Problem
from parvis.web.api.receiving import receive
from parvis.web.api.schemas import PLAIN, PUBLIC_ID, AfterId, Body, Limit, Written
from parvis.web.api.tables import MOST_ROWS, cells_of, row_model

router = Router(tags=["Clients"])
ClientRow = row_model("clients", title="ClientRow")
Reference = Annotated[
    str, Path(min_length=1, max_length=40, pattern=PLAIN, description="Identifiant du client, tel que sur ses lettres.")
]


class ClientRows(Body):
    rows: list[ClientRow] = Field(min_length=1, max_length=MOST_ROWS, description="Les clients.")  # type: ignore[valid-type]  # made from a file


class ClientTold(Schema):
    """Un client tel que Parvis le connaît."""

    id: str = Field(description="Identifiant public.")
    customer_reference: str = Field(description="Identifiant du client.")
    kind: str = Field(description="Personne ou société.")
    civility: str = Field(description="Civilité.")
    first_name: str = Field(description="Prénom.")
    last_name: str = Field(description="Nom.")
    company_name: str = Field(description="Raison sociale.")
    address_extra: str = Field(description="Complément d’adresse.")
    street: str = Field(description="Voie.")
    postal_code: str = Field(description="Code postal.")
    city: str = Field(description="Commune.")
    country: str = Field(description="Pays.")
    mobile_phone: str = Field(description="Téléphone mobile.")
    landline_phone: str = Field(description="Téléphone fixe.")
    known_email: str = Field(description="Courriel connu de l’agence.")
    closed_on: str = Field(description="Jour de la fin du dossier, ou vide.")
    has_access: bool = Field(description="Vrai : le client a ouvert son espace.")


class TakenChanges(Body):
    ids: list[Annotated[str, Field(pattern=PUBLIC_ID)]] = Field(
        min_length=1, max_length=MOST_ROWS, description="Les identifiants lus dans les changements."
    )


class Acknowledged(Schema):
    acknowledged: int = Field(description="Combien ne l’étaient pas encore.")


class ClientPage(Schema):
    items: list[ClientTold] = Field(description="Les clients, dans un ordre qui ne change pas.")
    next: str = Field(description="Où reprendre ; vide quand il n’y a plus rien.")


@router.put("/clients", **opened_by(Scope.CLIENTS_WRITE), response=Written, url_name="clients-send")
def send_clients(request: ApiRequest, body: ClientRows) -> Written:
    """Crée ou modifie des clients. Une ligne fautive, et rien n’est changé."""
    cells = cells_of(body.rows, place="rows")
    places = {"clients": [f"/rows/{rank}" for rank in range(len(cells))]}
    return receive(key=request.api_key, tables={"clients": cells}, places=places)


@router.get("/clients", **opened_by(Scope.CLIENTS_READ), response=ClientPage, url_name="clients-index")
def list_clients(request: ApiRequest, after: AfterId = "", limit: Limit = 100) -> ClientPage:
    """Tous les clients de l’agence, page par page."""
    found = list(clients_of(request).filter(public_id__gt=after).order_by("public_id")[: limit + 1])
    last = found[limit - 1].public_id if len(found) > limit else ""
    return ClientPage(items=[told(client) for client in found[:limit]], next=last)


@router.get(
    "/clients/{path:customer_reference}",
    **opened_by(Scope.CLIENTS_READ),
    response=ClientTold,
    url_name="clients-detail",
)
def read_client(request: ApiRequest, customer_reference: Reference) -> ClientTold:
    """Un client, par son identifiant, de quelque façon qu’il soit tapé."""
    client = clients_of(request).filter(reference_key=normalise_reference(customer_reference)).first()
    if client is None:
        raise Problem("not-found")
    return told(client)


@router.post(
    "/profile-changes/acknowledge",
    **opened_by(Scope.CLIENTS_WRITE),
    response=Acknowledged,
    url_name="clients-acknowledge",
)
def acknowledge_changes(request: ApiRequest, body: TakenChanges) -> Acknowledged:
    """Dit que l’agence a repris ces changements de coordonnées dans ses livres."""
    taken = changes.acknowledge(agency=request.api_key.agency, public_ids=body.ids)
    return Acknowledged(acknowledged=taken)


def clients_of(request: ApiRequest) -> QuerySet[Client]:
    """The clients of the key's agency, and whether each has opened an access."""
    open_grants = Grant.objects.filter(client=OuterRef("pk"), ended_at=None)
    return Client.objects.of_agency(request.api_key.agency).annotate(has_access=Exists(open_grants))


def told(client: Client) -> ClientTold:
    """Under the names of `clients.csv`."""
    values = {name: getattr(client, name) for name in ClientTold.model_fields if name not in ("id", "closed_on")}
    closed_on = client.closed_on.isoformat() if client.closed_on else ""
    return ClientTold(id=client.public_id, closed_on=closed_on, **values)
