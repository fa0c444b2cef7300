"""Affichage: how pages look in one browser."""

# The value of the cookie « theme » and of `data-theme`, and its name.
THEMES = [("", "Automatique"), ("light", "Clair"), ("dark", "Sombre")]
