"""Campagnes de lettres."""
