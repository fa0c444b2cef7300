"""Modèles de messages."""
