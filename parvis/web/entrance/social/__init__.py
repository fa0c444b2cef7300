"""Accounts at Google, LinkedIn, Facebook and X: leaving for a provider, coming back, linking."""
