"""A firm of the directory."""

from django import forms
from stdnum.exceptions import ValidationError as NotASiret
from stdnum.fr import siret

from parvis.interventions.actions.directory import Firm
from parvis.interventions.models import Intervention
from parvis.web.ui.fields import PhoneField
from parvis.web.ui.shown import ShownForm

NOT_AN_ADDRESS = "Renseignez un courriel complet, par exemple contact@exemple.fr."
NOT_A_SIRET = "Renseignez un numéro SIRET à 14\u00a0chiffres, ou laissez ce champ vide."


class SupplierForm(ShownForm):
    name = forms.CharField(
        label="Nom",
        max_length=120,
        error_messages={"required": "Renseignez le nom de l’entreprise.", "max_length": "Ce nom est trop long."},
    )
    trade = forms.ChoiceField(
        label="Métier (facultatif)",
        required=False,
        choices=[("", "Non précisé"), *Intervention.Category.choices],
        error_messages={"invalid_choice": "Choisissez un métier de la liste."},
    )
    email = forms.EmailField(
        label="Courriel",
        help_text="Les ordres de service y sont envoyés.",
        error_messages={"required": NOT_AN_ADDRESS, "invalid": NOT_AN_ADDRESS},
    )
    phone = PhoneField(label="Téléphone")
    siret = forms.CharField(label="SIRET (facultatif)", required=False, max_length=20)

    def clean_siret(self) -> str:
        """The number without its spaces, its key checked."""
        typed: str = self.cleaned_data["siret"]
        if not typed:
            return ""
        try:
            return str(siret.validate(typed))
        except NotASiret as fault:
            raise forms.ValidationError(NOT_A_SIRET) from fault

    @property
    def firm(self) -> Firm:
        return Firm(**self.cleaned_data)
