"""What the agency changes of a client's access, told to whom it concerns."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import access_closed, not_you
from parvis.people.models import Client


def known_email_changed(*, client: Client, masked: str, at: dt.datetime, not_me_url: str) -> frame.Written:
    """To the address that the agency knew until now; `masked` is the new one, empty when there is none any more."""
    becomes = f"{masked} la remplace" if masked else "elle n’est plus utilisée"
    return frame.write(
        agency=client.agency,
        subject="Votre agence ne vous écrira plus à cette adresse",
        preview=f"À votre demande, {becomes}.",
        greeting=client.salutation,
        parts=[
            (
                f"Le {long_instant(at)}, {client.agency.name} a changé l’adresse mail qu’elle connaît de vous : "
                f"{becomes}."
            ),
            "C’est bien vous qui l’avez demandé ? Vous n’avez rien à faire.",
            *not_you(client.agency, url=not_me_url),
        ],
    )


def access_ended_by_agency(*, client: Client, at: dt.datetime) -> frame.Written:
    """To the courriel of the login, for the client whom it does not open any more."""
    said = (
        f"{client.agency.name} a fermé le {long_instant(at)} l’accès de l’identifiant ci-dessous à l’espace client. "
        "Elle continue de vous écrire par courrier."
    )
    return access_closed(client=client, parts=[said, frame.Facts(rows=[("Identifiant", client.customer_reference)])])
