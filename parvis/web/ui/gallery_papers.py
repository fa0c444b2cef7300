"""The letter and the message of the first connection, for an invented client: nothing is drawn, kept or sent."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.people import emails
from parvis.people.letter_document import DrawnLetter, letters_pdf
from parvis.people.models import Client, Letter

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TOKEN = "7fq29kxm7fq29kxm7fq29kxm7f"  # noqa: S105 -- invented


def agency() -> Agency:
    return Agency(
        name="Cabinet des Tilleuls",
        host="espace.exemple.fr",
        phone="0100000000",
        email="contact@exemple.fr",
        opening_hours="du lundi au vendredi, de 9 h à 12 h et de 14 h à 18 h",
        street="3 rue des Tilleuls",
        postal_code="75017",
        city="Paris",
    )


def client() -> Client:
    return Client(
        agency=agency(),
        customer_reference="10427835",
        civility=Client.Civility.MADAM,
        first_name="Jeanne",
        last_name="Fontaine",
        address_extra="Bâtiment B, escalier 2",
        street="12 rue des Acacias",
        postal_code="75017",
        city="Paris",
    )


def letter() -> bytes:
    """The page as it is posted, as PDF."""
    issued = Letter(issued_at=NOON, expires_at=NOON + dt.timedelta(days=30))
    drawn = DrawnLetter(letter=issued, client=client(), code="482913", key="7KXM", token=TOKEN)
    return letters_pdf([drawn], agency=agency(), day=NOON.date())


def message() -> str:
    """The confirmation message, as HTML."""
    url = agency().link(f"/c/{TOKEN}")
    return emails.confirm_address(client=client(), url=url, expires_at=NOON + dt.timedelta(days=1)).html
