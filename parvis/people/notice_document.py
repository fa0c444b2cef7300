"""The notices to post, as one PDF: what `documents/notice.typ` prints, addressed as the letters are."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date, long_instant
from parvis.kit.pdf import make_pdf, showable
from parvis.kit.typography import format_phone, typographic
from parvis.people.letter_document import LINE_OF_ADDRESS, address_lines, sender_lines
from parvis.people.models import PaperNotice

TEMPLATE = Path(__file__).resolve().parent / "documents" / "notice.typ"
DOCUMENT_TITLE = "Votre espace client : un accès nous est signalé"
TITLES = {
    PaperNotice.Subject.ACCESS_OPENED: "Votre espace client a été ouvert",
    PaperNotice.Subject.ATTACHED: "Votre identifiant a été rattaché à un accès",
}
TOLD = {
    PaperNotice.Subject.ACCESS_OPENED: (
        "Quelqu’un a ouvert votre espace client avec la lettre que nous vous avons envoyée, et choisi un mot de passe."
    ),
    PaperNotice.Subject.ATTACHED: (
        "Quelqu’un a rattaché votre identifiant à son accès à l’espace client : il y voit désormais vos comptes."
    ),
}
WHY_PAPER = "Nous ne connaissons aucune adresse mail de vous : nous vous prévenons donc par courrier."
IT_WAS_YOU = "C’est bien vous ? Vous n’avez rien à faire."


def notices_pdf(notices: Sequence[PaperNotice], *, agency: Agency, day: dt.date) -> bytes:
    """Print the notices of one agency, a page each, dated `day`."""
    content = {
        "agency": {"name": showable(agency.name), "hue": agency.hue, "address": sender_lines(agency)},
        "title": typographic(DOCUMENT_TITLE),
        "place_and_date": showable(f"{agency.city}, le {long_date(day)}"),
        "notices": [page_content(notice, agency=agency) for notice in notices],
    }
    return make_pdf(TEMPLATE, content=content)


def page_content(notice: PaperNotice, *, agency: Agency) -> dict[str, Any]:  # Any: what JSON holds
    """What changes from one page to the next."""
    client, subject = notice.client, PaperNotice.Subject(notice.subject)
    recipient = [showable(line) for line in address_lines(client)]
    paragraphs = [TOLD[subject], WHY_PAPER, IT_WAS_YOU]
    return {
        "recipient": recipient,
        "has_long_lines": any(len(line) > LINE_OF_ADDRESS for line in recipient),
        "greeting": showable(f"Bonjour {client.salutation},"),
        "title": TITLES[subject],
        "facts": [
            ["Identifiant", showable(client.customer_reference)],
            ["Date", long_instant(notice.happened_at)],
            ["Adresse utilisée", showable(notice.masked_email)],
        ],
        "paragraphs": [showable(typographic(paragraph)) for paragraph in paragraphs],
        "objection": showable(
            typographic(
                f"Ce n’est pas vous ? Appelez-nous tout de suite au {format_phone(agency.phone)}, "
                f"{agency.opening_hours} : nous bloquerons cet accès."
            )
        ),
    }
