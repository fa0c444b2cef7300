"""The message about an announcement to a building."""

from parvis.interventions.models import Announcement
from parvis.interventions.rules.announcements import when
from parvis.mail import frame
from parvis.notices.emails import Told, link_to
from parvis.threads.rules import paragraphs


def announced(announcement: Announcement) -> Told:
    """All that there is to know, in the mail itself."""
    days = when(announcement.begins_at, announcement.ends_at)
    return Told(
        subject=announcement.title,
        preview=f"{announcement.building.name}, {days}.",
        parts=[
            f"{announcement.get_kind_display()} dans votre immeuble, {announcement.building.name} :",
            frame.Facts(rows=[("Objet", announcement.title), ("Quand", days)]),
            *paragraphs(announcement.text),
            frame.Button(
                label="Voir l’annonce", url=link_to(announcement.agency, ("announcement", announcement.public_id))
            ),
        ],
    )


def called_off(announcement: Announcement) -> Told:
    """It was withdrawn before it was over: nobody waits for what does not come."""
    days = when(announcement.begins_at, announcement.ends_at)
    return Told(
        subject=f"Annulé : {announcement.title}",
        preview=f"{announcement.building.name}, {days}.",
        parts=[
            f"Votre agence a retiré l’annonce « {announcement.title} », {days}.",
            "Vous n’avez rien à faire.",
        ],
    )
