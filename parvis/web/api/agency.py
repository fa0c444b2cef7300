"""Which key this is, and what it opens."""

import datetime as dt

from ninja import Router, Schema
from pydantic import Field

from parvis.web.api.keys import ApiRequest, opened_by

router = Router(tags=["Clé"])


class KeyTold(Schema):
    """La clé qui a servi."""

    agency: str = Field(description="Code de l’agence.")
    agency_name: str = Field(description="Nom de l’agence.")
    name: str = Field(description="Programme à qui la clé a été donnée.")
    prefix: str = Field(description="Début de la clé.")
    scopes: list[str] = Field(description="Ses droits.")
    expires_at: dt.datetime | None = Field(description="Quand elle cesse d’ouvrir ; null : jamais d’elle-même.")


@router.get("/key", **opened_by(), response=KeyTold, url_name="key")
def read_key(request: ApiRequest) -> KeyTold:
    """La clé qui a servi à le demander : son agence, ses droits, sa fin."""
    key = request.api_key
    return KeyTold(
        agency=key.agency.slug,
        agency_name=key.agency.name,
        name=key.name,
        prefix=key.prefix,
        scopes=key.scopes,
        expires_at=key.expires_at,
    )
