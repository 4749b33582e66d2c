"""Keeping: how long a record stays, what holds it longer, how it goes for good; backups."""
