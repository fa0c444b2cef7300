"""The messages of the ways in: first connection, password forgotten. Their words are the design's."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.kit.typography import format_phone
from parvis.mail import frame
from parvis.people.emails.words import COPY_THE_LINK, name_of, not_you
from parvis.people.models import Client, User


def confirm_address(*, client: Client, url: str, expires_at: dt.datetime) -> frame.Written:
    """To the address that the client gave: the link that confirms it."""
    return frame.write(
        agency=client.agency,
        subject="Confirmez votre adresse email",
        preview="Un clic pour activer votre espace client. Lien valable 24 heures.",
        greeting=client.salutation,
        parts=[
            f"Vous avez demandé à accéder à votre espace client {client.agency.name}.",
            "Pour activer votre compte, confirmez votre adresse :",
            frame.Button(label="Confirmer mon adresse email", url=url),
            f"Ce lien est valable jusqu’au {long_instant(expires_at)}. Il ne sert qu’une fois.",
            COPY_THE_LINK,
            "Vous n’avez rien demandé ? Ne faites rien : sans clic, rien ne change.",
        ],
    )


def other_address_confirmed(*, client: Client, masked: str, at: dt.datetime, not_me_url: str) -> frame.Written:
    """To the address that the agency knows, when another one is being used."""
    return frame.write(
        agency=client.agency,
        subject="Une autre adresse vient d’être confirmée",
        preview="Elle servira à ouvrir votre espace client.",
        greeting=client.salutation,
        parts=[
            (
                f"Une première connexion à votre espace client {client.agency.name} est en cours, "
                "avec une autre adresse que celle-ci."
            ),
            frame.Facts(rows=[("Adresse confirmée", masked), ("Date", long_instant(at))]),
            "C’est bien vous ? Vous n’avez rien à faire.",
            *not_you(client.agency, url=not_me_url),
        ],
    )


def access_opened(*, client: Client, masked: str, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """To the confirmed address, and to the one that the agency knows: the access exists from now on."""
    return frame.write(
        agency=client.agency,
        subject="Votre espace client est activé",
        preview="Votre mot de passe est enregistré.",
        greeting=client.salutation,
        parts=[
            f"Votre espace client {client.agency.name} est activé et votre mot de passe est enregistré.",
            frame.Facts(rows=[("Adresse confirmée", masked), ("Date", long_instant(at))]),
            *not_you(client.agency, url=not_me_url),
        ],
    )


def access_opened_without_known_address(*, client: Client, masked: str, at: dt.datetime) -> frame.Written:
    """To the agency, which knew no address of this client: somebody of the agency may check with them."""
    return frame.write(
        agency=client.agency,
        subject="Un client sans adresse connue a activé son espace",
        preview="Vérifiez auprès de lui, par téléphone ou par courrier.",
        greeting=client.agency.name,
        parts=[
            (
                "Ce client a activé son espace client avec la lettre que vous lui avez envoyée. "
                "Vous ne connaissiez aucune adresse mail de lui : personne d’autre n’a été prévenu."
            ),
            frame.Facts(
                rows=[
                    ("Identifiant", client.customer_reference),
                    ("Adresse confirmée", masked),
                    ("Date", long_instant(at)),
                ]
            ),
        ],
    )


def first_connection_instead(*, client: Client, url: str) -> frame.Written:
    """After « Mot de passe oublié », to a client who never finished: the way in is « Première Connexion »."""
    return frame.write(
        agency=client.agency,
        subject="Votre première connexion",
        preview="Votre espace client n’est pas encore activé.",
        greeting=client.salutation,
        parts=[
            (
                f"Vous avez demandé un nouveau mot de passe pour votre espace client {client.agency.name}. "
                "Il n’est pas encore activé : commencez par la première connexion."
            ),
            frame.Button(label="Première Connexion", url=url),
            (
                "Il vous faut votre identifiant et votre ancien mot de passe, ou le provisoire à 6 chiffres de notre "
                f"lettre. Vous n’avez plus la lettre ? Appelez-nous : {format_phone(client.agency.phone)}."
            ),
            "Vous n’avez rien demandé ? Ne faites rien : rien ne change.",
        ],
    )


def sign_in_with_provider(*, user: User, providers: str, url: str) -> frame.Written:
    """After « Mot de passe oublié », to a login that has no password. `providers` is « Google »."""
    return frame.write(
        agency=user.agency,
        subject=f"Vous vous connectez avec {providers}",
        preview="Votre espace client n’a pas de mot de passe.",
        greeting=name_of(user),
        parts=[
            (
                f"Vous avez demandé un nouveau mot de passe pour votre espace client {user.agency.name}. "
                f"Vous n’en avez pas : vous vous connectez avec {providers}."
            ),
            frame.Button(label=f"Continuer avec {providers}", url=url),
            "Vous n’avez rien demandé ? Ne faites rien : rien ne change.",
        ],
    )


def choose_new_password(*, user: User, url: str, expires_at: dt.datetime) -> frame.Written:
    """After « Mot de passe oublié »: the link that lets the client choose another."""
    return frame.write(
        agency=user.agency,
        subject="Choisissez un nouveau mot de passe",
        preview="Un clic pour choisir un nouveau mot de passe. Lien valable 1 heure.",
        greeting=name_of(user),
        parts=[
            f"Vous avez oublié le mot de passe de votre espace client {user.agency.name}.",
            "Pour en choisir un nouveau :",
            frame.Button(label="Choisir un nouveau mot de passe", url=url),
            f"Ce lien est valable jusqu’au {long_instant(expires_at)}. Il ne sert qu’une fois.",
            COPY_THE_LINK,
            "Vous n’avez rien demandé ? Ne faites rien : sans clic, votre mot de passe ne change pas.",
        ],
    )
