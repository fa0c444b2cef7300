"""The file of drawn letters: what is asked of it, and how it is handed over, once."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.letter_files import Content, LetterForm
from parvis.web.ui.forms import PageForm


class LettersForm(PageForm):
    """What the letters are handed over as."""

    content = forms.ChoiceField(
        label="Fichier",
        choices=[
            (Content.PDF.value, "PDF à imprimer ici"),
            (Content.CSV.value, "Fichier chiffré pour un routeur"),
        ],
        initial=Content.PDF.value,
    )
    recipient = forms.CharField(
        label="Clé publique du routeur (pour le fichier chiffré)",
        required=False,
        max_length=200,
        help_text="Elle commence par «\u00a0age1\u00a0». Le routeur seul pourra lire le fichier.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: what a form holds
        cleaned = self.cleaned_data
        if cleaned.get("content") == Content.CSV and not cleaned.get("recipient"):
            self.add_error("recipient", "Donnez la clé publique du routeur\u00a0: ce fichier est toujours chiffré.")
        return cleaned


def form_asked(form: LettersForm) -> LetterForm:
    content = Content(form.cleaned_data["content"])
    return LetterForm(content=content, recipient=form.cleaned_data["recipient"] if content is Content.CSV else "")


def name_of(asked: LetterForm) -> str:
    stem = f"lettres-{paris_day(timezone.now()).isoformat()}.{asked.content}"
    return f"{stem}.age" if asked.recipient else stem


def file_of(content: bytes, *, name: str) -> HttpResponse:
    kind = "application/pdf" if name.endswith(".pdf") else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
