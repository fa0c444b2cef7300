"""What is told to a login when its proofs beside the password change or serve."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import call_us, name_of, not_you
from parvis.people.models import User


def factor_changed(*, user: User, factor: str, is_added: bool, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """A way to prove who one is was added or removed. `factor`: « La clé d’accès « iPhone » »."""
    change = "ajoutée" if is_added else "supprimée"
    effect = "Elle permet de vous connecter." if is_added else "Elle ne permet plus de vous connecter."
    place = f"votre espace client {user.agency.name}"
    return frame.write(
        agency=user.agency,
        subject=f"{factor} est {change}",
        preview=effect,
        greeting=name_of(user),
        parts=[
            f"{factor} est {change} à {place}. {effect}" if is_added else f"{factor} de {place} est {change}. {effect}",
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )


def recovery_codes_drawn(*, user: User, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """Ten codes on paper exist, in place of any before."""
    return frame.write(
        agency=user.agency,
        subject="De nouveaux codes de secours sont créés",
        preview="Ceux d’avant ne servent plus.",
        greeting=name_of(user),
        parts=[
            (
                f"Dix codes de secours sont créés pour votre espace client {user.agency.name}. Chacun remplace une "
                "fois votre téléphone. Ceux d’avant ne servent plus."
            ),
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )


def recovery_code_used(*, user: User, left: int, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """A code on paper was used in place of the telephone."""
    remain = f"Il vous en reste {left}." if left else "Il ne vous en reste aucun : créez-en d’autres dans Mon profil."
    return frame.write(
        agency=user.agency,
        subject="Un code de secours a servi",
        preview=remain,
        greeting=name_of(user),
        parts=[
            f"Un code de secours a servi à ouvrir votre espace client {user.agency.name}. {remain}",
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )


def passkey_refused(*, user: User, name: str, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """A passkey signed less often than before: it may have been copied."""
    return frame.write(
        agency=user.agency,
        subject="Une clé d’accès a été refusée",
        preview="Elle a peut-être été copiée.",
        greeting=name_of(user),
        parts=[
            (
                f"La clé d’accès « {name} » de votre espace client {user.agency.name} a été refusée : "
                "elle a peut-être été copiée."
            ),
            frame.Facts(rows=[("Date", long_instant(at))]),
            "Connectez-vous autrement, supprimez-la dans Mon profil, puis ajoutez-en une autre.",
            *not_you(user.agency, url=not_me_url),
        ],
    )


def factors_forgotten(*, user: User, at: dt.datetime) -> frame.Written:
    """The agency removed every proof beside the password, for somebody who lost them all."""
    return frame.write(
        agency=user.agency,
        subject="Vos moyens de connexion sont supprimés",
        preview="Il reste votre mot de passe.",
        greeting=name_of(user),
        parts=[
            (
                f"À la demande de votre agence, les clés d’accès, l’application de codes et les codes de secours de "
                f"votre espace client {user.agency.name} sont supprimés. Tous les appareils sont déconnectés."
            ),
            frame.Facts(rows=[("Date", long_instant(at))]),
            call_us(user.agency),
        ],
    )


def staff_invited(*, user: User, url: str, expires_at: dt.datetime) -> frame.Written:
    """To a new member of the staff: the link to choose a password."""
    return frame.write(
        agency=user.agency,
        subject="Votre accès à la gestion",
        preview="Un clic pour choisir votre mot de passe. Lien valable 24 heures.",
        greeting=name_of(user),
        parts=[
            f"Un accès à la gestion de {user.agency.name} est ouvert pour vous. Choisissez votre mot de passe :",
            frame.Button(label="Choisir mon mot de passe", url=url),
            f"Ce lien est valable jusqu’au {long_instant(expires_at)}. Il ne sert qu’une fois.",
            (
                "Vous ajouterez ensuite une clé d’accès ou une application de codes : gardez votre téléphone à "
                "portée de main."
            ),
            "Vous ne travaillez pas là ? Ne faites rien : sans clic, rien ne s’ouvre.",
        ],
    )
