"""Modèles de messages: what the staff often write in a case."""
