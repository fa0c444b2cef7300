"""Autres."""
