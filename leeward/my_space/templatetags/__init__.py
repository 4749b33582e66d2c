"""Template tags of My space."""
