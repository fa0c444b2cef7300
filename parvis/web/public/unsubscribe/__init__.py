"""Ne plus recevoir une sorte de messages."""
