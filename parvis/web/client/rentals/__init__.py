"""Mes recherches."""
