"""The demonstration agency: a package built from open data and invented people, imported like anybody's."""
