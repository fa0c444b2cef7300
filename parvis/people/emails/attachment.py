"""The messages about an identifiant that joins another login, or leaves it."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.kit.typography import format_phone
from parvis.mail import frame
from parvis.people.emails.words import call_us, not_you
from parvis.people.models import Client


def identifier_attached(*, client: Client, masked: str, at: dt.datetime, not_me_url: str) -> frame.Written:
    """To the known address of the client and to that of their former login."""
    return frame.write(
        agency=client.agency,
        subject="Votre identifiant est rattaché à un autre accès",
        preview="Il s’ouvre désormais avec le mot de passe de cet accès.",
        greeting=client.salutation,
        parts=[
            (
                f"Votre identifiant {client.agency.name} est rattaché à un autre accès à l’espace client. Il s’ouvre "
                "désormais avec le mot de passe de cet accès."
            ),
            facts(client, masked=masked, at=at),
            *not_you(client.agency, url=not_me_url),
        ],
    )


def identifier_attached_without_known_address(*, client: Client, masked: str, at: dt.datetime) -> frame.Written:
    """To the agency, when nobody else could be told."""
    return frame.write(
        agency=client.agency,
        subject="Un client sans adresse connue est rattaché à un autre accès",
        preview="Un avis à poster vous attend dans Gestion, « Accès gelés ».",
        greeting=client.agency.name,
        parts=[
            (
                "L’identifiant de ce client est rattaché à l’accès d’une autre personne, avec la lettre que vous lui "
                "avez envoyée ou son ancien mot de passe. Vous ne connaissiez aucune adresse mail de lui : un avis à "
                "poster vous attend dans Gestion, « Accès gelés »."
            ),
            facts(client, masked=masked, at=at),
        ],
    )


def identifier_detached(*, client: Client, at: dt.datetime) -> frame.Written:
    """To the login that it left, and to the known address of the client."""
    return frame.write(
        agency=client.agency,
        subject="Un identifiant est détaché de votre accès",
        preview="Il n’ouvre plus l’espace client.",
        greeting=client.salutation,
        parts=[
            (
                f"L’identifiant {client.customer_reference} est détaché de l’accès à l’espace client "
                f"{client.agency.name}. Il n’ouvre plus rien."
            ),
            frame.Facts(rows=[("Identifiant", client.customer_reference), ("Date", long_instant(at))]),
            f"Pour un nouvel accès, demandez une lettre à votre agence : {format_phone(client.agency.phone)}.",
            call_us(client.agency),
        ],
    )


def facts(client: Client, *, masked: str, at: dt.datetime) -> frame.Facts:
    return frame.Facts(
        rows=[
            ("Identifiant", client.customer_reference),
            ("Adresse de cet accès", masked),
            ("Date", long_instant(at)),
        ]
    )
