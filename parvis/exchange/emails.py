"""The messages of exchange."""

import datetime as dt

from parvis.exchange.models import Webhook
from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.notices.emails import link_to
from parvis.people.emails import call_us, name_of
from parvis.people.models import User


def own_data_ready(*, user: User, public_id: str, expires_at: dt.datetime) -> frame.Written:
    """To the login that asked: where its copy waits, and until when."""
    return frame.write(
        agency=user.agency,
        subject="La copie de vos données est prête",
        preview="Vous pouvez la télécharger pendant 7 jours.",
        greeting=name_of(user),
        parts=[
            f"La copie de vos données que vous avez demandée à {user.agency.name} est prête.",
            frame.Button(label="Télécharger mes données", url=link_to(user.agency, ("export", public_id))),
            f"Elle est gardée jusqu’au {long_instant(expires_at)}, puis effacée. Vous seul pouvez la télécharger.",
            call_us(user.agency),
        ],
    )


def webhook_disabled(*, webhook: Webhook, at: dt.datetime) -> frame.Written:
    """To the agency: its software has not answered for five days, and is told of nothing any more."""
    return frame.write(
        agency=webhook.agency,
        subject="Votre logiciel ne répond plus aux avis de Parvis",
        preview="Plus aucun avis ne lui est envoyé. Rien n’est perdu.",
        greeting=webhook.agency.name,
        parts=[
            (
                "Depuis cinq jours, aucun avis envoyé à votre logiciel n’est arrivé. Parvis ne lui en envoie plus. "
                "Ce qui change reste lisible par l’interface, et rien n’est perdu."
            ),
            frame.Facts(rows=[("Adresse", webhook.url), ("Arrêt", long_instant(at))]),
            "Donnez ce message à la personne qui s’occupe de ce logiciel : elle réactive l’adresse par l’interface.",
        ],
    )
