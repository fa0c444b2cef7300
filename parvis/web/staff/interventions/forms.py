"""What the staff type about a case. Each form carries the version of the case that its page showed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms

from parvis.interventions.actions.events import StaleCase
from parvis.interventions.models import MOST_PHOTOS, Intervention, InterventionQuerySet, Supplier
from parvis.interventions.models.cases import REASON_LENGTH
from parvis.interventions.rules.orders import LONGEST_TEXT
from parvis.kit.refusals import Refusal
from parvis.people.models import StaffMember
from parvis.threads.rules import LONGEST_BODY
from parvis.web.staff.interventions.moves import Move
from parvis.web.ui.fields import FilesField, SendingKeyField
from parvis.web.ui.forms import PageForm

MISSING_OTHER = "Choisissez une intervention, ou renseignez son numéro."
CHOOSE_FIRM = "Choisissez une entreprise."
CHOOSE_DATE = "Renseignez une date, par exemple 24/11/2026."
CHOOSE_HOUR = "Renseignez une heure, par exemple 8:00."


def changed_words(case: Intervention) -> str:
    """Somebody else was quicker: what the case has become, and that nothing typed is lost."""
    state = case.get_state_display()
    return (
        f"Ce dossier a changé pendant que vous écriviez\u00a0: il est maintenant «\u00a0{state}\u00a0»."
        " Ce que vous avez écrit est gardé. Relisez, puis validez à nouveau."
    )


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": CHOOSE_DATE, "invalid": CHOOSE_DATE},
    )


def hour_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": CHOOSE_HOUR, "invalid": CHOOSE_HOUR},
    )


def text_field(
    label: str, *, most: int, rows: int, missing: str, help_text: str = "", required: bool = True
) -> forms.CharField:
    words = f"Ce texte dépasse {most}\u00a0signes\u00a0: raccourcissez-le."
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": words},
    )


class CaseForm(PageForm):
    """A form about a case that somebody else may be changing at the same time.

    Its page carries back the version that it showed first; once the person was told of a change, the version of now.
    """

    def __init__(self, *args: Any, case: Intervention, **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.case = case
        typed = str(self.data.get("version", ""))
        self.version = (int(typed) if typed.isdecimal() else -1) if self.is_bound else case.version

    def overtaken(self) -> None:
        """Somebody else was quicker: everything typed stays, to be read again and sent again."""
        self.case.refresh_from_db()
        self.version = self.case.version
        self.add_error(None, changed_words(self.case))


class FirmField(forms.ChoiceField):
    """One of these firms; the firm itself once it is cleaned."""

    def __init__(self, suppliers: list[Supplier]) -> None:
        self.suppliers = {supplier.public_id: supplier for supplier in suppliers}
        known = [(public_id, supplier.name) for public_id, supplier in self.suppliers.items()]
        words = dict.fromkeys(("required", "invalid_choice"), CHOOSE_FIRM)
        super().__init__(label="Entreprise", choices=[("", CHOOSE_FIRM.rstrip(".")), *known], error_messages=words)

    def clean(self, value: Any) -> Supplier:  # Any: as Django gives it
        return self.suppliers[super().clean(value)]


@contextmanager
def refusals_about(form: CaseForm) -> Iterator[None]:
    """Show what an action refuses on the form, and that the case has changed where it has."""
    try:
        yield
    except StaleCase:
        form.overtaken()
    except Refusal as refusal:
        form.add_error(None, refusal.message)


class MoveForm(CaseForm):
    """What one gesture asks: a reason, a date, a supplier."""

    reason = text_field("Motif", most=REASON_LENGTH, rows=4, missing="Renseignez un motif.")
    text = text_field(
        "Ce qui a été fait (facultatif)",
        help_text="Le déclarant le lit dans le suivi.",
        most=REASON_LENGTH,
        rows=4,
        missing="",
        required=False,
    )
    approver = forms.ChoiceField(
        label="Qui donne son accord\u202f?",
        choices=[("du propriétaire", "Le propriétaire"), ("du conseil syndical", "Le conseil syndical")],
        error_messages={
            "required": "Choisissez qui donne son accord.",
            "invalid_choice": "Choisissez qui donne son accord.",
        },
    )
    until = day_field("Jusqu’au", "Ce jour-là, l’intervention revient dans ce qui vous attend.")
    on = day_field("Jour du rendez-vous")
    begins = hour_field("À partir de")
    ends = hour_field("Jusqu’à")
    supplier = forms.ChoiceField()
    order = text_field(
        "Ce que l’entreprise doit faire",
        help_text="Elle lit aussi l’adresse, le lieu et les photos. Jamais vos notes internes.",
        most=LONGEST_TEXT,
        rows=6,
        missing="Écrivez ce que l’entreprise doit faire.",
    )

    def __init__(self, *args: Any, move: Move, suppliers: list[Supplier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(move.asks):
            del self.fields[name]
        self.order_fields(move.asks)
        if "supplier" in self.fields:
            self.fields["supplier"] = FirmField(suppliers)


class MergeForm(CaseForm):
    """Which case a report joins: one of those shown, or another by its number."""

    number = forms.CharField(
        label="Un autre numéro (facultatif)", max_length=40, required=False, help_text="Par exemple 2026-1187."
    )

    def __init__(self, *args: Any, others: InterventionQuerySet, **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.others = others
        self.chosen = str(self.data.get("other", ""))

    def clean(self) -> dict[str, Any]:  # Any: values of any field
        """The number, where one is typed, else the case that is ticked."""
        number = self.cleaned_data.get("number", "")
        named = self.others.filter(number=number) if number else self.others.filter(public_id=self.chosen)
        self.cleaned_data["into"] = named.select_related("building").first()
        if self.cleaned_data["into"] is None:
            words = "Aucune intervention en cours de cet immeuble ne porte ce numéro." if number else MISSING_OTHER
            self.add_error("number", words)
        return self.cleaned_data


class WriteForm(PageForm):
    """A message to those whom the case concerns, or a note that stays inside."""

    audience = forms.ChoiceField(
        label="Qui le lit",
        choices=[("reporter", "Le déclarant seulement"), ("everyone", "Tous ceux qui suivent cette intervention")],
        error_messages={
            "required": "Choisissez qui lit ce message.",
            "invalid_choice": "Choisissez qui lit ce message.",
        },
    )
    template = forms.ChoiceField(label="Modèle (facultatif)", required=False)
    body = text_field("Message", most=LONGEST_BODY, rows=6, missing="Écrivez votre message.")
    photos = FilesField(label="Photos ou PDF", most=MOST_PHOTOS)
    sending_key = SendingKeyField()

    def __init__(self, *args: Any, templates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", "Aucun modèle"), *templates]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def has_templates(self) -> bool:
        return len(self.fields["template"].choices) > 1  # type: ignore[attr-defined]  # a ChoiceField


class NoteForm(PageForm):
    """What the agency says to itself."""

    note = text_field("Note interne", most=LONGEST_BODY, rows=4, missing="Écrivez votre note.")
    sending_key = SendingKeyField()


class BulkForm(PageForm):
    """One gesture for the cases that are ticked."""

    ACKNOWLEDGE, ASSIGN, WRITE = "prendre-en-charge", "confier", "ecrire"

    gesture = forms.ChoiceField(
        label="Que faire\u202f?",
        choices=[
            (ACKNOWLEDGE, "Prendre en charge"),
            (ASSIGN, "Confier à un collaborateur"),
            (WRITE, "Écrire aux déclarants"),
        ],
        error_messages={"required": "Choisissez que faire.", "invalid_choice": "Choisissez que faire."},
    )
    staff_member = forms.ChoiceField(label="Collaborateur (pour confier)", required=False)
    text = text_field("Message (pour écrire)", most=LONGEST_BODY, rows=4, missing="", required=False)
    sending_key = SendingKeyField()

    def __init__(self, *args: Any, staff: list[StaffMember], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.staff = {member.public_id: member for member in staff}
        known = [(public_id, str(member)) for public_id, member in self.staff.items()]
        self.fields["staff_member"].choices = [("", "Choisissez"), *known]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:  # Any: values of any field
        typed = self.cleaned_data
        if typed.get("gesture") == self.ASSIGN and not typed.get("staff_member"):
            self.add_error("staff_member", "Choisissez un collaborateur.")
        if typed.get("gesture") == self.WRITE and not typed.get("text"):
            self.add_error("text", "Écrivez votre message.")
        return typed
