"""Les documents que la loi prévoit."""
