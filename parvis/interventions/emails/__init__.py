"""The messages about interventions: to clients, to firms, to those of a building."""

from parvis.interventions.emails.announcements import announced, called_off
from parvis.interventions.emails.orders import order_sent, order_withdrawn, time_called_off, time_chosen

__all__ = ["announced", "called_off", "order_sent", "order_withdrawn", "time_called_off", "time_chosen"]
