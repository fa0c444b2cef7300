"""Kit de vente."""
