"""The pages of the agency's staff, under /gestion/."""
