"""Imports: what comes in from the agency's software, previewed, applied, told."""
