"""The messages of conversations: the receipt, the answer in full, what waits for the agency."""

import datetime as dt

from django.conf import settings

from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_instant, weekday_date
from parvis.mail import frame
from parvis.notices.emails import Told, is_sound, link_to
from parvis.threads.models import Message, Thread
from parvis.threads.rules import answer_due_on, paragraphs


def due_words(thread: Thread, *, at: dt.datetime) -> str:
    """« Réponse sous 2 jours ouvrés, au plus tard le mercredi 25 novembre 2026. »"""
    due_on = answer_due_on(paris_day(at), postal_code=thread.agency.postal_code)
    return f"Réponse sous 2\u00a0jours ouvrés, au plus tard le {weekday_date(due_on)}."


def received(*, thread: Thread, message: Message, greeting: str) -> frame.Written:
    """The dated receipt of what a client wrote."""
    return frame.write(
        agency=thread.agency,
        subject="Nous avons reçu votre message",
        preview=due_words(thread, at=message.sent_at),
        greeting=greeting,
        parts=[
            f"Message reçu le {long_instant(message.sent_at)}. {due_words(thread, at=message.sent_at)}",
            frame.Facts(rows=[("Référence", thread.reference), ("Sujet", thread.get_subject_display())]),
            "Votre message :",
            *paragraphs(message.body),
            "Pour le relire ou le compléter :",
            frame.Link(label="Voir la conversation", url=link_to(thread.agency, ("message", thread.public_id))),
        ],
    )


def answered(*, thread: Thread, message: Message) -> Told:
    """The agency's answer, whole: nobody has to sign in to read it."""
    return Told(
        subject="Réponse de votre agence",
        preview=f"{thread.get_subject_display()} : {message.author_name} vous répond.",
        parts=[
            f"{message.author_name} répond à votre message « {thread.get_subject_display()} » :",
            *paragraphs(message.body),
            frame.Facts(rows=[("Référence", thread.reference)]),
            frame.Button(label="Répondre", url=link_to(thread.agency, ("message", thread.public_id))),
        ],
    )


def waiting(*, thread: Thread, message: Message) -> frame.Written:
    """To the agency: somebody wrote, until when they expect an answer."""
    host = settings.STAFF_HOST
    url = thread.agency.link(f"/gestion/messages/{thread.public_id}/", asked_host=host)
    return frame.write(
        agency=thread.agency,
        subject=f"Message d’un client : {thread.get_subject_display()}",
        preview=f"{message.author_name} vous a écrit.",
        greeting=thread.agency.name,
        parts=[
            f"{message.author_name} vous a écrit le {long_instant(message.sent_at)}.",
            frame.Facts(
                rows=[
                    ("Client", f"{thread.client.full_name}, {thread.client.customer_reference}"),
                    ("Sujet", thread.get_subject_display()),
                    ("Référence", thread.reference),
                ]
            ),
            *paragraphs(message.body),
            due_words(thread, at=message.sent_at),
            frame.Button(
                label="Répondre", url=url if is_sound(url) else thread.agency.link("/gestion/", asked_host=host)
            ),
        ],
    )
