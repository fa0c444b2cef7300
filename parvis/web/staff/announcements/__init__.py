"""Announcements: a planned cut, works; written, looked at, published to a building, withdrawn."""
