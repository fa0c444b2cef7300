"""Quittances et reçus."""
