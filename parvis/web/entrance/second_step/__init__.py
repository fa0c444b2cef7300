"""The second step of a sign-in, from a browser not yet known."""
