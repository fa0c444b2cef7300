"""Écarts: the calls whose amount is not what their detail explains."""
