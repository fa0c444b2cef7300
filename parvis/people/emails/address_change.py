"""The messages of a courriel that changes: to the new one, to the former one."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import COPY_THE_LINK, call_us, name_of, not_you
from parvis.people.models import AddressChange, User
from parvis.people.rules import mask_email


def confirm_new_address(*, user: User, url: str, expires_at: dt.datetime) -> frame.Written:
    """To the new address: the link that confirms it."""
    return frame.write(
        agency=user.agency,
        subject="Confirmez votre nouveau courriel",
        preview="Un clic pour utiliser cette adresse. Lien valable 24 heures.",
        greeting=name_of(user),
        parts=[
            f"Vous voulez utiliser cette adresse pour votre espace client {user.agency.name}. Pour la confirmer :",
            frame.Button(label="Confirmer mon nouveau courriel", url=url),
            f"Ce lien est valable jusqu’au {long_instant(expires_at)}. Il ne sert qu’une fois.",
            COPY_THE_LINK,
            "Vous n’avez rien demandé ? Ne faites rien : sans clic, rien ne change.",
        ],
    )


def address_change_asked(*, change: AddressChange, url: str, until: dt.datetime) -> frame.Written:
    """To the present address, at once: another is about to replace it."""
    agency = change.user.agency
    return frame.write(
        agency=agency,
        subject="Un changement de courriel est demandé",
        preview="Vous pouvez l’annuler pendant 7 jours.",
        greeting=name_of(change.user),
        parts=[
            f"Une autre adresse va remplacer celle-ci pour votre espace client {agency.name}.",
            frame.Facts(
                rows=[("Nouvelle adresse", mask_email(change.new_email)), ("Date", long_instant(change.asked_at))]
            ),
            "C’est bien vous ? Vous n’avez rien à faire. Sinon, annulez :",
            frame.Button(label="Annuler le changement", url=url),
            f"Vous pouvez annuler jusqu’au {long_instant(until)}, même si la nouvelle adresse est déjà confirmée.",
            call_us(agency),
        ],
    )


def address_changed(*, user: User, masked: str, at: dt.datetime, url: str) -> frame.Written:
    """To the former address: it does not serve any more."""
    return frame.write(
        agency=user.agency,
        subject="Votre courriel a changé",
        preview="Nos messages vont désormais à une autre adresse.",
        greeting=name_of(user),
        parts=[
            f"Les messages de votre espace client {user.agency.name} vont désormais à une autre adresse.",
            frame.Facts(rows=[("Nouvelle adresse", masked), ("Date", long_instant(at))]),
            "Le message précédent permet encore d’annuler ce changement, pendant 7 jours.",
            *not_you(user.agency, url=url),
        ],
    )
