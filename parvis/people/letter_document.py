"""The letters as one PDF: what `documents/letter.typ` prints. Their words follow the design's rules of copy."""

import dataclasses
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import segno

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date
from parvis.kit.pdf import make_pdf, showable
from parvis.kit.typography import format_phone, typographic
from parvis.people.models import Client, Letter

TEMPLATE = Path(__file__).resolve().parent / "documents" / "letter.typ"
# What stands on one line of 88 mm at the usual size; a longer one makes the whole address smaller.
LINE_OF_ADDRESS = 42
# Up to how many signs an identifiant is printed at that size (points), beside the key.
IDENTIFIER_SIZES = {10: 24, 14: 17, 20: 12}
SMALLEST_IDENTIFIER = 9
BREAK_AFTER = 26
QR_MASK = 3
TITLE = "Votre espace client est ouvert"
INTRODUCTION = "Consultez vos comptes, vos biens et vos interventions à tout moment. Voici comment vous connecter."
QR_CAPTION = "Avec un téléphone, photographiez ce code : votre identifiant est déjà rempli."
STEPS_TITLE = "Pour vous connecter la première fois"
HELP_TITLE = "Besoin d’aide ?"
CAUTION = (
    "Gardez cette lettre pour vous : nous ne vous demanderons jamais votre mot de passe, ni par courriel, ni par "
    "téléphone. Elle remplace les précédentes. L’enveloppe était ouverte ? Appelez-nous."
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrawnLetter:
    """A letter and its secrets in clear, for the time of one print: they are kept nowhere."""

    letter: Letter
    client: Client
    code: str
    key: str
    token: str

    @property
    def identifier(self) -> str:
        return self.client.customer_reference

    @property
    def path(self) -> str:
        """The short link: it opens « Première Connexion », the identifiant filled in."""
        return f"/l/{self.token}"


def letters_pdf(drawn: Sequence[DrawnLetter], *, agency: Agency, day: dt.date) -> bytes:
    """Print the letters of one agency, a page each, dated `day`."""
    return make_pdf(TEMPLATE, content=letters_content(drawn, agency=agency, day=day))


def letters_content(
    drawn: Sequence[DrawnLetter], *, agency: Agency, day: dt.date
) -> dict[str, Any]:  # Any: what JSON holds
    """What the template reads."""
    return {
        "agency": {"name": showable(agency.name), "hue": agency.hue, "address": sender_lines(agency)},
        "title": TITLE,
        "place_and_date": showable(f"{agency.city}, le {long_date(day)}"),
        "introduction": INTRODUCTION,
        "qr_caption": typographic(QR_CAPTION),
        "steps_title": STEPS_TITLE,
        "steps": [[showable(typographic(piece)) for piece in step] for step in steps(agency)],
        "help_title": typographic(HELP_TITLE),
        "help": showable(typographic(help_of(agency))),
        "caution": typographic(CAUTION),
        "letters": [page_content(each, agency=agency) for each in drawn],
    }


def sender_lines(agency: Agency) -> list[str]:
    lines = [agency.street, f"{agency.postal_code} {agency.city}", format_phone(agency.phone)]
    return [showable(line) for line in lines]


def steps(agency: Agency) -> list[list[str]]:
    """The four steps of the help page; every second piece is what the person reads on the screen."""
    return [
        ["Ouvrez ", agency.host, ". Sans rien remplir, choisissez ", "« Première Connexion »", "."],
        ["Saisissez votre identifiant et votre mot de passe, puis choisissez ", "« Connexion »", "."],
        [
            "Donnez votre courriel et choisissez ",
            "« Soumettre »",
            ". Dans le message reçu, choisissez ",
            "« Confirmer mon adresse email »",
            ".",
        ],
        ["Choisissez votre mot de passe. Vous arrivez sur votre ", "Accueil", "."],
    ]


def help_of(agency: Agency) -> str:
    return (
        f"Appelez le {format_phone(agency.phone)}, {agency.opening_hours}. "
        "Utilisez Firefox, Safari, Chrome ou Edge, jamais Internet Explorer."
    )


def page_content(drawn: DrawnLetter, *, agency: Agency) -> dict[str, Any]:  # Any: what JSON holds
    """What changes from one page to the next."""
    link = agency.link(drawn.path)
    recipient = [showable(line) for line in address_lines(drawn.client)]
    return {
        "recipient": recipient,
        "has_long_lines": any(len(line) > LINE_OF_ADDRESS for line in recipient),
        "greeting": showable(f"Bonjour {drawn.client.salutation},"),
        "identifier": breakable(showable(drawn.identifier)),
        "identifier_size": identifier_size(drawn.identifier),
        "code": drawn.code,
        "key": drawn.key,
        "validity": f"6 chiffres, valables jusqu’au {long_date(drawn.letter.expires_at)}.",
        "link": link,
        "link_line": typographic(f"Adresse du code : {link}"),
        "qr": qr_drawing(link),
    }


def address_lines(client: Client) -> Iterable[str]:
    """The lines of the postal address: six at most, in capitals from the street on (NF Z 10-011, à vérifier)."""
    person = f"{client.get_civility_display() if client.civility else ''} {client.first_name} {client.last_name}"
    country = client.country if client.country.lower() not in ("", "france") else ""
    lines = [
        client.company_name,
        " ".join(person.split()),
        client.address_extra,
        client.street.upper(),
        f"{client.postal_code} {client.city}".strip().upper(),
        country.upper(),
    ]
    return [line for line in lines if line]


def identifier_size(identifier: str) -> int:
    sizes = [size for length, size in IDENTIFIER_SIZES.items() if len(identifier) <= length]
    return sizes[0] if sizes else SMALLEST_IDENTIFIER


def breakable(identifier: str) -> str:
    """A very long identifiant goes on to a second line."""
    return "\n".join(identifier[start : start + BREAK_AFTER] for start in range(0, len(identifier), BREAK_AFTER))


def qr_drawing(link: str) -> str:
    """The QR code as SVG: sharp at any size, and with room for a fold or a stain (15 % may be lost).

    One mask for all: a token is random, hence no mask is better than another, and comparing them takes five times
    as long as the rest.
    """
    drawing = io.BytesIO()
    segno.make(link, error="m", micro=False, mask=QR_MASK).save(drawing, kind="svg", xmldecl=False, border=2)
    return drawing.getvalue().decode()
