"""A file to bring in, and how it is read."""

import datetime as dt
from typing import Any

from django import forms

from parvis.exchange.models import ImportRun, Intake
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.typed_fields import DayField


class UploadForm(PageForm):
    """A package, a FEC or a parcel of documents; the key drawn with the form: sent twice, it is one."""

    package = forms.FileField(
        label="Fichier",
        help_text="Un paquet ou un envoi de documents (ZIP), ou un FEC (TXT), de 1\u00a0Go au plus.",
        widget=forms.FileInput(attrs={"accept": ".zip,.txt,.csv,.tsv"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
            "max_length": "Le nom de ce fichier est trop long\u00a0: raccourcissez-le.",
        },
    )
    sending_key = SendingKeyField()


class PruneForm(PageForm):
    """How a package is read."""

    prune = forms.BooleanField(
        label="Clore ce que le paquet ne contient plus",
        required=False,
        help_text="L’aperçu dira quoi. Sans cela, ce qui est absent reste comme il est.",
    )


class FecForm(PageForm):
    """How a FEC is read."""

    building = forms.CharField(
        label="Référence de l’immeuble\u00a0(facultatif)",
        required=False,
        max_length=40,
        help_text="Quand ce sont les livres d’un seul immeuble. Vide\u00a0: ceux de l’agence.",
    )
    begins_on = DayField(label="Premier jour de l’exercice\u00a0(facultatif)", required=False)
    ends_on = DayField(label="Dernier jour de l’exercice\u00a0(facultatif)", required=False)
    accepts_siren = forms.BooleanField(label="Le SIREN de ces livres a changé", required=False)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        first, last = typed.get("begins_on"), typed.get("ends_on")
        if bool(first) != bool(last) and not self.errors:
            missing = "ends_on" if first else "begins_on"
            self.add_error(missing, "L’exercice a un début et une fin\u00a0: donnez les deux.")
        elif first and last and last < first:
            self.add_error("ends_on", "La fin de l’exercice précède son début.")
        return typed


def options_form(intake: Intake, data: Any = None) -> PageForm | None:  # Any: what was posted
    """How that file may be read otherwise; a parcel of documents has nothing to choose."""
    forms_of = {ImportRun.Source.PACKAGE: PruneForm, ImportRun.Source.FEC: FecForm}
    form = forms_of.get(ImportRun.Source(intake.source))
    return form(data, initial=intake.options) if form else None


def options_of(form: PageForm | None) -> dict[str, Any]:
    """What was chosen, as it is kept: empty answers are left out, days are texts."""
    chosen = form.cleaned_data if form else {}
    return {name: str(value) if isinstance(value, dt.date) else value for name, value in chosen.items() if value}
