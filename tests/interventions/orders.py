"""An order on its way: the case that Alice declared, the firm that was sent for it, the token of its link."""

import re
from dataclasses import dataclass

from parvis.interventions.actions import moves, orders
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, WorkOrder
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from tests.interventions.cast import alice_of, declared, erin_of, plumber_of

LINK = re.compile(r"/o/([a-z2-7]{26})/")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Who takes part, the order, and what the firm received."""

    alice: Actor
    erin: Actor
    order: WorkOrder
    token: str

    @property
    def case(self) -> Intervention:
        return Intervention.objects.get(pk=self.order.intervention_id)


def sent(lot, **values):
    """The order to a plumber, for what Alice declared of that lot."""
    erin, alice = erin_of(lot.building), alice_of(lot)
    case = moves.acknowledge(intervention=declared(lot, alice, **values), by=erin, version=1)
    order = orders.send(
        intervention=case, supplier=plumber_of(lot.agency), text="Réparer la fuite.", by=erin, version=case.version
    )
    return Sent(alice=alice, erin=erin, order=order, token=last_token())


def last_token():
    """What stands in the last message to a firm."""
    message = OutboxMessage.objects.filter(kind="work-order").order_by("-pk").first()
    return LINK.search(read_body(message)[0]).group(1)
