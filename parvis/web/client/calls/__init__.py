"""Appels: what is called of an account and why, what the closed years cost, the works fund of a lot."""
