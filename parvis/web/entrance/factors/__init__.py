"""Passkeys, the application of codes, recovery codes: adding, naming, removing them, and signing in with a passkey."""
