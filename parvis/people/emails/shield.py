"""What the agencies are told when somebody tries provisional codes at random."""

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_instant
from parvis.kit.money import format_whole
from parvis.mail import frame
from parvis.people.models import SiteShield


def shield_raised(*, agency: Agency, shield: SiteShield) -> frame.Written:
    """To the agency: the key is asked for 24 hours, and nothing is asked of its staff."""
    return frame.write(
        agency=agency,
        subject="Des mots de passe provisoires sont essayés au hasard",
        preview="La clé des lettres est demandée pendant 24 heures.",
        greeting=agency.name,
        parts=[
            (
                "Quelqu’un essaie des mots de passe provisoires sur l’espace client. Par sécurité, « Première "
                "Connexion » demande aussi la clé imprimée sur la lettre. Le code QR de la lettre suffit toujours."
            ),
            frame.Facts(
                rows=[
                    ("Mots de passe faux", format_whole(shield.wrong_codes)),
                    ("Identifiants visés", format_whole(shield.identifiers)),
                    ("Depuis", long_instant(shield.raised_at)),
                    ("Jusqu’au", long_instant(shield.until)),
                ]
            ),
            (
                "Vous n’avez rien à faire. Si un client vous appelle, la clé de 4 signes est à côté de son "
                "identifiant, sur sa lettre. Ne la lui demandez pas."
            ),
        ],
    )
