"""Connexion et sécurité: the password, the devices, the browsers of a login."""
