"""What a notice may lead to, and when it is forgotten."""

import datetime as dt

READ_KEPT = dt.timedelta(days=180)
UNREAD_KEPT = dt.timedelta(days=365)

# What a target is called in an address that people read: /vers/<word>/<public id>/.
WORDS = {
    "account": "compte",
    "announcement": "annonce",
    "application": "candidature",
    "archive": "selection",
    "document": "document",
    "expense": "depense",
    "export": "export",
    "intervention": "intervention",
    "message": "message",
    "property": "bien",
    "quote": "devis",
    "receipt": "quittance",
}


def path_to(target: tuple[str, str]) -> str:
    """« /vers/document/7fq29kxm…/ »: where (kind, public id) leads. KeyError for a kind that leads nowhere."""
    kind, public_id = target
    return f"/vers/{WORDS[kind]}/{public_id}/"
