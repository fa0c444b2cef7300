"""The messages about documents."""

import datetime as dt
from collections.abc import Sequence

from parvis.agencies.models import Agency
from parvis.documents.models import Document
from parvis.kit.french_dates import long_date
from parvis.mail import frame
from parvis.notices.emails import Told, link_to

TITLES_SHOWN = 15


def archive_ready(*, agency: Agency, target: tuple[str, str], until: dt.date) -> Told:
    """The documents that a login chose wait in one file."""
    return Told(
        subject="Vos documents sont prêts",
        preview="Les documents que vous avez choisis sont réunis dans un seul fichier.",
        parts=[
            "Les documents que vous avez choisis dans votre espace client sont réunis dans un seul fichier (.zip).",
            frame.Button(label="Télécharger mes documents", url=link_to(agency, target)),
            f"Le fichier reste disponible jusqu’au {long_date(until)}. Vous pourrez en demander un autre ensuite.",
        ],
    )


def documents_available(*, agency: Agency, documents: Sequence[Document]) -> Told:
    """The documents of the day, by their titles; one of them leads straight to it."""
    shown, others = documents[:TITLES_SHOWN], len(documents) - TITLES_SHOWN
    rows = [(long_date(paper.dated_on), paper.title) for paper in shown]
    if others > 0:
        rows.append(("Et aussi", f"{others} autre{'s' if others > 1 else ''}"))
    is_one = len(documents) == 1
    url = link_to(agency, ("document", documents[0].public_id)) if is_one else agency.link("/documents/")
    return Told(
        subject="Un document est disponible" if is_one else f"{len(documents)} documents sont disponibles",
        preview=shown[0].title,
        parts=[
            "Votre agence a mis en ligne :",
            frame.Facts(rows=rows),
            frame.Button(label="Voir le document" if is_one else "Voir mes documents", url=url),
        ],
    )
