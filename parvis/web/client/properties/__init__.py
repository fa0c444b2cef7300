"""Biens."""
