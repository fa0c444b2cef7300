"""Aide."""
