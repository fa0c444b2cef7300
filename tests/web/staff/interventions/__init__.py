"""Interventions, as the staff work on them."""
