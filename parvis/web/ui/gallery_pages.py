"""Whole pages whose words the design did not give, and error pages, so that they can be read in one place."""

from django import forms

from parvis.web.ui.forms import PageForm


class LetterForm(PageForm):
    """What the link of a letter opens: the identifiant is filled in."""

    identifier = forms.CharField(
        label="Identifiant", help_text="Celui qui est sur vos appels de fonds ou de loyer.", initial="10427835"
    )
    password = forms.CharField(
        label="Mot de passe",
        help_text="Votre ancien mot de passe ou le provisoire à 6 chiffres.",
        widget=forms.PasswordInput,
    )
    key = forms.CharField(
        label="Clé", help_text="Les 4\u00a0signes imprimés à côté de votre identifiant, sur la lettre.", required=False
    )
    letter = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, asks_key: bool = False) -> None:
        super().__init__()
        self.asks_key = asks_key


LINK = {"address": "j•••e@exemple.fr", "path": "/composants/", "refusal": "", "is_reset": False}
DEAD_LINK = "entrance/link/dead.html"
LANDING = "entrance/sign_in/first_connection.html"

# By the name in the address: the template, and what it is given.
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "lettre": (LANDING, {"form": LetterForm(), "letter_is_dead": False}),
    "lettre-remplacee": (LANDING, {"form": LetterForm(), "letter_is_dead": True}),
    "cle-demandee": (LANDING, {"form": LetterForm(asks_key=True), "letter_is_dead": False}),
    "lien": ("entrance/link/confirm.html", LINK),
    "lien-expire": (DEAD_LINK, LINK | {"state": "expired"}),
    "lien-expire-mot-de-passe": (DEAD_LINK, LINK | {"state": "expired", "is_reset": True}),
    "lien-deja-servi": (DEAD_LINK, LINK | {"state": "used"}),
    "lien-remplace": (DEAD_LINK, LINK | {"state": "superseded"}),
    "lien-incomplet": (DEAD_LINK, LINK | {"state": "unknown"}),
    "lien-renvoye": ("entrance/link/renewed.html", LINK),
    "compte-inconnu": ("entrance/social/unknown.html", {"label": "Google"}),
    "sans-adresse": ("entrance/password/no_address.html", {}),
    "affluence": ("entrance/busy.html", {}),
    "erreur-400": ("errors/400.html", {}),
    "erreur-403": ("errors/403.html", {}),
    "erreur-404": ("errors/404.html", {}),
    "erreur-405": ("errors/405.html", {}),
    "erreur-429": ("errors/429.html", {"wait": "15 minutes"}),
    "erreur-500": ("errors/500.html", {"reference": "7F3A-21", "path": "/composants/"}),
    "maintenance": ("errors/503.html", {"until": "23 novembre 2026 à 14 h"}),
    "formulaire-ancien": ("errors/csrf.html", {"answers": [], "csrf_token": "", "path": "/composants/"}),
    "navigateur": ("public/unsupported_browser.html", {}),
}
