"""Statistiques."""
