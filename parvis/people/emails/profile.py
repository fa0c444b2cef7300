"""The messages about Mon profil: a change asked for, a choice of delivery, a correction, an access closed."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date, long_instant
from parvis.mail import frame
from parvis.people.emails.words import access_closed, call_us, not_you
from parvis.people.models import Client, DeliveryChoice, ProfileChange


def profile_changed(*, change: ProfileChange, not_me_url: str) -> frame.Written:
    """To the courriel of the login and the one the agency knows: what was asked, never the values."""
    client = change.client
    is_correction = change.subject == ProfileChange.Subject.CORRECTION
    what = "Une rectification est demandée" if is_correction else "Un changement de vos coordonnées est demandé"
    rows = [
        ("Objet", change.get_subject_display().capitalize()),
        ("Identifiant", client.customer_reference),
        ("Date", long_instant(change.asked_at)),
    ]
    return frame.write(
        agency=client.agency,
        subject=what,
        preview="Votre agence en est informée.",
        greeting=client.salutation,
        parts=[
            f"{what} depuis votre espace client {client.agency.name}. Votre agence en est informée.",
            frame.Facts(rows=rows),
            "C’est bien vous ? Vous n’avez rien à faire.",
            *not_you(client.agency, url=not_me_url),
        ],
    )


def correction_asked(*, change: ProfileChange) -> frame.Written:
    """To the agency: the client's words stand in the export of changes, not in a mail."""
    client = change.client
    return frame.write(
        agency=client.agency,
        subject="Un client demande une rectification",
        preview="Sa demande est dans l’export des changements.",
        greeting=client.agency.name,
        parts=[
            (
                "Un client signale une erreur dans ce que vous savez de lui. Vous avez un mois pour lui répondre "
                "(RGPD, article 16). Sa demande est dans l’export des changements."
            ),
            frame.Facts(
                rows=[("Identifiant", client.customer_reference), ("Date", long_instant(change.asked_at))],
            ),
        ],
    )


def delivery_chosen(*, choice: DeliveryChoice) -> frame.Written:
    """The client's own trace of their demand: its day of receipt, from when it counts."""
    client = choice.client
    return frame.write(
        agency=client.agency,
        subject="Votre choix d’envoi est enregistré",
        preview=f"Il prend effet le {long_date(choice.effective_on)}.",
        greeting=client.salutation,
        parts=[
            f"{client.agency.name} a reçu votre choix. Gardez ce message : il en donne la date.",
            frame.Facts(
                rows=[
                    ("Documents", choice.get_kind_display()),
                    ("Envoi", f"Par {choice.get_channel_display().lower()}"),
                    ("Reçu le", long_date(choice.received_on)),
                    ("Prend effet le", long_date(choice.effective_on)),
                ]
            ),
            "Vous pouvez changer d’avis à tout moment, dans « Mon profil ».",
            call_us(client.agency),
        ],
    )


def own_access_closed(*, client: Client, at: dt.datetime) -> frame.Written:
    """To the courriel of the login, which is about to be erased."""
    said = (
        f"Comme vous l’avez demandé le {long_instant(at)}, votre accès à l’espace client {client.agency.name} est "
        "fermé. Votre agence continue de vous écrire par courrier."
    )
    return access_closed(client=client, parts=[said])


def access_closed_for_agency(*, agency: Agency, references: list[str], at: dt.datetime) -> frame.Written:
    """To the agency: who leaves the portal, and what it must do."""
    return frame.write(
        agency=agency,
        subject="Un client ferme son accès en ligne",
        preview="Ses courriers partent désormais par la poste.",
        greeting=agency.name,
        parts=[
            "Ce client a fermé lui-même son accès en ligne. Envoyez-lui désormais ses documents par la poste.",
            frame.Facts(rows=[("Identifiant", ", ".join(references)), ("Date", long_instant(at))]),
            "S’il change d’avis, envoyez-lui une nouvelle lettre.",
        ],
    )
