"""Entreprises: those to whom the agency sends its orders."""
