"""Announcements: a planned cut, works, in the building of the reader."""
