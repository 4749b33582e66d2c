"""Leeward: case-practice software for the people who stand with children and youth."""
