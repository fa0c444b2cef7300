"""Interventions: the board, the list, the file of each, what the staff do there."""
