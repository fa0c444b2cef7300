"""Entreprises."""
