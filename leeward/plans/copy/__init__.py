"""A printed copy of a plan: its templates, its words in both languages, and its letters."""
