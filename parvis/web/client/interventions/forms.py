"""What a client writes or decides while a case is followed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from parvis.interventions.models import MOST_PHOTOS, Opinion, Quote, Rating, Slot
from parvis.interventions.models.cases import REASON_LENGTH
from parvis.interventions.rules.orders import Window
from parvis.web.ui.fields import OPTIONAL, FilesField, SendingKeyField
from parvis.web.ui.forms import PageForm

LONGEST_MESSAGE = 4_000
NOTHING_WRITTEN = "Écrivez votre message, ou ajoutez une photo."
TOO_LONG = "Votre texte est trop long\u00a0: {}\u00a0signes au plus."


def paragraph(
    label: str, *, missing: str = "", hint: str = "", longest: int = REASON_LENGTH, rows: int = 4
) -> forms.CharField:
    """Some lines of text; optional unless `missing` says what to write."""
    return forms.CharField(
        label=label if missing else OPTIONAL.format(label),
        required=bool(missing),
        max_length=longest,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG.format(longest)},
    )


def version() -> forms.IntegerField:
    """The version of the case that the page showed: nobody overwrites what they have not read."""
    return forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MessageForm(PageForm):
    """A message about a case, photos with it; the key drawn with its form makes it arrive once."""

    body = paragraph("Votre message", missing=NOTHING_WRITTEN, longest=LONGEST_MESSAGE, rows=6)
    body.required = False  # a photo says enough
    photos = FilesField(label="Ajouter des photos", most=MOST_PHOTOS)
    sending_key = SendingKeyField()

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"]
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:  # Any: what a form holds
        if not self.errors and not self.cleaned_data["body"] and not self.cleaned_data["photos"]:
            self.add_error("body", NOTHING_WRITTEN)
        return self.cleaned_data


class ConfirmForm(PageForm):
    """A button, and the version of the case that it speaks of."""

    version = version()


class ReasonForm(ConfirmForm):
    """The same, with the reason."""

    reason = paragraph("Pourquoi\u202f?", missing="Dites pourquoi, en quelques mots.")


class ReopenForm(ConfirmForm):
    """What is wrong again."""

    reason = paragraph("Que se passe-t-il\u202f?", missing="Décrivez ce qui ne va pas.")


class RatingForm(PageForm):
    """In words, not in stars."""

    choice = forms.ChoiceField(
        label="Êtes-vous satisfait de cette intervention\u202f?",
        choices=Rating.Choice.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez une réponse."),
    )
    comment = paragraph("Un commentaire", rows=3)


DECISIONS = {
    Quote.Decision.ACCEPTED: "Accepter",
    Quote.Decision.REFUSED: "Refuser",
    Quote.Decision.OTHER_WANTED: "Demander un autre devis",
}


class DecisionForm(PageForm):
    """What a landlord answers to a quote. A refusal says why."""

    decision = forms.ChoiceField(
        label="Votre réponse",
        choices=[(value.value, label) for value, label in DECISIONS.items()],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez une réponse."),
    )
    reason = paragraph("Pourquoi\u202f?", hint="Demandé si vous refusez ou voulez un autre devis.")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("decision") not in (None, Quote.Decision.ACCEPTED) and not cleaned.get("reason"):
            self.add_error("reason", "Dites pourquoi, en quelques mots.")
        return cleaned


class OpinionForm(PageForm):
    """What a member of the council thinks of a quote."""

    choice = forms.ChoiceField(
        label="Votre avis",
        choices=Opinion.Choice.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez une réponse."),
    )
    comment = paragraph("Un commentaire", rows=3)


class SlotForm(ConfirmForm):
    """One of the times that a firm proposes."""

    slot = forms.ChoiceField(
        label="Quel rendez-vous vous convient\u202f?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez un créneau."),
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.slots = {slot.public_id: slot for slot in slots}
        choices = [(key, str(Window(slot.begins_at, slot.ends_at))) for key, slot in self.slots.items()]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]
