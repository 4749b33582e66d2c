"""Watching: the privacy officer looks into unusual searching and opening, quietly."""
