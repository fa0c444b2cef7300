"""The message that completes a password from a browser not yet known."""

import datetime as dt

from parvis.kit.french_dates import clock, long_instant
from parvis.kit.typography import NO_BREAK_SPACE
from parvis.mail import frame
from parvis.people.emails.words import name_of, not_you
from parvis.people.models import User


def sign_in_code(
    *, user: User, code: str, device: str, at: dt.datetime, expires_at: dt.datetime, not_me_url: str
) -> frame.Written:
    """The code of 8 digits, in the body alone: a subject is read on locked screens. `device`: « Safari sur iPhone »."""
    return frame.write(
        agency=user.agency,
        subject="Votre code de connexion",
        preview="Il est valable 10 minutes.",
        greeting=name_of(user),
        parts=[
            (
                f"Une connexion à votre espace client {user.agency.name} est en cours, "
                "depuis un navigateur que nous ne connaissons pas encore. Pour la terminer, recopiez ce code."
            ),
            f"Votre code de connexion : {code[:4]}{NO_BREAK_SPACE}{code[4:]}",
            f"Il est valable 10 minutes, jusqu’à {clock(expires_at)}. Ne le donnez à personne, même à nous.",
            frame.Facts(rows=[("Date", long_instant(at)), ("Navigateur", device)]),
            (
                "Vous n’avez rien demandé ? Quelqu’un connaît votre mot de passe, mais n’entrera pas sans ce code. "
                "Choisissez un autre mot de passe avec « Mot de passe oublié »."
            ),
            *not_you(user.agency, url=not_me_url),
        ],
    )
