"""Mon agence."""
