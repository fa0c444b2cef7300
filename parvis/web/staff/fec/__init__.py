"""Comptes du FEC: whose the accounts of the books are."""
