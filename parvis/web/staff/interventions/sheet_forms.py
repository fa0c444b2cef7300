"""What the staff write on the sheet of a case: its facts, a quote, what insurers ask of a water damage."""

import re
from typing import Any

from django import forms

from parvis.interventions.actions.sheets import Claim, Damage, Sheet
from parvis.interventions.models import Intervention, Quote, Supplier
from parvis.people.models import StaffMember
from parvis.property.models import Lot
from parvis.web.staff.interventions.forms import CaseForm, FirmField, day_field
from parvis.web.ui.fields import FilesField, SendingKeyField
from parvis.web.ui.forms import PageForm

AMOUNT = re.compile(r"^\d{1,7}(?:[.,]\d{1,2})?$")
NOT_AN_AMOUNT = "Renseignez un montant, par exemple 412,35."
TITLE_LENGTH = 120


def choice_field(label: str, choices: list[tuple[str, str]], *, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, error_messages={"required": missing, "invalid_choice": missing}
    )


def line_field(label: str, *, most: int, missing: str = "", help_text: str = "") -> forms.CharField:
    """One line; optional where there is nothing to say when it is missing."""
    words = {"required": missing, "max_length": f"Ce texte dépasse {most}\u00a0signes\u00a0: raccourcissez-le."}
    return forms.CharField(
        label=label, max_length=most, required=bool(missing), help_text=help_text, error_messages=words
    )


def name_of(lot: Lot) -> str:
    """« Appartement T3, lot 12 »."""
    return f"{lot.label}, lot\u00a0{lot.number}"


class AmountField(forms.CharField):
    """« 1 234,56 » as typed, in integer cents."""

    def __init__(self, *, label: str) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, max_length=20, widget=widget, error_messages={"required": NOT_AN_AMOUNT})

    def clean(self, value: Any) -> int:  # Any: as Django gives it
        typed = re.sub(r"[\s\u00a0\u202f€]", "", super().clean(value))
        if not AMOUNT.match(typed):
            raise forms.ValidationError(NOT_AN_AMOUNT)
        euros, _, rest = typed.replace(",", ".").partition(".")
        return int(euros) * 100 + int(rest.ljust(2, "0"))


class SheetForm(CaseForm):
    """The facts of a case that its reporter does not decide."""

    title = line_field("Objet", most=TITLE_LENGTH, missing="Renseignez l’objet.")
    place = line_field("Lieu précis (facultatif)", most=TITLE_LENGTH, help_text="Par exemple parking, niveau −1.")
    category = choice_field("Catégorie", Intervention.Category.choices, missing="Choisissez une catégorie.")
    kind = choice_field("Sorte de dossier", Intervention.Kind.choices, missing="Choisissez la sorte de dossier.")
    payer = choice_field("Qui paie", Intervention.Payer.choices, missing="Choisissez qui paie.")
    assigned_to = forms.ChoiceField(label="Confiée à", required=False)
    is_urgent = forms.BooleanField(label="C’est une urgence", required=False)
    is_shown_to_residents = forms.BooleanField(
        label="Les voisins la suivent, sans les noms (parties communes)", required=False
    )

    def __init__(self, *args: Any, staff: list[StaffMember], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.staff = {member.public_id: member for member in staff}
        known = [(public_id, str(member)) for public_id, member in self.staff.items()]
        self.fields["assigned_to"].choices = [("", "Personne en particulier"), *known]  # type: ignore[attr-defined]

    @property
    def sheet(self) -> Sheet:
        return Sheet(**{**self.cleaned_data, "assigned_to": self.staff.get(self.cleaned_data["assigned_to"])})


class QuoteForm(CaseForm):
    """A firm's price, and who says yes."""

    supplier = forms.ChoiceField()
    label = line_field("Travaux", most=200, missing="Renseignez les travaux du devis.")
    amount_cents = AmountField(label="Montant TTC, en euros")
    file = FilesField(label="Devis en PDF", most=1)
    approver = choice_field(
        "Qui donne son accord\u202f?",
        [
            (Quote.Approver.LANDLORD.value, "Le propriétaire"),
            (Quote.Approver.COUNCIL.value, "Le conseil syndical"),
            (Quote.Approver.AGENCY.value, "L’agence"),
        ],
        missing="Choisissez qui donne son accord.",
    )
    answer_before = day_field("Réponse attendue le (facultatif)", required=False)
    sending_key = SendingKeyField()

    def __init__(self, *args: Any, suppliers: list[Supplier], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.fields["supplier"] = FirmField(suppliers)


class DecisionForm(PageForm):
    """What was decided of a quote, as the staff learnt it."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accepted", "Accepté"), ("refused", "Refusé"), ("other_wanted", "Autre devis demandé")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision.", "invalid_choice": "Choisissez une décision."},
    )
    reason = line_field("Motif (facultatif si le devis est accepté)", most=500)

    def clean(self) -> dict[str, Any]:  # Any: values of any field
        if self.cleaned_data.get("decision") not in (None, "accepted") and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Renseignez un motif.")
        return self.cleaned_data


class WaterDamageForm(CaseForm):
    """What insurers ask; everything may come later."""

    occurred_on = day_field("Date du sinistre (facultatif)", required=False)
    source = line_field("Origine de la fuite (facultatif)", most=200)
    source_lot = forms.ChoiceField(label="Lot d’où vient l’eau (facultatif)", required=False)
    statement_sent_on = day_field("Constat envoyé le (facultatif)", required=False)
    statement_signed_on = day_field("Constat signé le (facultatif)", required=False)
    expert_on = day_field("Expertise le (facultatif)", required=False)
    building_insurer = line_field("Assureur de l’immeuble (facultatif)", most=120)
    building_claim_number = line_field("Numéro de sinistre de l’immeuble (facultatif)", most=60)

    def __init__(self, *args: Any, lots: list[Lot], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.lots = {lot.public_id: lot for lot in lots}
        known = [(public_id, name_of(lot)) for public_id, lot in self.lots.items()]
        self.fields["source_lot"].choices = [("", "Non connu"), *known]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:  # Any: values of any field
        typed = self.cleaned_data
        occurred, signed = typed.get("occurred_on"), typed.get("statement_signed_on")
        if occurred and signed and signed < occurred:
            self.add_error("statement_signed_on", "Le constat est signé avant le sinistre.")
        return typed

    @property
    def damage(self) -> Damage:
        return Damage(**{**self.cleaned_data, "source_lot": self.lots.get(self.cleaned_data["source_lot"])})


class DamagedLotForm(CaseForm):
    """A lot that the water reached."""

    lot = forms.ChoiceField(
        label="Lot touché",
        error_messages={"required": "Choisissez un lot.", "invalid_choice": "Choisissez un lot."},
    )
    insurer = line_field("Assureur (facultatif)", most=120)
    claim_number = line_field("Numéro de sinistre (facultatif)", most=60)
    declared_on = day_field("Déclaré à l’assurance le (facultatif)", required=False)

    def __init__(self, *args: Any, lots: list[Lot], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.lots = {lot.public_id: lot for lot in lots}
        known = [(public_id, name_of(lot)) for public_id, lot in self.lots.items()]
        self.fields["lot"].choices = [("", "Choisissez un lot"), *known]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def claim(self) -> Claim:
        return Claim(**{**self.cleaned_data, "lot": self.lots[self.cleaned_data["lot"]]})
