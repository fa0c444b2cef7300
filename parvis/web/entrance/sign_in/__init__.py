"""The two doors, the short link of a letter, the way out."""
