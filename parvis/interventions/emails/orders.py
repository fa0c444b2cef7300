"""The messages to a firm: the order with its link, the time that was chosen, that it is called off."""

from collections.abc import Sequence

from parvis.agencies.models import Agency
from parvis.interventions.models import Intervention, WorkOrder
from parvis.interventions.rules.orders import Window
from parvis.kit.french_dates import long_date
from parvis.kit.typography import format_phone
from parvis.mail import frame
from parvis.notices.emails import Told, link_to
from parvis.threads.rules import paragraphs

COPY_THE_LINK = "Le lien ne fonctionne pas ? Copiez l’adresse ci-dessus et collez-la dans votre navigateur."


def order_sent(*, order: WorkOrder, url: str) -> frame.Written:
    """What has to be mended, where, and the link that answers."""
    agency = order.agency
    return frame.write(
        agency=agency,
        subject=f"Ordre de service {order.number}",
        preview="Proposez vos créneaux par le lien, sans mot de passe.",
        greeting=order.supplier.name,
        parts=[
            f"{agency.name} vous confie une intervention :",
            facts(order),
            *paragraphs(order.text),
            "Pour proposer vos créneaux, dire que c’est terminé, envoyer des photos et votre facture :",
            frame.Button(label="Répondre à cet ordre", url=url),
            f"Ce lien n’ouvre que cet ordre, jusqu’au {long_date(order.expires_at)}. Il ne demande aucun mot de passe.",
            COPY_THE_LINK,
            call(agency),
        ],
    )


def slots_offered(case: Intervention, *, firm: str, times: Sequence[str]) -> Told:
    """To whoever reported the case: when the firm could come, and where to choose."""
    return Told(
        subject=f"Intervention {case.number} : choisissez un créneau",
        preview=f"{firm} propose de venir.",
        parts=[
            f"{firm} propose de venir pour « {case.title} » :",
            *[f"– {time}" for time in times],
            frame.Button(label="Choisir mon créneau", url=link_to(case.agency, ("intervention", case.public_id))),
            f"Aucun ne convient ? Appelez-nous : {format_phone(case.agency.phone)}.",
        ],
    )


def time_chosen(*, order: WorkOrder, chosen: Window) -> frame.Written:
    """One of the firm's times is taken."""
    return frame.write(
        agency=order.agency,
        subject=f"Rendez-vous fixé, ordre de service {order.number}",
        preview=str(chosen),
        greeting=order.supplier.name,
        parts=[
            f"Le rendez-vous est fixé : {chosen}.",
            facts(order),
            "Le lien de l’ordre reste le même : il dit que les travaux sont terminés et reçoit la facture.",
            call(order.agency),
        ],
    )


def time_called_off(*, order: WorkOrder, chosen: Window | None) -> frame.Written:
    """The appointment does not hold any more; the order does."""
    what = f"Le rendez-vous du {chosen} n’a plus lieu." if chosen else "Le rendez-vous n’a plus lieu."
    return frame.write(
        agency=order.agency,
        subject=f"Rendez-vous annulé, ordre de service {order.number}",
        preview=what,
        greeting=order.supplier.name,
        parts=[what, facts(order), "Par le lien de l’ordre, proposez d’autres créneaux.", call(order.agency)],
    )


def order_withdrawn(*, order: WorkOrder) -> frame.Written:
    """Nothing has to be mended by that firm; its link opens nothing any more."""
    return frame.write(
        agency=order.agency,
        subject=f"Ordre de service {order.number} retiré",
        preview="N’intervenez pas.",
        greeting=order.supplier.name,
        parts=[
            f"{order.agency.name} retire cet ordre : n’intervenez pas. Son lien n’est plus valable.",
            facts(order),
            call(order.agency),
        ],
    )


def facts(order: WorkOrder) -> frame.Facts:
    """Where and what; never who."""
    case: Intervention = order.intervention
    building = case.building
    return frame.Facts(
        rows=[
            ("Ordre de service", order.number),
            ("Objet", case.title),
            ("Adresse", f"{building.name}, {building.street}, {building.postal_code} {building.city}"),
            *([("Lieu", case.place)] if case.place else []),
        ]
    )


def call(agency: Agency) -> str:
    return f"Une question ? Appelez-nous : {format_phone(agency.phone)}."
