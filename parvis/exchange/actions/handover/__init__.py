"""A building leaves the agency: all of it as one open package for the next syndic (loi 65-557, art. 18-2)."""

from parvis.exchange.actions.handover.giving import GivenAway, NoSuchBuilding, hand_over

__all__ = ["GivenAway", "NoSuchBuilding", "hand_over"]
