"""Loge: what a caretaker reads and says of the cases of their building. No client is named, no account is there."""
