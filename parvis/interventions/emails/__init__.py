"""The messages about interventions: to clients, to firms, to those of a building."""

from parvis.interventions.emails.announcements import announced, called_off
from parvis.interventions.emails.cases import approval_asked, for_the_agency, registered, step_taken, wrote
from parvis.interventions.emails.orders import (
    order_sent,
    order_withdrawn,
    slots_offered,
    time_called_off,
    time_chosen,
)
from parvis.notices.emails import Told

__all__ = [
    "Told",
    "announced",
    "approval_asked",
    "called_off",
    "for_the_agency",
    "order_sent",
    "order_withdrawn",
    "registered",
    "slots_offered",
    "step_taken",
    "time_called_off",
    "time_chosen",
    "wrote",
]
