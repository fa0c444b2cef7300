"""What a client of the agency sees after sign-in. Every look-up starts from `visible_to(viewer)`."""
