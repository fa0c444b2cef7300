"""The password that was forgotten."""
