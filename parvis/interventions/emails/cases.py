"""The messages about one case: what has happened, what comes next; to the agency, what waits for it."""

from django.conf import settings

from parvis.interventions.models import CaseMessage, Intervention, InterventionEvent, Quote
from parvis.interventions.rules.steps import NextStep
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.mail import frame
from parvis.notices.emails import Told, is_sound, link_to
from parvis.people.models.absences import answering
from parvis.threads.rules import paragraphs

FOLLOW = "Suivre l’intervention"


def facts(case: Intervention) -> frame.Facts:
    return frame.Facts(rows=[("Intervention", f"N° {case.number}, {case.title}"), ("État", case.get_state_display())])


def follow(case: Intervention, *, label: str = FOLLOW) -> frame.Button:
    return frame.Button(label=label, url=link_to(case.agency, ("intervention", case.public_id)))


def coming_to(case: Intervention) -> NextStep:
    """What comes next, by whoever answers today."""
    today, member = paris_day(database_now()), case.assigned_to
    return case.coming_step(today=today, manager=str(answering(member, day=today)) if member else "")


def step_taken(case: Intervention, *, event: InterventionEvent) -> Told:
    """Something happened to the case: what, by whom, and what comes next."""
    coming = coming_to(case)
    return Told(
        subject=f"Intervention {case.number} : {event.label}",
        preview=f"{case.title} : {event.label}",
        parts=[
            f"{event.label}.",
            *paragraphs(event.text),
            facts(case),
            f"Prochaine étape : {coming.text}.",
            follow(case),
        ],
    )


def registered(case: Intervention) -> Told:
    """The receipt of a report."""
    coming = coming_to(case)
    return Told(
        subject=f"Votre déclaration {case.number} est enregistrée",
        preview=f"{coming.text}.",
        parts=["Votre déclaration est enregistrée.", facts(case), f"{coming.text}.", follow(case)],
    )


def wrote(case: Intervention, *, message: CaseMessage) -> Told:
    """The agency or the firm wrote in the case: the message, whole."""
    return Told(
        subject=f"Intervention {case.number} : nouveau message",
        preview=f"{message.author_name} vous écrit.",
        parts=[
            f"{message.author_name} vous écrit au sujet de votre intervention « {case.title} » :",
            *paragraphs(message.text),
            facts(case),
            follow(case, label="Répondre"),
        ],
    )


def approval_asked(quote: Quote) -> Told:
    """A quote waits for a decision or an opinion. Its amount is read on its page, open even where the case is not."""
    case, firm = quote.intervention, quote.supplier_name
    return Told(
        subject=f"Intervention {case.number} : un devis attend votre réponse",
        preview=f"{firm} propose un devis pour « {case.title} ».",
        parts=[
            f"{firm} propose un devis pour « {case.title} ». Votre réponse est attendue.",
            facts(case),
            frame.Button(label="Lire le devis et répondre", url=link_to(case.agency, ("quote", quote.public_id))),
        ],
    )


def for_the_agency(case: Intervention, *, subject: str, greeting: str, lines: list[str]) -> frame.Written:
    """To whoever follows the case at the agency."""
    host = settings.STAFF_HOST
    url = case.agency.link(f"/gestion/interventions/{case.public_id}/", asked_host=host)
    return frame.write(
        agency=case.agency,
        subject=subject,
        preview=case.title,
        greeting=greeting,
        parts=[
            *[line for text in lines for line in paragraphs(text)],
            frame.Facts(rows=[("Intervention", f"N° {case.number}, {case.title}"), ("Immeuble", case.building.name)]),
            frame.Button(
                label="Ouvrir le dossier", url=url if is_sound(url) else case.agency.link("/gestion/", asked_host=host)
            ),
        ],
    )
