"""What becomes of a photo, and why."""

from django import forms

from parvis.interventions.models.cases import REASON_LENGTH
from parvis.web.staff.interventions.forms import text_field
from parvis.web.ui.forms import PageForm

HIDE, ERASE = "hide", "erase"
GESTURES = {
    HIDE: "Masquer\u00a0: l’agence seule la voit",
    ERASE: "Retirer\u00a0: personne ne la voit plus, le fichier est effacé",
}


class WithholdForm(PageForm):
    gesture = forms.ChoiceField(
        label="Que faire de cette pièce\u202f?",
        choices=list(GESTURES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez de masquer ou de retirer."},
    )
    reason = text_field(
        "Pourquoi\u202f?",
        most=REASON_LENGTH,
        rows=3,
        missing="Dites pourquoi.",
        help_text="L’agence seule lit ce motif. Par exemple\u00a0: un visage, l’intérieur d’un voisin.",
    )
