"""What a caretaker declares, and adds to a case."""

from collections.abc import Iterable
from typing import Any

from django import forms

from parvis.interventions.models import MOST_PHOTOS, Intervention
from parvis.interventions.rules.titles import LONGEST_TITLE
from parvis.kit.typography import lower_first
from parvis.property.models import Building
from parvis.property.rules import lot_order
from parvis.web.ui.fields import FilesField, SendingKeyField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.where_forms import Place, PlaceForm

LONGEST_TEXT = 5_000
CHOOSE_CATEGORY = "Choisissez de quoi il s’agit."
TOO_LONG = "Ce texte est trop long\u00a0: 5\u202f000\u00a0signes au plus."


class NoteForm(PageForm):
    """A note with photos, either being enough; `sending_key`, drawn with the form, makes of two sendings one."""

    text = forms.CharField(
        label="Votre message",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    photos = FilesField(label="Photos", most=MOST_PHOTOS)
    sending_key = SendingKeyField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("text", "").strip() or cleaned.get("photos")):
            self.add_error("text", "Écrivez un message ou ajoutez une photo.")
        return cleaned


class DeclareForm(PlaceForm):
    """Where, what, since when: on one page."""

    spot = forms.CharField(
        label="Lieu précis\u00a0(facultatif)",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="Par exemple parking, niveau −1.",
        error_messages={"max_length": "Ce lieu dépasse 120\u00a0signes."},
    )
    category = forms.ChoiceField(
        label="De quoi s’agit-il\u202f?",
        choices=[("", "Choisissez"), *Intervention.Category.choices],
        error_messages={"required": CHOOSE_CATEGORY, "invalid_choice": CHOOSE_CATEGORY},
    )
    is_urgent = forms.BooleanField(label="C’est une urgence", required=False)
    text = forms.CharField(
        label="Que se passe-t-il\u202f? Depuis quand\u202f?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Décrivez le problème.", "max_length": TOO_LONG},
    )
    photos = FilesField(label="Photos", most=MOST_PHOTOS)
    sending_key = SendingKeyField()


def places_of(buildings: Iterable[Building]) -> dict[str, tuple[str, Place]]:
    """The common parts of each building, then its lots by their numbers: nobody's name. Give them with their lots."""
    found: dict[str, tuple[str, Place]] = {}
    for building in buildings:
        found[f"communes-{building.public_id}"] = (f"Parties communes, {building.name}", (building, None))
        for lot in sorted(building.lots.all(), key=lambda lot: lot_order(lot.number)):
            words = f"Lot\u00a0{lot.number}, {lower_first(lot.label)}, {building.name}"
            found[f"lot-{lot.public_id}"] = (words, (building, lot))
    return found
