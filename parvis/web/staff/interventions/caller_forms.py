"""What somebody who calls says, on one page."""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django import forms

from parvis.interventions.models import MOST_PHOTOS, Intervention
from parvis.interventions.rules.titles import LONGEST_TITLE
from parvis.people.models import Client, Viewer
from parvis.property.access import holdings_in_scope
from parvis.property.models import Holding
from parvis.web.staff.interventions.forms import text_field
from parvis.web.staff.interventions.sheet_forms import choice_field, line_field, name_of
from parvis.web.ui.fields import FilesField, PhoneField, SendingKeyField
from parvis.web.ui.where_forms import Place, PlaceForm

LONGEST_DESCRIPTION = 5_000


def places_of(client: Client, *, viewer: Viewer, day: dt.date) -> dict[str, tuple[str, Place]]:
    """Where this client may have a problem today: each of their lots in scope, then the common parts."""
    held = holdings_in_scope(viewer).in_force(day).filter(client=client).select_related("lot__building__agency")
    ordered = held.order_by("building__name", "-lot__kind", "lot__number", "lot_id")
    rows = list(dict.fromkeys(holding.lot for holding in cast(Iterable[Holding], ordered)))
    homes = {f"lot-{lot.public_id}": (f"{name_of(lot)}, {lot.building.name}", (lot.building, lot)) for lot in rows}
    common = {
        f"communes-{lot.building.public_id}": (f"Parties communes, {lot.building.name}", (lot.building, None))
        for lot in rows
    }
    return {**homes, **common}


class CallerForm(PlaceForm):
    """The same questions as to a client, all at once."""

    spot = line_field("Lieu précis (facultatif)", most=LONGEST_TITLE, help_text="Par exemple parking, niveau −1.")
    category = choice_field(
        "De quoi s’agit-il\u202f?",
        [("", "Choisissez une catégorie"), *Intervention.Category.choices],
        missing="Choisissez une catégorie.",
    )
    is_water_damage = forms.BooleanField(label="C’est un dégât des eaux", required=False)
    is_urgent = forms.BooleanField(label="C’est une urgence", required=False)
    title = line_field("Objet", most=LONGEST_TITLE, missing="Renseignez l’objet.")
    description = text_field(
        "Que se passe-t-il\u202f? Depuis quand\u202f?",
        most=LONGEST_DESCRIPTION,
        rows=5,
        missing="Décrivez le problème.",
    )
    photos = FilesField(label="Photos ou PDF", most=MOST_PHOTOS)
    availability = line_field("Quand peut-on venir\u202f? (facultatif)", most=500)
    phone = PhoneField(label="Téléphone à rappeler")
    sending_key = SendingKeyField()

    @property
    def has_places(self) -> bool:
        return bool(self.places)
