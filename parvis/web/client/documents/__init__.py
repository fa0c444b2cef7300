"""Mes documents."""
