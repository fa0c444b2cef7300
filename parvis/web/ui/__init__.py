"""What every page shares: look, components, template tags, middleware."""
