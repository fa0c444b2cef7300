"""The confirmed courriel, changed."""
