"""Verbs of the legal list and of the council's check of the accounts."""
