"""What the gallery of components shows: one form in error, one of each notice, invented people."""

from django import forms

from parvis.web.ui.forms import PageForm


class SampleForm(PageForm):
    """Two questions, one of which is not answered."""

    identifier = forms.CharField(
        label="Identifiant",
        help_text="Il est imprimé sur vos appels de fonds ou de loyer.",
        error_messages={"required": "Renseignez votre identifiant."},
    )
    email = forms.EmailField(label="Courriel", required=False)


def context() -> dict[str, object]:
    """The variables of `gallery.html`."""
    form = SampleForm({"email": "jeanne.fontaine@exemple.fr"})
    form.is_valid()
    return {"form": form}
