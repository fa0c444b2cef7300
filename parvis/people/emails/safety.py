"""The messages of the freeze: to the agency when an access is blocked, to its holder when it opens again."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import name_of
from parvis.people.models import AccessFreeze, User

ACCESS_STOPPED = "L’accès est bloqué et tous ses appareils sont déconnectés."
IDENTIFIER_TAKEN_OFF = "L’identifiant est retiré de l’accès auquel il était rattaché, qui continue sans lui."


def access_frozen(*, freeze_row: AccessFreeze, masked: str) -> frame.Written:
    """To the agency: somebody said « Ce n’est pas moi », an access waits for its decision."""
    agency, client = freeze_row.agency, freeze_row.client
    whose = [("Identifiant", client.customer_reference), ("Nom", client.full_name)] if client else []
    if client is None and freeze_row.user is not None:
        whose = [("Collaborateur", name_of(freeze_row.user))]
    facts = [
        *whose,
        ("Après", AccessFreeze.Trigger(freeze_row.trigger).label),
        ("Signalé depuis", masked),
        ("Date", long_instant(freeze_row.frozen_at)),
    ]
    is_attached = freeze_row.trigger == AccessFreeze.Trigger.ATTACHED
    done = IDENTIFIER_TAKEN_OFF if is_attached else ACCESS_STOPPED
    return frame.write(
        agency=agency,
        subject="Un accès est gelé : « Ce n’est pas moi »",
        preview="Vérifiez auprès du client, puis rouvrez ou fermez l’accès.",
        greeting=agency.name,
        parts=[
            (f"Une personne a répondu « Ce n’est pas moi » à l’un de nos messages. {done}"),
            frame.Facts(rows=facts),
            (
                "Appelez le client au numéro que vous connaissez déjà, puis décidez dans Gestion, « Accès gelés » : "
                "rouvrir l’accès si c’était une fausse alerte, le fermer sinon."
            ),
        ],
    )


def access_reopened(*, user: User, at: dt.datetime) -> frame.Written:
    """To the holder: the agency has opened the access again."""
    return frame.write(
        agency=user.agency,
        subject="Votre espace client est rouvert",
        preview="Vous pouvez vous connecter de nouveau.",
        greeting=name_of(user),
        parts=[
            f"Votre agence a rouvert votre espace client {user.agency.name}. Vous pouvez vous connecter de nouveau.",
            frame.Facts(rows=[("Date", long_instant(at))]),
        ],
    )
