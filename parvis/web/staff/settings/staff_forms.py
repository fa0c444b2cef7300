"""Who works at the agency: who arrives, what each may open, who is away."""

from typing import Any, cast

from django import forms

from parvis.people.models import StaffMember
from parvis.people.rules import is_mailable, normalise_email
from parvis.property.models import Building
from parvis.web.ui.fields import OPTIONAL, PhoneField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.shown import ShownForm

REQUIRED = {"required": "Renseignez ce champ.", "max_length": "Ce texte est trop long."}
CHOOSE = {"required": "Choisissez dans la liste.", "invalid_choice": "Choisissez dans la liste."}


ADDRESS = {"required": "Renseignez ce champ.", "invalid": "Écrivez une adresse, comme nom@exemple.fr."}


def mailable(typed: str) -> str:
    """The address as it is kept, when our messages may go there."""
    email = normalise_email(typed)
    if not is_mailable(email):
        raise forms.ValidationError("Nos messages ne peuvent pas aller à cette adresse.")
    return email


class WordsField(forms.CharField):
    def __init__(self, label: str, **options: Any) -> None:  # Any: as Django's fields take
        super().__init__(label=label, error_messages=REQUIRED, **options)


class PersonForm(PageForm):
    """A new colleague."""

    first_name = WordsField("Prénom", max_length=80)
    last_name = WordsField("Nom", max_length=80)
    reference = WordsField(
        "Référence",
        max_length=40,
        help_text="Courte et unique, comme «\u00a0DH\u00a0». Celle de votre logiciel, s’il en a.",
    )
    role = forms.ChoiceField(label="Fonction", choices=StaffMember.Role.choices, error_messages=CHOOSE)
    email = forms.EmailField(label="Courriel professionnel", max_length=254, error_messages=ADDRESS)
    phone = WordsField("Téléphone (facultatif)", max_length=30, required=False)

    def clean_email(self) -> str:
        return mailable(self.cleaned_data["email"])


class DetailsForm(ShownForm):
    """How a colleague is named and reached. What the books say is never refused, however they write it."""

    civility = forms.ChoiceField(
        label=OPTIONAL.format("Civilité"),
        choices=StaffMember.Civility.choices,
        required=False,
        help_text="Pour accorder «\u00a0Absente\u00a0» et «\u00a0Remplacé\u00a0».",
        error_messages=CHOOSE,
    )
    first_name = WordsField(OPTIONAL.format("Prénom"), max_length=80, required=False)
    last_name = WordsField("Nom", max_length=80)
    role = forms.ChoiceField(
        label="Fonction",
        choices=StaffMember.Role.choices,
        help_text="Ce que la personne fait à l’agence. Ce qu’elle peut ouvrir est son rôle, qui ne change pas ici.",
        error_messages=CHOOSE,
    )
    phone = PhoneField(label="Téléphone")
    email = forms.EmailField(
        label=OPTIONAL.format("Courriel"),
        max_length=254,
        required=False,
        help_text="Les clients y écrivent, et nos avis sur les interventions y arrivent."
        " Le courriel de connexion ne change pas.",
        error_messages=ADDRESS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django's forms take
        super().__init__(*args, **kwargs)
        cast("PhoneField", self.fields["phone"]).known = str(self.initial["phone"])

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        return typed if typed in ("", self.initial["email"]) else mailable(typed)


class PostForm(PageForm):
    """The role, how far it reaches, and the buildings they look after."""

    role = forms.ChoiceField(label="Rôle", choices=StaffMember.Role.choices, error_messages=CHOOSE)
    scope = forms.ChoiceField(
        label="Périmètre",
        choices=StaffMember.Scope.choices,
        help_text="Un gardien ne voit que ses immeubles, un administrateur voit toute l’agence.",
        error_messages=CHOOSE,
    )
    buildings = forms.ModelMultipleChoiceField(
        label="Immeubles suivis",
        queryset=Building.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les affectations de vos données reviennent au prochain import\u00a0: changez-les aussi là-bas.",
        error_messages={"invalid_choice": "Choisissez dans la liste.", "invalid_pk_value": "Choisissez dans la liste."},
    )

    def __init__(self, *args: Any, buildings: Any, **kwargs: Any) -> None:  # Any: as Django's forms take
        super().__init__(*args, **kwargs)
        self.fields["buildings"].queryset = buildings  # type: ignore[attr-defined]


class DayField(forms.DateField):
    def __init__(self, label: str) -> None:
        wrong = {"required": "Renseignez ce champ.", "invalid": "Écrivez une date, comme 23/11/2026."}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, error_messages=wrong, widget=widget)


class AbsenceForm(PageForm):
    """From one day to another, and who answers meanwhile."""

    starts_on = DayField("Premier jour d’absence")
    ends_on = DayField("Dernier jour d’absence")
    replacement = forms.ModelChoiceField(
        label="Remplacé par (facultatif)",
        queryset=StaffMember.objects.none(),
        required=False,
        empty_label="Personne n’est désigné",
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # Any: as Django's forms take
        super().__init__(*args, **kwargs)
        self.fields["replacement"].queryset = colleagues  # type: ignore[attr-defined]
