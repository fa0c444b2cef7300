"""Each gesture of the staff as the one action that it calls."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from parvis.interventions.actions import moves, orders, quotes
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, WorkOrder
from parvis.kit.days import PARIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """Who does what to which case, as its page showed it."""

    case: Intervention
    typed: dict[str, Any]  # Any: values of any field
    by: Actor
    version: int

    @property
    def common(self) -> dict[str, Any]:  # Any: what every action takes
        return {"intervention": self.case, "by": self.by, "version": self.version}

    def at(self, hour: str) -> dt.datetime:
        """That hour of the day typed, in Paris."""
        return dt.datetime.combine(self.typed["on"], self.typed[hour], tzinfo=PARIS)


def order(gesture: Gesture) -> None:
    orders.send(supplier=gesture.typed["supplier"], text=gesture.typed["order"], **gesture.common)


def replan(gesture: Gesture) -> None:
    """The firm is asked for other times, where it was sent an order from here."""
    sent = gesture.case.orders.filter(state=WorkOrder.State.SCHEDULED).first()
    reason = gesture.typed["reason"]
    if sent is None:
        moves.replan(reason=reason, **gesture.common)
    else:
        orders.replan(order=sent, by=gesture.by, version=gesture.version, reason=reason)


def schedule(gesture: Gesture) -> None:
    orders.schedule(begins_at=gesture.at("begins"), ends_at=gesture.at("ends"), **gesture.common)


def await_approval(gesture: Gesture) -> None:
    quotes.submit(approver=gesture.typed["approver"], **gesture.common)


def hold(gesture: Gesture) -> None:
    moves.hold(reason=gesture.typed["reason"], until=gesture.typed["until"], **gesture.common)


DOING: dict[str, Callable[[Gesture], object]] = {
    "prendre-en-charge": lambda gesture: moves.acknowledge(**gesture.common),
    "demander-un-devis": lambda gesture: moves.request_quote(**gesture.common),
    "soumettre-le-devis": await_approval,
    "mandater": order,
    "replanifier": replan,
    "fixer-le-rendez-vous": schedule,
    "commencer": lambda gesture: orders.begin(**gesture.common),
    "terminer": lambda gesture: orders.finish(report=gesture.typed["text"], **gesture.common),
    "reprendre": lambda gesture: moves.resume(**gesture.common),
    "rouvrir": lambda gesture: moves.reopen(reason=gesture.typed["reason"], **gesture.common),
    "clore": lambda gesture: orders.close(**gesture.common),
    "mettre-en-attente": hold,
    "refuser": lambda gesture: moves.reject(reason=gesture.typed["reason"], **gesture.common),
    "annuler": lambda gesture: orders.cancel(reason=gesture.typed["reason"], **gesture.common),
}
