"""Écrire à mon agence."""
