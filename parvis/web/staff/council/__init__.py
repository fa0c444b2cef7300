"""Questions des conseils syndicaux on the accounts, and their answers."""
