"""Who works at an agency, among the viewers of the matrix."""

STAFF = ("diane", "hector", "gaston", "ines", "odile")
