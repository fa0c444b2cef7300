"""The messages about a second person of the household."""

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import COPY_THE_LINK, call_us, not_you
from parvis.people.models import HouseholdAccess
from parvis.people.rules import mask_email


def household_invitation(*, access: HouseholdAccess, url: str) -> frame.Written:
    """To the person: the link that confirms their address and lets them choose a password."""
    agency = access.agency
    return frame.write(
        agency=agency,
        subject="Vous êtes invité à consulter un espace client",
        preview="Choisissez votre propre mot de passe. Lien valable 7 jours.",
        greeting=access.name,
        parts=[
            (
                f"{access.client.full_name} vous ouvre son espace client {agency.name}. Vous pourrez : "
                f"{access.get_right_display().lower()}. Pour choisir votre propre mot de passe :"
            ),
            frame.Button(label="Ouvrir mon accès", url=url),
            f"Ce lien est valable jusqu’au {long_instant(access.expires_at)}. Il ne sert qu’une fois.",
            COPY_THE_LINK,
            "Vous ne connaissez pas cette personne ? Ne faites rien : sans clic, rien ne s’ouvre.",
        ],
    )


def household_invited(*, access: HouseholdAccess, not_me_url: str) -> frame.Written:
    """To the addresses of the holder, at once."""
    return to_the_holder(
        access,
        not_me_url=not_me_url,
        subject="Une personne est invitée dans votre espace client",
        preview="Vous pouvez retirer cet accès à tout moment.",
        says="Vous avez invité une personne à consulter votre espace client :",
    )


def household_joined(*, access: HouseholdAccess, not_me_url: str) -> frame.Written:
    """To the addresses of the holder: the person is in."""
    return to_the_holder(
        access,
        not_me_url=not_me_url,
        subject="Une personne consulte désormais votre espace client",
        preview="Elle a accepté votre invitation.",
        says="La personne que vous avez invitée a ouvert son accès :",
    )


def to_the_holder(access: HouseholdAccess, *, not_me_url: str, subject: str, preview: str, says: str) -> frame.Written:
    """Who the person is, how to take the access back, and what to do if the holder knows nothing of it."""
    return frame.write(
        agency=access.agency,
        subject=subject,
        preview=preview,
        greeting=access.client.salutation,
        parts=[
            says,
            facts(access),
            "Vous pouvez retirer cet accès à tout moment, dans « Mon profil ».",
            *not_you(access.agency, url=not_me_url),
        ],
    )


def household_joined_for_agency(*, access: HouseholdAccess) -> frame.Written:
    """To the agency: who reads a client's affairs beside them."""
    return frame.write(
        agency=access.agency,
        subject="Un client a donné un accès à une personne de son foyer",
        preview="Elle consulte ses affaires avec son propre mot de passe.",
        greeting=access.agency.name,
        parts=[
            "Cette personne consulte désormais les affaires du client, avec son propre mot de passe :",
            facts(access),
            "Elle ne vote pas, n’invite personne et ne change rien à son profil.",
        ],
    )


def household_ended(*, access: HouseholdAccess) -> frame.Written:
    """To the person: the holder took the access back."""
    return frame.write(
        agency=access.agency,
        subject="Votre accès est retiré",
        preview="Vous ne consultez plus cet espace client.",
        greeting=access.name,
        parts=[
            f"{access.client.full_name} a retiré votre accès à son espace client {access.agency.name}.",
            call_us(access.agency),
        ],
    )


def household_ended_for_agency(*, access: HouseholdAccess) -> frame.Written:
    return frame.write(
        agency=access.agency,
        subject="L’accès d’une personne du foyer d’un client est terminé",
        preview="Elle ne consulte plus ses affaires.",
        greeting=access.agency.name,
        parts=["Cette personne ne consulte plus les affaires du client :", facts(access)],
    )


def facts(access: HouseholdAccess) -> frame.Facts:
    return frame.Facts(
        rows=[
            ("Personne", access.name),
            ("Adresse", mask_email(access.email)),
            ("Droit", access.get_right_display()),
            ("Identifiant", access.client.customer_reference),
        ]
    )
