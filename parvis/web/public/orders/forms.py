"""What a supplier answers to an order, on a phone, without an account."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms

from parvis.interventions.actions.answers import Papers, Upload
from parvis.interventions.models.cases import REASON_LENGTH
from parvis.interventions.rules.orders import (
    LONGEST_TEXT,
    MOST_PHOTOS,
    MOST_SLOTS,
    Window,
    fault_of,
    window,
    windows_offered,
)
from parvis.web.ui.fields import FilesField
from parvis.web.ui.forms import PageForm

TAKEN = "JPEG, PNG, HEIC ou PDF, 10\u00a0Mo au plus chacun."
NO_HOUR = "Renseignez le jour, l’heure de début et l’heure de fin."


class SlotsForm(PageForm):
    """Times to tick among those that the page offers, and one of one's own."""

    slots = forms.MultipleChoiceField(
        label="Cochez un ou plusieurs créneaux",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Un créneau coché est passé. Choisissez parmi ceux de la page."},
    )
    day = forms.DateField(
        label="Jour",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Renseignez un jour complet."},
    )
    begins = forms.TimeField(
        label="De",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Renseignez une heure, par exemple 08:30."},
    )
    ends = forms.TimeField(
        label="À",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Renseignez une heure, par exemple 10:30."},
    )

    def __init__(
        self, *args: Any, postal_code: str, now: dt.datetime, waiting: Collection[Window], **kwargs: Any
    ) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.offered = {one.key: one for one in windows_offered(now, postal_code=postal_code)}
        self.windows: list[Window] = []
        self.now = now
        self.fields["slots"].choices = [(key, one.hours) for key, one in self.offered.items()]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def days(self) -> list[tuple[dt.date, list[Any]]]:  # Any: what Django calls a bound widget
        """Each day offered with its boxes; what waits for an answer already is not asked again."""
        found: dict[dt.date, list[Any]] = {}
        for one, box in zip(self.offered.values(), self["slots"], strict=True):
            if one not in self.waiting:
                found.setdefault(one.begins_at.date(), []).append(box)
        return list(found.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.windows = [self.offered[key] for key in cleaned.get("slots", [])]
        typed = [cleaned.get(name) for name in ("day", "begins", "ends")]
        if any(typed) and not self.errors:
            self.add_own(typed)
        if not self.windows and not self.errors:
            self.add_error("slots", "Cochez un créneau, ou proposez-en un autre.")
        if len(self.windows) > MOST_SLOTS:
            self.add_error("slots", f"Proposez {MOST_SLOTS}\u00a0créneaux au plus.")
        return cleaned

    def add_own(self, typed: list[Any]) -> None:
        """The time that was typed rather than ticked."""
        day, begins, ends = typed
        if not (day and begins and ends):
            self.add_error("day", NO_HOUR)
            return
        own = window(day, begins, ends)
        fault = fault_of(own, now=self.now)
        if fault:
            self.add_error("day", fault)
        else:
            self.windows.append(own)


class PapersForm(PageForm):
    """Photos of the work and the invoice, each when there is one."""

    photos = FilesField(label="Photos", most=MOST_PHOTOS, help_text=TAKEN)
    invoice = FilesField(label="Facture", most=1, help_text=TAKEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("photos") or cleaned.get("invoice")):
            self.add_error("photos", "Choisissez une photo ou une facture.")
        return cleaned

    @property
    def papers(self) -> Papers:
        """What was chosen, for the action."""
        photos, invoices = (
            [Upload(name=file.name or "", content=file.read()) for file in self.cleaned_data[name]]
            for name in ("photos", "invoice")
        )
        return Papers(photos=photos, invoice=invoices[0] if invoices else None)


class DoneForm(PapersForm):
    """The work is done: what was done, in a few words, with photos and the invoice when they are there."""

    text = forms.CharField(
        label="Ce qui a été fait\u00a0(facultatif)",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Ce texte est trop long\u00a0: 2\u202f000\u00a0signes au plus."},
    )
    field_order = ("text", "photos", "invoice")

    def clean(self) -> dict[str, Any]:
        return PageForm.clean(self) or {}


class DeclineForm(PageForm):
    """« Je ne peux pas intervenir », with a word for the agency or none."""

    reason = forms.CharField(
        label="Pourquoi\u202f?\u00a0(facultatif)",
        help_text="Seule l’agence lit ces mots.",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Ce texte est trop long\u00a0: {REASON_LENGTH}\u00a0signes au plus."},
    )
