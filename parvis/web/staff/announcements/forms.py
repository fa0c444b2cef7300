"""What is announced to a building, to whom, from when until when."""

import datetime as dt
from typing import Any

from django import forms

from parvis.interventions.actions.announcements import Wording
from parvis.interventions.models import Announcement
from parvis.interventions.rules.announcements import fault_of
from parvis.kit.days import PARIS
from parvis.property.models import Building
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm

LONGEST_TEXT = 2_000
NO_DAY = "Renseignez un jour complet."
NO_HOUR = "Renseignez une heure, par exemple 08:30."
AUDIENCES = [
    ("everyone", "Copropriétaires, bailleurs et locataires"),
    ("owners", "Copropriétaires et bailleurs"),
    ("tenants", "Locataires"),
]


def day_field(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"required": NO_DAY, "invalid": NO_DAY})


def hour_field(label: str, *, initial: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    messages = {"required": NO_HOUR, "invalid": NO_HOUR}
    return forms.TimeField(label=label, widget=widget, initial=initial, error_messages=messages)


class AnnouncementForm(PageForm):
    """One page. `key`, drawn with the form, makes of two sendings one announcement."""

    building = forms.ChoiceField(
        label="Immeuble",
        error_messages={"required": "Choisissez un immeuble.", "invalid_choice": "Choisissez un immeuble de la liste."},
    )
    kind = forms.ChoiceField(label="Nature", choices=Announcement.Kind.choices)
    title = forms.CharField(
        label="Titre",
        max_length=120,
        help_text="Par exemple\u00a0: Coupure d’eau froide.",
        error_messages={"required": "Renseignez un titre.", "max_length": "Ce titre dépasse 120\u00a0signes."},
    )
    text = forms.CharField(
        label="Précisions\u00a0(facultatif)",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "Ce texte est trop long\u00a0: 2\u202f000\u00a0signes au plus."},
    )
    audience = forms.ChoiceField(label="Lue par", choices=AUDIENCES)
    begins_on = day_field("Commence le")
    begins = hour_field("À", initial="08:00")
    ends_on = day_field("Finit le")
    ends = hour_field("À", initial="18:00")
    key = SendingKeyField()

    def __init__(
        self, *args: Any, buildings: list[Building], now: dt.datetime, **kwargs: Any
    ) -> None:  # Any: as Django
        super().__init__(*args, **kwargs)
        self.buildings = {building.public_id: building for building in buildings}
        self.now = now
        choices = [("", "Choisissez un immeuble"), *((key, one.name) for key, one in self.buildings.items())]
        self.fields["building"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            fault = fault_of(self.wording.begins_at, self.wording.ends_at, now=self.now)
            if fault:
                self.add_error("ends_on", fault)
        return cleaned

    @property
    def chosen_building(self) -> Building:
        return self.buildings[self.cleaned_data["building"]]

    @property
    def wording(self) -> Wording:
        typed = self.cleaned_data
        begins_at, ends_at = (
            dt.datetime.combine(typed[f"{side}_on"], typed[side], tzinfo=PARIS) for side in ("begins", "ends")
        )
        return Wording(
            key=typed["key"],
            kind=typed["kind"],
            title=typed["title"],
            text=typed["text"].replace("\r\n", "\n"),
            audience=typed["audience"],
            begins_at=begins_at,
            ends_at=ends_at,
        )
