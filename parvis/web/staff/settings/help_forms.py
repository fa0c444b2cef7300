"""An article of the help in the agency's words."""

from django import forms

from parvis.help.rules import Article
from parvis.web.ui.shown import ShownForm


class ArticleForm(ShownForm):
    """Title, first sentence, body in Markdown. HTML is shown as it is typed, never obeyed."""

    title = forms.CharField(
        label="Titre", max_length=120, error_messages={"required": "Renseignez ce champ.", "max_length": "Trop long."}
    )
    answer = forms.CharField(
        label="La réponse en une phrase",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Renseignez ce champ.", "max_length": "400\u00a0signes au plus."},
    )
    body = forms.CharField(
        label="La suite",
        max_length=20_000,
        help_text=(
            "En Markdown\u00a0: «\u00a0## Sous-titre\u00a0», «\u00a0- point\u00a0», «\u00a01. étape\u00a0», "
            "«\u00a0**gras**\u00a0». Le HTML n’est pas lu."
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": "Renseignez ce champ.", "max_length": "Ce texte est trop long."},
    )


def initial_of(article: Article) -> dict[str, str]:
    return {"title": article.title, "answer": article.answer, "body": article.body}
