"""Clients: found, read, written to, their access."""
