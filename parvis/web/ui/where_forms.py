"""Where a problem is: what a person of the agency chooses first, whoever told them of it."""

from typing import Any

from django import forms

from parvis.property.models import Building, Lot
from parvis.web.ui.forms import PageForm

CHOOSE_PLACE = "Choisissez où est le problème."
Place = tuple[Building, Lot | None]


class PlaceForm(PageForm):
    """One of `places`: by what is sent back, what is read and where it is; no lot means the common parts."""

    place = forms.ChoiceField(
        label="Où est le problème\u202f?", error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE_PLACE)
    )

    def __init__(self, *args: Any, places: dict[str, tuple[str, Place]], **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        self.places = places
        known = [(key, label) for key, (label, _) in places.items()]
        self.fields["place"].choices = known  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> Place:
        return self.places[self.cleaned_data["place"]][1]
