"""The way in: sign-in, first connection, forgotten password."""
