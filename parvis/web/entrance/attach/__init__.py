"""The identifiants of one login."""
