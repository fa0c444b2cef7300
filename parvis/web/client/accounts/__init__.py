"""Comptes."""
