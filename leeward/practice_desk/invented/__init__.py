"""Invented people: a small simulation of lives that never were, so that Leeward can be shown,
tried and measured without anybody's own."""
