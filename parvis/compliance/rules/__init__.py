"""The documents that the law asks for: which they are, and what a set of papers says of each. Pure."""
