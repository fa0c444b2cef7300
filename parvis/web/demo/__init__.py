"""The mailbox of the demonstration, installed there only."""
