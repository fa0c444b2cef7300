"""What the staff do with a case, in words: one page each, open while its state allows it."""

from dataclasses import dataclass

from parvis.interventions.models import Intervention

State = Intervention.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A gesture: where it leads (None: back to where the case was held), from where, what it asks, what is told.

    `through` is a state that it may pass on its way. `asks` names the fields of its form, in order; `lead` is what
    the person should know before they press.
    """

    slug: str
    label: str
    told: str
    to: State | None
    since: tuple[State, ...] = ()
    through: State | None = None
    asks: tuple[str, ...] = ()
    lead: str = ""


REASON = ("reason",)
MOVES = (
    Move(
        slug="prendre-en-charge",
        label="Prendre en charge",
        to=State.ACKNOWLEDGED,
        since=(State.REPORTED,),
        lead="Le déclarant lit que vous suivez sa demande.",
        told="L’intervention est prise en charge. Le déclarant est prévenu.",
    ),
    Move(
        slug="demander-un-devis",
        label="Demander un devis",
        to=State.QUOTE_REQUESTED,
        lead="Le déclarant lit qu’un devis est demandé. L’entreprise n’est pas encore nommée.",
        told="La demande de devis est notée.",
    ),
    Move(
        slug="soumettre-le-devis",
        label="Soumettre le devis",
        to=State.AWAITING_APPROVAL,
        asks=("approver",),
        lead="Ajoutez d’abord le devis\u00a0: ceux qui donnent leur accord le lisent et répondent.",
        told="L’accord est demandé.",
    ),
    Move(
        slug="mandater",
        label="Mandater une entreprise",
        to=State.ORDERED,
        since=(State.ACKNOWLEDGED, State.AWAITING_APPROVAL, State.ORDERED),
        asks=("supplier", "order"),
        lead="L’entreprise reçoit par courriel l’ordre de service et un lien pour proposer ses dates.",
        told="L’ordre de service est envoyé.",
    ),
    Move(
        slug="replanifier",
        label="Annuler le rendez-vous",
        to=State.ORDERED,
        since=(State.SCHEDULED,),
        asks=REASON,
        lead="Convenez d’une autre date avec l’entreprise\u00a0: elle peut aussi en proposer par le lien de son ordre.",
        told="Le rendez-vous est annulé. Convenez d’une autre date avec l’entreprise.",
    ),
    Move(
        slug="fixer-le-rendez-vous",
        label="Fixer le rendez-vous",
        to=State.SCHEDULED,
        asks=("on", "begins", "ends"),
        lead="Le déclarant est prévenu et peut l’ajouter à son agenda.",
        told="Le rendez-vous est fixé. Le déclarant est prévenu.",
    ),
    Move(
        slug="commencer",
        label="Noter le début des travaux",
        to=State.IN_PROGRESS,
        told="Le début des travaux est noté.",
    ),
    Move(
        slug="terminer",
        label="Noter la fin des travaux",
        to=State.DONE,
        through=State.IN_PROGRESS,
        asks=("text",),
        lead="Le déclarant confirme que le problème est résolu, ou rouvre l’intervention.",
        told="La fin des travaux est notée. Le déclarant peut la confirmer.",
    ),
    Move(
        slug="reprendre",
        label="Reprendre",
        to=None,
        since=(State.ON_HOLD,),
        told="L’intervention reprend.",
    ),
    Move(
        slug="rouvrir",
        label="Rouvrir",
        to=State.ACKNOWLEDGED,
        since=(State.DONE, State.CLOSED),
        asks=REASON,
        told="L’intervention est rouverte.",
    ),
    Move(
        slug="clore",
        label="Clore",
        to=State.CLOSED,
        lead="Le déclarant peut rouvrir l’intervention pendant 30\u00a0jours.",
        told="L’intervention est close.",
    ),
    Move(
        slug="mettre-en-attente",
        label="Mettre en attente",
        to=State.ON_HOLD,
        asks=("reason", "until"),
        lead="Le client lit ce motif et cette date.",
        told="L’intervention est en attente.",
    ),
    Move(
        slug="refuser",
        label="Refuser",
        to=State.REJECTED,
        asks=REASON,
        lead="Le client lit ce motif. L’intervention se termine.",
        told="L’intervention est refusée. Le déclarant est prévenu.",
    ),
    Move(
        slug="annuler",
        label="Annuler l’intervention",
        to=State.CANCELLED,
        asks=REASON,
        lead="L’intervention se termine.",
        told="L’intervention est annulée.",
    ),
)
BY_SLUG = {move.slug: move for move in MOVES}
