"""Template tags without a domain word."""
