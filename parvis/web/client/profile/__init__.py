"""Mon profil."""
