"""Gérance."""
