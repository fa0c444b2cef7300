"""Conseil syndical: the room of its members, for the length of their term."""
