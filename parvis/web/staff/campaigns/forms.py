"""What came back to the agency's letter box."""

from django import forms

from parvis.web.ui.forms import PageForm

LONGEST_LIST = 20_000


class ReturnedForm(PageForm):
    """The identifiants of letters returned to sender, as typed or pasted: one a line."""

    identifiers = forms.CharField(
        label="Identifiants",
        max_length=LONGEST_LIST,
        help_text="Un par ligne, tels qu’ils sont imprimés sur les lettres revenues.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        error_messages={
            "required": "Renseignez au moins un identifiant.",
            "max_length": "Cette liste est trop longue\u00a0: notez-la en plusieurs fois.",
        },
    )

    def lines(self) -> list[str]:
        """The identifiants, in the order in which they were typed."""
        return [line for line in self.cleaned_data["identifiers"].splitlines() if line.strip()]
