"""Relationships: who and what is around a young person, near or far, as they see it."""
