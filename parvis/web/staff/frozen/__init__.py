"""Accès gelés, and the notices to post."""
