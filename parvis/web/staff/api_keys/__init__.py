"""Clés de l’interface: which programs of the agency come in."""
