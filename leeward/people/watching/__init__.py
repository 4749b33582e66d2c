"""Watching: searching and opening that is unusual is looked into by the privacy officer, quietly."""
